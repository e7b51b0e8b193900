package org.ebb.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Large convolutions of {@code float[]} by oneDNN. As with {@link NativeGemm} the size alone decides what comes here, and images are cut
 * into the same parts whatever the number of threads.
 */
public final class NativeConvolution {

    /** From so many products on a call is worth copying its arrays. */
    private static final long WORTH = 1 << 18;

    /**
     * Products in a part: 50 us, so that what two threads save is more than what handing over takes. There are at most MOST_PARTS, as each
     * holds sums of its own for the weights.
     */
    private static final long PART = 1 << 22;
    private static final int MOST_PARTS = 32;

    /** Shorter rows of images cost more to lay out than what is saved. */
    private static final int LONG_ROWS = 16;

    private NativeConvolution() {}

    /**
     * What a convolution is made of; {@code gives}: 0 for x, 1 for the weights, 2 for the result. Each array has a number for each
     * direction, of which there are one to three: sizes of x, of the kernel and of the result, then distances. Nobody changes them.
     * Its hash is made once: a training step looks up some dozens.
     */
    public static final class Sizes {
        final int gives;
        final int batch;
        final int channelsIn;
        final int channelsOut;
        final int groups;
        final long[] in;
        final long[] kernel;
        final long[] out;
        final long[] stride;
        final long[] padding;
        final long[] dilation;

        /** Is an element for each channel added to the result? */
        final boolean biased;
        private final int hash;

        public Sizes(int gives, int batch, int channelsIn, int channelsOut, int groups, long[] in, long[] kernel, long[] out, long[] stride,
                     long[] padding, long[] dilation, boolean biased) {
            this.gives = gives;
            this.biased = biased;
            this.batch = batch;
            this.channelsIn = channelsIn;
            this.channelsOut = channelsOut;
            this.groups = groups;
            this.in = in;
            this.kernel = kernel;
            this.out = out;
            this.stride = stride;
            this.padding = padding;
            this.dilation = dilation;
            int sum = biased ? 3 : gives;
            for (int n : new int[] {batch, channelsIn, channelsOut, groups}) {
                sum = 31 * sum + n;
            }
            for (long[] numbers : new long[][] {in, kernel, out, stride, padding, dilation}) {
                for (long n : numbers) {
                    sum = 31 * sum + (int) n;
                }
            }
            this.hash = sum;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Sizes o && hash == o.hash && gives == o.gives && biased == o.biased
                    && batch == o.batch && channelsIn == o.channelsIn && channelsOut == o.channelsOut && groups == o.groups
                    && Arrays.equals(in, o.in) && Arrays.equals(kernel, o.kernel) && Arrays.equals(out, o.out)
                    && Arrays.equals(stride, o.stride) && Arrays.equals(padding, o.padding) && Arrays.equals(dilation, o.dilation);
        }

        private Sizes of(int images) {
            return images == batch ? this
                    : new Sizes(gives, images, channelsIn, channelsOut, groups, in, kernel, out, stride, padding, dilation, biased);
        }

        private static long product(long[] sizes) {
            long product = 1;
            for (long size : sizes) {
                product = Math.multiplyExact(product, size);
            }
            return product;
        }

        private int image() {
            return (int) (channelsIn * product(in));
        }

        private int made() {
            return (int) (channelsOut * product(out));
        }

        private int weights() {
            return (int) (channelsIn / groups * (long) channelsOut * product(kernel));
        }

        /** How many products, as a float: no size overflows it. */
        private double work() {
            double work = (double) batch * channelsOut * channelsIn / groups;
            for (int d = 0; d < in.length; d++) {
                work *= (double) kernel[d] * out[d];
            }
            return work;
        }

        /** Is the work worth the library, which then is loaded? */
        public boolean areLarge() {
            return work() >= WORTH && in.length <= 3;
        }

        /**
         * Is it better to slide, where that can be done? Without AVX-512 the library fills up an image's only channel to eight for the weights,
         * and takes three times as long; with three channels it still is the faster one.
         */
        public boolean areFilledUp() {
            return gives == 1 && groups == 1 && channelsIn == 1 && out[out.length - 1] >= LONG_ROWS
                    && OneDnn.loaded().instructions() != OneDnn.Instructions.AVX512 && VectorTier.kernels() != null;
        }

        private int parts() {
            long parts = Math.min(Math.min(batch, MOST_PARTS), (long) (work() / PART));
            return Math.max(1, (int) Long.highestOneBit(parts));
        }
    }

    /** Whether all is finite that was made: each part is looked at while it is in a cache. */
    public static final class Look {
        private volatile boolean finite = true;

        private void at(float[] a, int from, int n) {
            if (!Kernels.fastest().finite(a, from, n)) {
                finite = false;
            }
        }

        public boolean isFinite() {
            return finite;
        }
    }

    /**
     * Writes into {@code out} what stands beside it, and says whether it did: not where there is no library, or it does not have this
     * kind, or the work is small. {@code a} and {@code b} are x (for x itself: the result) and the weights (for these: the result);
     * {@code bias} has an element for each channel of a biased result; {@code look} is null where nobody asks.
     */
    public static boolean made(Sizes sizes, float[] a, int atA, float[] b, int atB, float[] bias, int atBias, float[] out, Look look) {
        if (!sizes.areLarge() || !isThere()) {
            return false;
        }
        int parts = sizes.parts();
        // The first part has as few images as any, the last as many: there are no other sizes.
        int least = start(1, parts, sizes.batch);
        PrimitivePool.Kind few = PrimitivePool.of(sizes.of(least));
        PrimitivePool.Kind many = PrimitivePool.of(sizes.of(sizes.batch - start(parts - 1, parts, sizes.batch)));
        if (!few.isThere() || !many.isThere()) {
            return false;
        }
        int image = sizes.gives == 0 ? sizes.made() : sizes.image();
        int other = sizes.gives == 0 ? sizes.image() : sizes.made();
        boolean whole = sizes.gives == 1;
        float[][] sums = whole && parts > 1 ? new float[parts][out.length] : null;
        Threads.run(parts, part -> {
            int from = start(part, parts, sizes.batch);
            int images = start(part + 1, parts, sizes.batch) - from;
            PrimitivePool.Kind kind = images == least ? few : many;
            ConvolutionPrimitive primitive = kind.take();
            try {
                copy(a, atA + from * image, primitive.first(), images * image);
                copy(b, whole ? atB + from * other : atB, primitive.second(), whole ? images * other : sizes.weights());
                if (sizes.biased) {
                    copy(bias, atBias, primitive.bias(), sizes.channelsOut);
                }
                primitive.execute();
                float[] target = sums == null ? out : sums[part];
                int at = whole ? 0 : from * other;
                int n = whole ? out.length : images * other;
                MemorySegment.copy(primitive.result(), JAVA_FLOAT, 0, target, at, n);
                if (look != null && sums == null) {
                    look.at(target, at, n);
                }
            } finally {
                kind.giveBack(primitive);
            }
        });
        if (sums != null) {
            add(sums, out);
            if (look != null) {
                look.at(out, 0, out.length);
            }
        }
        return true;
    }

    /** Links to the library's functions, once it is loaded. */
    static void prepare() {
        ConvolutionPrimitive.link();
    }

    /** Is there a library, and is calling it safe now? */
    public static boolean isThere() {
        return !FlightRecorder.isActive() && OneDnn.loaded() != null;
    }

    private static int start(int part, int parts, int batch) {
        return (int) ((long) part * batch / parts);
    }

    private static void copy(float[] from, int at, MemorySegment to, int n) {
        MemorySegment.copy(from, at, to, JAVA_FLOAT, 0, n);
    }

    /** In the order of the parts: the same bits for any number of threads. */
    private static void add(float[][] sums, float[] out) {
        System.arraycopy(sums[0], 0, out, 0, out.length);
        for (int part = 1; part < sums.length; part++) {
            PlainKernels.INSTANCE.binary(Binary.ADD, out, 0, 1, sums[part], 0, 1, out, 0, 1, out.length);
        }
    }
}
