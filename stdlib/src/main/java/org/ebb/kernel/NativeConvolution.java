package org.ebb.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.List;

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

    private NativeConvolution() {}

    /**
     * What a convolution is made of; {@code gives}: 0 for x, 1 for the weights, 2 for the result. A list each with a number for each
     * direction, of which there are one to three: sizes of x, of the kernel and of the result, then distances.
     */
    public record Sizes(int gives, int batch, int channelsIn, int channelsOut, int groups, List<Long> in, List<Long> kernel, List<Long> out,
                        List<Long> stride, List<Long> padding, List<Long> dilation) {

        private Sizes of(int images) {
            return new Sizes(gives, images, channelsIn, channelsOut, groups, in, kernel, out, stride, padding, dilation);
        }

        private static long product(List<Long> sizes) {
            return sizes.stream().reduce(1L, Math::multiplyExact);
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
            for (int d = 0; d < in.size(); d++) {
                work *= (double) kernel.get(d) * out.get(d);
            }
            return work;
        }

        /** Is the work worth the library, which then is loaded? */
        public boolean areLarge() {
            return work() >= WORTH && in.size() <= 3;
        }

        private int parts() {
            long parts = Math.min(Math.min(batch, MOST_PARTS), (long) (work() / PART));
            return Math.max(1, (int) Long.highestOneBit(parts));
        }
    }

    /**
     * Writes into {@code out} what stands beside it, and says whether it did: not where there is no library, or it does not have this
     * kind, or the work is small. {@code a} and {@code b} are x (for x itself: the result) and the weights (for these: the result).
     */
    public static boolean made(Sizes sizes, float[] a, int atA, float[] b, int atB, float[] out) {
        if (!sizes.areLarge() || !isThere()) {
            return false;
        }
        int parts = sizes.parts();
        // The first part has as few images as any, the last as many: there are no other sizes.
        if (!has(sizes.of(start(1, parts, sizes.batch))) || !has(sizes.of(sizes.batch - start(parts - 1, parts, sizes.batch)))) {
            return false;
        }
        int image = sizes.gives == 0 ? sizes.made() : sizes.image();
        int other = sizes.gives == 0 ? sizes.image() : sizes.made();
        float[][] sums = sizes.gives == 1 && parts > 1 ? new float[parts][out.length] : null;
        Threads.run(parts, part -> {
            int from = start(part, parts, sizes.batch);
            int images = start(part + 1, parts, sizes.batch) - from;
            ConvolutionPrimitive primitive = ConvolutionPrimitive.take(sizes.of(images));
            try {
                copy(a, atA + from * image, primitive.first(), images * image);
                copy(b, sizes.gives == 1 ? atB + from * other : atB, primitive.second(), sizes.gives == 1 ? images * other : sizes.weights());
                primitive.execute();
                boolean whole = sizes.gives == 1;
                MemorySegment.copy(primitive.result(), JAVA_FLOAT, 0, sums == null ? out : sums[part], whole ? 0 : from * other,
                        whole ? out.length : images * other);
            } finally {
                primitive.giveBack();
            }
        });
        if (sums != null) {
            add(sums, out);
        }
        return true;
    }

    private static boolean has(Sizes sizes) {
        ConvolutionPrimitive found = ConvolutionPrimitive.take(sizes);
        if (found != null) {
            found.giveBack();
        }
        return found != null;
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
