package org.ebb.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ebb.kernel.NativeConvolution.Sizes;

/**
 * Code that oneDNN has made for convolutions of one size, with its own memory: operands are copied in and the result out, as Java's
 * arrays move. One thread at a time uses it; {@link PrimitivePool} keeps those that nobody uses.
 */
final class ConvolutionPrimitive {

    private final Sizes sizes;
    private final Functions f = Functions.INSTANCE;
    private final Arena arena = Arena.ofShared();
    private final List<Long> primitives = new ArrayList<>();
    private final List<Long> memories = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final MemorySegment[] plain = new MemorySegment[3];
    private MemorySegment bias;
    private long stream;
    private long size;

    /** One native call: a primitive and its arguments. */
    private record Step(long primitive, long count, MemorySegment arguments) {}

    private ConvolutionPrimitive(Sizes sizes) {
        this.sizes = sizes;
    }

    static void link() {
        Functions.INSTANCE.alone();
    }

    /** What any function of C answers that takes whole numbers and addresses: see Note [One kind of call]. Needs no library. */
    static long ask(MemorySegment function, long... arguments) {
        return Call.answer(function, arguments);
    }

    /** A new one; null where the library has none for these sizes. */
    static ConvolutionPrimitive of(Sizes sizes) {
        var made = new ConvolutionPrimitive(sizes);
        try {
            made.make();
            return made;
        } catch (Refused none) {
            made.close();
            return null;
        }
    }

    /** The bytes of its memory. */
    long size() {
        return size;
    }

    /** Where the two operands of {@link NativeConvolution#made} go. */
    MemorySegment first() {
        return plain[sizes.gives == 0 ? 2 : 0];
    }

    MemorySegment second() {
        return plain[sizes.gives == 1 ? 2 : 1];
    }

    MemorySegment result() {
        return plain[sizes.gives];
    }

    /** Where the elements go that a biased result adds to its channels. */
    MemorySegment bias() {
        return bias;
    }

    void execute() {
        f.alone();
        for (Step step : steps) {
            f.call(f.execute, step.primitive, stream, step.count, step.arguments.address());
        }
    }

    void close() {
        primitives.forEach(p -> f.call(f.destroyPrimitive, p));
        memories.forEach(m -> f.call(f.destroyMemory, m));
        if (stream != 0) {
            f.call(f.destroyStream, stream);
        }
        arena.close();
    }

    // ---- making

    private static final int FLOAT = 3;
    private static final int ANY = 1;
    private static final int TRAINING = 64;
    private static final int DIRECT = 1;
    private static final int IN_ORDER = 1;
    private static final int BIAS = 41;

    /** By {@code gives}: how the three are called as arguments of an execution, and in questions about a primitive. */
    private static final int[][] ARGUMENTS = {{129, 33, 145}, {1, 161, 145}, {1, 33, 17}};
    private static final int[][] QUESTIONS = {{130, 131, 134}, {129, 132, 134}, {129, 131, 133}};

    private static final class Refused extends Exception {}

    private void make() throws Refused {
        f.alone();
        try (Arena scratch = Arena.ofConfined()) {
            new Making(scratch).make();
        }
    }

    /** What is needed only while a primitive is made. */
    private final class Making {
        private final Arena scratch;
        private final MemorySegment made;
        private final List<Long> descriptions = new ArrayList<>();
        private final List<Long> plans = new ArrayList<>();

        Making(Arena scratch) {
            this.scratch = scratch;
            this.made = scratch.allocate(8);
        }

        void make() throws Refused {
            try {
                made();
            } finally {
                plans.forEach(plan -> f.call(f.destroyPlan, plan));
                descriptions.forEach(d -> f.call(f.destroyDescription, d));
            }
        }

        /** What a function wrote where its first argument points to. */
        private long made(MemorySegment function, long... rest) throws Refused {
            long[] all = new long[rest.length + 1];
            all[0] = made.address();
            System.arraycopy(rest, 0, all, 1, rest.length);
            if ((int) f.answer(function, all) != 0) {
                throw new Refused();
            }
            return made.get(JAVA_LONG, 0);
        }

        private long plan(MemorySegment function, long... rest) throws Refused {
            long plan = made(function, rest);
            plans.add(plan);
            return plan;
        }

        private long description(MemorySegment function, long... rest) throws Refused {
            long description = made(function, rest);
            descriptions.add(description);
            return description;
        }

        private long numbers(long... numbers) {
            return scratch.allocateFrom(JAVA_LONG, numbers).address();
        }

        private static void addAll(List<Long> shape, long[] sizes) {
            for (long size : sizes) {
                shape.add(size);
            }
        }

        private long[] shape(int which) {
            var shape = new ArrayList<Long>();
            if (which == 1) {
                if (sizes.groups > 1) {
                    shape.add((long) sizes.groups);
                }
                shape.add((long) sizes.channelsOut / sizes.groups);
                shape.add((long) sizes.channelsIn / sizes.groups);
                addAll(shape, sizes.kernel);
            } else {
                shape.add((long) sizes.batch);
                shape.add((long) (which == 0 ? sizes.channelsIn : sizes.channelsOut));
                addAll(shape, which == 0 ? sizes.in : sizes.out);
            }
            return shape.stream().mapToLong(Long::longValue).toArray();
        }

        private long plainly(long[] shape) throws Refused {
            long[] steps = new long[shape.length];
            long step = 1;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                steps[axis] = step;
                step *= shape[axis];
            }
            return description(f.describe, shape.length, numbers(shape), FLOAT, numbers(steps));
        }

        private long anyhow(long[] shape) throws Refused {
            return description(f.describeByTag, shape.length, numbers(shape), FLOAT, ANY);
        }

        /**
         * Does the library lay out images in blocks of channels? It computes faster on these, unless most of a block is empty; without blocks
         * AVX2 has hardly any code of its own (2 to 4 times slower).
         */
        private boolean blocked() {
            boolean few = sizes.channelsIn <= 3;
            if (few || f.library.instructions() == OneDnn.Instructions.AVX512) {
                return sizes.groups == 1 && (few || sizes.channelsIn % 16 == 0) && sizes.channelsOut % 8 == 0;
            }
            return true;
        }

        private void made() throws Refused {
            int n = sizes.in.length;
            long[] shapes = new long[3];
            long[] wished = new long[3];
            for (int which = 0; which < 3; which++) {
                shapes[which] = plainly(shape(which));
                wished[which] = which == 1 || blocked() ? anyhow(shape(which)) : shapes[which];
            }
            long[] gaps = new long[n];
            long[] after = new long[n];
            for (int d = 0; d < n; d++) {
                gaps[d] = sizes.dilation[d] - 1;
                after[d] = (sizes.out[d] - 1) * sizes.stride[d] + sizes.dilation[d] * (sizes.kernel[d] - 1) + 1
                        - sizes.in[d] - sizes.padding[d];
            }
            long x = wished[0], w = wished[1], y = wished[2], engine = f.engine;
            long stride = numbers(sizes.stride), gap = numbers(gaps), before = numbers(sizes.padding), end = numbers(after);
            long added = sizes.biased ? plainly(new long[] {sizes.channelsOut}) : 0;
            long forward = plan(f.forward, engine, TRAINING, DIRECT, x, w, added, y, stride, gap, before, end, 0);
            long plan = switch (sizes.gives) {
                case 0 -> plan(f.backwardData, engine, DIRECT, x, w, y, stride, gap, before, end, forward, 0);
                case 1 -> plan(f.backwardWeights, engine, DIRECT, x, w, 0, y, stride, gap, before, end, forward, 0);
                default -> forward;
            };
            stream = made(f.createStream, engine, IN_ORDER);
            long primitive = primitive(plan);
            long[] memory = new long[3];
            var last = new ArrayList<Step>();
            for (int which = 0; which < 3; which++) {
                long own = f.answer(f.ask, plan, QUESTIONS[sizes.gives][which], 0);
                MemorySegment room = arena.allocate(Math.max(f.answer(f.size, own), 4), 64);
                size += room.byteSize();
                memory[which] = memory(own, room);
                plain[which] = room;
                if ((int) f.answer(f.equal, own, shapes[which]) == 0) {
                    MemorySegment simple = arena.allocate(f.answer(f.size, shapes[which]), 64);
                    size += simple.byteSize();
                    plain[which] = simple;
                    long straight = memory(shapes[which], simple);
                    if (which == sizes.gives) {
                        last.add(reorder(own, memory[which], shapes[which], straight));
                    } else {
                        steps.add(reorder(shapes[which], straight, own, memory[which]));
                    }
                }
            }
            int[] names = ARGUMENTS[sizes.gives];
            if (sizes.biased) {
                bias = arena.allocate(4L * sizes.channelsOut, 64);
                size += bias.byteSize();
                names = append(names, BIAS);
                memory = append(memory, memory(added, bias));
            }
            steps.add(new Step(primitive, names.length, arguments(names, memory)));
            steps.addAll(last);
        }

        private static int[] append(int[] all, int last) {
            int[] more = Arrays.copyOf(all, all.length + 1);
            more[all.length] = last;
            return more;
        }

        private static long[] append(long[] all, long last) {
            long[] more = Arrays.copyOf(all, all.length + 1);
            more[all.length] = last;
            return more;
        }

        private long primitive(long plan) throws Refused {
            long primitive = made(f.createPrimitive, plan);
            primitives.add(primitive);
            return primitive;
        }

        private long memory(long description, MemorySegment room) throws Refused {
            long memory = made(f.createMemory, description, f.engine, room.address());
            memories.add(memory);
            return memory;
        }

        private Step reorder(long from, long source, long to, long target) throws Refused {
            long plan = plan(f.reorder, from, f.engine, to, f.engine, 0);
            return new Step(primitive(plan), 2, arguments(new int[] {1, 17}, new long[] {source, target}));
        }

        /** An array of structs: the argument's number, and the memory. */
        private MemorySegment arguments(int[] names, long[] memory) {
            MemorySegment all = arena.allocate(16L * names.length, 8);
            for (int k = 0; k < names.length; k++) {
                all.set(JAVA_INT, 16L * k, names[k]);
                all.set(JAVA_LONG, 16L * k + 8, memory[k]);
            }
            return all;
        }
    }

    /**
     * The library's functions, all called alike: see Note [One kind of call].
     */
    private static final class Functions {

        static final Functions INSTANCE = new Functions(OneDnn.loaded());

        private final OneDnn library;
        private final long engine;
        private final MemorySegment describe;
        private final MemorySegment describeByTag;
        private final MemorySegment destroyDescription;
        private final MemorySegment equal;
        private final MemorySegment size;
        private final MemorySegment forward;
        private final MemorySegment backwardData;
        private final MemorySegment backwardWeights;
        private final MemorySegment reorder;
        private final MemorySegment ask;
        private final MemorySegment destroyPlan;
        private final MemorySegment createPrimitive;
        private final MemorySegment destroyPrimitive;
        private final MemorySegment execute;
        private final MemorySegment createMemory;
        private final MemorySegment destroyMemory;
        private final MemorySegment createStream;
        private final MemorySegment destroyStream;

        private Functions(OneDnn library) {
            this.library = library;
            describe = library.address("dnnl_memory_desc_create_with_strides");
            describeByTag = library.address("dnnl_memory_desc_create_with_tag");
            destroyDescription = library.address("dnnl_memory_desc_destroy");
            equal = library.address("dnnl_memory_desc_equal");
            size = library.address("dnnl_memory_desc_get_size");
            forward = library.address("dnnl_convolution_forward_primitive_desc_create");
            backwardData = library.address("dnnl_convolution_backward_data_primitive_desc_create");
            backwardWeights = library.address("dnnl_convolution_backward_weights_primitive_desc_create");
            reorder = library.address("dnnl_reorder_primitive_desc_create");
            ask = library.address("dnnl_primitive_desc_query_md");
            destroyPlan = library.address("dnnl_primitive_desc_destroy");
            createPrimitive = library.address("dnnl_primitive_create");
            destroyPrimitive = library.address("dnnl_primitive_destroy");
            execute = library.address("dnnl_primitive_execute");
            createMemory = library.address("dnnl_memory_create");
            destroyMemory = library.address("dnnl_memory_destroy");
            createStream = library.address("dnnl_stream_create");
            destroyStream = library.address("dnnl_stream_destroy");
            MemorySegment made = Arena.global().allocate(8);
            call(library.address("dnnl_engine_create"), made.address(), 1, 0);
            engine = made.get(JAVA_LONG, 0);
        }

        void alone() {
            try {
                library.alone();
            } catch (Throwable impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        /** A call that must go well. */
        void call(MemorySegment function, long... arguments) {
            int status = (int) answer(function, arguments);
            if (status != 0) {
                throw new IllegalStateException("oneDNN refused a convolution with status " + status);
            }
        }

        long answer(MemorySegment function, long... given) {
            return Call.answer(function, given);
        }
    }

    /** See Note [One kind of call]. */
    private static final class Call {

        private static final int MOST_ARGUMENTS = 13;
        private static final MethodHandle HANDLE = handle();

        private static MethodHandle handle() {
            MemoryLayout[] numbers = new MemoryLayout[MOST_ARGUMENTS];
            Arrays.fill(numbers, JAVA_LONG);
            return Linker.nativeLinker().downcallHandle(FunctionDescriptor.of(JAVA_LONG, numbers));
        }

        static long answer(MemorySegment function, long... given) {
            long[] a = Arrays.copyOf(given, MOST_ARGUMENTS);
            try {
                return (long) HANDLE.invokeExact(function, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11], a[12]);
            } catch (RuntimeException | Error thrown) {
                throw thrown;
            } catch (Throwable impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}

/*
 * Note [One kind of call]
 * Linking to a C function of a new type takes Java some ms, and a convolution needs two dozen functions of fifteen types before its first
 * result. On the only platform whose library the build brings, 64-bit Linux on x86, whole numbers and addresses of any width take a whole
 * register or a whole place on the stack each, a callee does not look at arguments that it does not have, and the caller tidies up. So all
 * are called as a function of thirteen longs that answers a long, of which the caller takes the half that counts.
 */
