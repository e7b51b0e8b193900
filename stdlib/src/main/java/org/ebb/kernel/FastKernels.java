package org.ebb.kernel;

import java.util.Arrays;

/**
 * The kernels that operations use. For each call it takes the vector or the plain form, whichever is ready (see
 * {@link VectorTier}), and cuts large work into parts for {@link Threads}. None of this shows in the bits of a result.
 */
final class FastKernels implements Kernels {

    static final FastKernels INSTANCE = new FastKernels();

    /** The length of dummy rows: small, as they also run before they are compiled. */
    private static final int TRIAL = 256;

    /** Elements in a part of a long row: below this, threads cost more than they bring. */
    private static final int PART = 1 << 17;
    /** Only looking at an element is soon done: so many at least for threads. */
    private static final int LOOKED = 1 << 20;
    /** From here on one thread alone goes part by part too, to look up in between. */
    private static final int ALONE = 1 << 23;

    private static final Kernels PLAIN = PlainKernels.INSTANCE;

    private final Tiered[] binaryFloat = new Tiered[Binary.values().length];
    private final Tiered[] binaryDouble = new Tiered[Binary.values().length];
    private final Tiered[] unaryFloat = new Tiered[Unary.values().length];
    private final Tiered sumFloat;
    private final Tiered sumDouble;
    private final Tiered magnitudeFloat;
    private final Tiered magnitudeDouble;
    private final Tiered dotFloat;
    private final Tiered dotDouble;
    private final Tiered gemmFloat;
    private final Tiered gemmDouble;
    private final Tiered slide;
    private final Tiered slideBack;

    private FastKernels() {
        float[] f = new float[2 * TRIAL];
        double[] d = new double[2 * TRIAL];
        float[] fout = new float[2 * TRIAL];
        double[] dout = new double[2 * TRIAL];
        Arrays.fill(f, 1.5f);
        Arrays.fill(d, 1.5);
        for (Binary op : Binary.values()) {
            switch (op) {
                case ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, MINIMUM -> {
                    binaryFloat[op.ordinal()] = tiered(op, 0.2, f, fout);
                    binaryDouble[op.ordinal()] = new Tiered(3 * TRIAL, 3, 0.2, k -> {
                        k.binary(op, d, 0, 1, d, 1, 1, dout, 1, 1, TRIAL);
                        k.binary(op, d, 0, 1, d, 1, 0, dout, 1, 1, TRIAL);
                        k.binary(op, d, 0, 0, d, 1, 1, dout, 1, 1, TRIAL);
                    });
                }
                case PASS, PASS_HALF -> binaryFloat[op.ordinal()] = tiered(op, 1.3, f, fout);
                case POWER, FLOOR_DIVIDE, REMAINDER, ARCTAN2 -> { }
            }
        }
        for (Unary op : Unary.values()) {
            if (FloatMath.has(op)) {
                unaryFloat[op.ordinal()] = new Tiered(TRIAL, 4, 2.6, k -> k.unary(op, f, 0, 1, fout, 0, 1, TRIAL));
            }
        }
        sumFloat = new Tiered(TRIAL, 2, 0.15, k -> k.sum(f, 0, 1, TRIAL));
        sumDouble = new Tiered(TRIAL, 2, 0.1, k -> k.sum(d, 0, 1, TRIAL));
        magnitudeFloat = new Tiered(TRIAL, 2, 0.15, k -> k.magnitude(f, 0, TRIAL));
        magnitudeDouble = new Tiered(TRIAL, 2, 0.15, k -> k.magnitude(d, 0, TRIAL));
        dotFloat = new Tiered(TRIAL, 2, 0.35, k -> k.dot(f, 0, 1, f, 1, 1, TRIAL));
        dotDouble = new Tiered(TRIAL, 2, 0.35, k -> k.dot(d, 0, 1, d, 1, 1, TRIAL));
        gemmFloat = new Tiered(12 * 33 * 24 + 16 * 10 * 24, 1, 0.065, k -> {
            k.gemm(12, 33, 24, new float[12 * 24], 0, 24, 1, new float[24 * 33], 0, 33, 1, new float[12 * 33], 0, 33, true);
            k.gemm(16, 10, 24, new float[16 * 24], 0, 24, 1, new float[24 * 10], 0, 10, 1, new float[16 * 10], 0, 10, false);
        });
        gemmDouble = new Tiered(12 * 33 * 24, 1, 0.065, k -> k.gemm(12, 33, 24, new double[12 * 24], 0, 24, 1, new double[24 * 33], 0, 33,
                1, new double[12 * 33], 0, 33, true));
        slide = new Tiered(16 * 64 * 24, 1, 0.15, k -> k.slide(16, 64, steps(24), new float[16 * 24], new float[128], new float[16 * 64]));
        slideBack = new Tiered(9 * 8 * 96, 1, 0.3, k -> k.slideBack(9, 8, 96, steps(9), new float[128], new float[8 * 96], 96, new float[9 * 8 * FloatSlides.STRANDS]));
    }

    private static Tiered tiered(Binary op, double saves, float[] f, float[] out) {
        return new Tiered(3 * TRIAL, 2, saves, k -> {
            k.binary(op, f, 0, 1, f, 1, 1, out, 1, 1, TRIAL);
            k.binary(op, f, 0, 1, f, 1, 0, out, 1, 1, TRIAL);
            k.binary(op, f, 0, 0, f, 1, 1, out, 1, 1, TRIAL);
        });
    }

    private static int[] steps(int n) {
        return java.util.stream.IntStream.range(0, n).toArray();
    }

    /** Into how many parts a row of n elements is cut. */
    private static int parts(int n) {
        return n < 2 * PART || Threads.limit() == 1 && n < ALONE ? 1 : (n + PART - 1) / PART;
    }

    @Override
    public void binary(Binary op, float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] out, int outAt,
                       int outStep, int n) {
        Tiered tiered = binaryFloat[op.ordinal()];
        if (tiered == null || outStep != 1 || n < FloatLoops.LONG) {
            PLAIN.binary(op, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
            return;
        }
        int parts = parts(n);
        Kernels kernels = tiered.kernels(n);
        long since = tiered.clock(n);
        if (parts == 1) {
            kernels.binary(op, a, aAt, aStep, b, bAt, bStep, out, outAt, 1, n);
        } else {
            Threads.run(parts, i -> {
                int from = i * PART;
                kernels.binary(op, a, aAt + from * aStep, aStep, b, bAt + from * bStep, bStep, out, outAt + from, 1,
                        Math.min(PART, n - from));
            });
        }
        tiered.watch(since, n);
    }

    @Override
    public void binary(Binary op, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep, double[] out, int outAt,
                       int outStep, int n) {
        Tiered tiered = binaryDouble[op.ordinal()];
        if (tiered == null || outStep != 1 || n < DoubleLoops.LONG) {
            PLAIN.binary(op, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
            return;
        }
        int parts = parts(n);
        Kernels kernels = tiered.kernels(n);
        long since = tiered.clock(n);
        if (parts == 1) {
            kernels.binary(op, a, aAt, aStep, b, bAt, bStep, out, outAt, 1, n);
        } else {
            Threads.run(parts, i -> {
                int from = i * PART;
                kernels.binary(op, a, aAt + from * aStep, aStep, b, bAt + from * bStep, bStep, out, outAt + from, 1,
                        Math.min(PART, n - from));
            });
        }
        tiered.watch(since, n);
    }

    @Override
    public void binary(Binary op, long[] a, int aAt, int aStep, long[] b, int bAt, int bStep, long[] out, int outAt,
                       int outStep, int n) {
        PLAIN.binary(op, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
    }

    @Override
    public void unary(Unary op, float[] a, int aAt, int aStep, float[] out, int outAt, int outStep, int n) {
        Tiered tiered = unaryFloat[op.ordinal()];
        if (n < (tiered == null ? FloatLoops.LONG : FloatMath.LONG) || aStep != 1 || outStep != 1) {
            PLAIN.unary(op, a, aAt, aStep, out, outAt, outStep, n);
            return;
        }
        int parts = parts(n);
        Kernels kernels = tiered == null ? PLAIN : tiered.kernels(n);
        long since = tiered == null ? 0 : tiered.clock(n);
        if (parts == 1) {
            kernels.unary(op, a, aAt, 1, out, outAt, 1, n);
        } else {
            Threads.run(parts, i -> kernels.unary(op, a, aAt + i * PART, 1, out, outAt + i * PART, 1, Math.min(PART, n - i * PART)));
        }
        if (tiered != null) {
            tiered.watch(since, n);
        }
    }

    @Override
    public void unary(Unary op, double[] a, int aAt, int aStep, double[] out, int outAt, int outStep, int n) {
        int parts = parts(n);
        if (parts == 1) {
            PLAIN.unary(op, a, aAt, aStep, out, outAt, outStep, n);
        } else {
            Threads.run(parts, i -> PLAIN.unary(op, a, aAt + i * PART * aStep, aStep, out, outAt + i * PART * outStep, outStep,
                    Math.min(PART, n - i * PART)));
        }
    }

    @Override
    public void compare(Compare op, float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, byte[] out, int outAt,
                        int outStep, int n) {
        PLAIN.compare(op, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
    }

    @Override
    public void compare(Compare op, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep, byte[] out, int outAt,
                        int outStep, int n) {
        PLAIN.compare(op, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
    }

    @Override
    public void compare(Compare op, long[] a, int aAt, int aStep, long[] b, int bAt, int bStep, byte[] out, int outAt,
                        int outStep, int n) {
        PLAIN.compare(op, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
    }

    @Override
    public double sum(float[] a, int at, int step, int n) {
        if (step != 1 || n < FloatLoops.LONG) {
            return PLAIN.sum(a, at, step, n);
        }
        Kernels kernels = sumFloat.kernels(n);
        long since = sumFloat.clock(n);
        double sum = Tree.fold(n, (from, length) -> kernels.sum(a, at + from, 1, length));
        sumFloat.watch(since, n);
        return sum;
    }

    @Override
    public double sum(double[] a, int at, int step, int n) {
        if (step != 1 || n < DoubleLoops.LONG) {
            return PLAIN.sum(a, at, step, n);
        }
        Kernels kernels = sumDouble.kernels(n);
        long since = sumDouble.clock(n);
        double sum = Tree.fold(n, (from, length) -> kernels.sum(a, at + from, 1, length));
        sumDouble.watch(since, n);
        return sum;
    }

    @Override
    public float magnitude(float[] a, int at, int n) {
        Kernels kernels = magnitudeFloat.kernels(n);
        long since = magnitudeFloat.clock(n);
        float largest = (float) largest(n, (from, length) -> kernels.magnitude(a, at + from, length));
        magnitudeFloat.watch(since, n);
        return largest;
    }

    @Override
    public double magnitude(double[] a, int at, int n) {
        Kernels kernels = magnitudeDouble.kernels(n);
        long since = magnitudeDouble.clock(n);
        double largest = largest(n, (from, length) -> kernels.magnitude(a, at + from, length));
        magnitudeDouble.watch(since, n);
        return largest;
    }

    /** The largest that the parts of a row of n have, nan if one has. */
    private static double largest(int n, Tree.Branch part) {
        int parts = n < LOOKED ? 1 : parts(n);
        if (parts == 1) {
            return part.of(0, n);
        }
        double[] found = new double[parts];
        Threads.run(parts, i -> found[i] = part.of(i * PART, Math.min(PART, n - i * PART)));
        double largest = 0;
        for (double each : found) {
            largest = Math.max(largest, each);
        }
        return largest;
    }

    @Override
    public double dot(float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, int n) {
        if (aStep != 1 || bStep != 1 || n < FloatLoops.LONG) {
            return PLAIN.dot(a, aAt, aStep, b, bAt, bStep, n);
        }
        Kernels kernels = dotFloat.kernels(n);
        long since = dotFloat.clock(n);
        double dot = Tree.fold(n, (from, length) -> kernels.dot(a, aAt + from, 1, b, bAt + from, 1, length));
        dotFloat.watch(since, n);
        return dot;
    }

    @Override
    public double dot(double[] a, int aAt, int aStep, double[] b, int bAt, int bStep, int n) {
        if (aStep != 1 || bStep != 1 || n < DoubleLoops.LONG) {
            return PLAIN.dot(a, aAt, aStep, b, bAt, bStep, n);
        }
        Kernels kernels = dotDouble.kernels(n);
        long since = dotDouble.clock(n);
        double dot = Tree.fold(n, (from, length) -> kernels.dot(a, aAt + from, 1, b, bAt + from, 1, length));
        dotDouble.watch(since, n);
        return dot;
    }

    @Override
    public int argmax(float[] a, int at, int step, int n) {
        return PLAIN.argmax(a, at, step, n);
    }

    @Override
    public int argmax(double[] a, int at, int step, int n) {
        return PLAIN.argmax(a, at, step, n);
    }

    @Override
    public int argmin(float[] a, int at, int step, int n) {
        return PLAIN.argmin(a, at, step, n);
    }

    @Override
    public int argmin(double[] a, int at, int step, int n) {
        return PLAIN.argmin(a, at, step, n);
    }

    @Override
    public void gemm(int m, int n, int k, float[] a, int aAt, int aRow, int aColumn, float[] b, int bAt, int bRow, int bColumn,
                     float[] c, int cAt, int cRow, boolean add) {
        int work = Cutting.work(m, n, k);
        if (work >= Cutting.NATIVE && FloatGemm.chained(m, n)) {
            NativeGemm library = NativeGemm.get();
            if (library != null) {
                library.gemm(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, bColumn, c, cAt, cRow, add);
                return;
            }
        }
        // Small products, which are all that come here beside a library, gain four times as much.
        Kernels kernels = gemmFloat.kernels(work < Cutting.NATIVE ? 4 * work : work);
        long since = gemmFloat.clock(work);
        int parts = Cutting.parts(m, work);
        Threads.run(parts, i -> {
            int row = Cutting.start(i, parts, m);
            kernels.gemm(Cutting.start(i + 1, parts, m) - row, n, k, a, aAt + row * aRow, aRow, aColumn, b, bAt, bRow, bColumn,
                    c, cAt + row * cRow, cRow, add);
        });
        gemmFloat.watch(since, work);
    }

    @Override
    public void gemm(int m, int n, int k, double[] a, int aAt, int aRow, int aColumn, double[] b, int bAt, int bRow,
                     int bColumn, double[] c, int cAt, int cRow, boolean add) {
        int work = Cutting.work(m, n, k);
        Kernels kernels = gemmDouble.kernels(work);
        long since = gemmDouble.clock(work);
        int parts = Cutting.parts(m, work);
        Threads.run(parts, i -> {
            int row = Cutting.start(i, parts, m);
            kernels.gemm(Cutting.start(i + 1, parts, m) - row, n, k, a, aAt + row * aRow, aRow, aColumn, b, bAt, bRow, bColumn,
                    c, cAt + row * cRow, cRow, add);
        });
        gemmDouble.watch(since, work);
    }

    @Override
    public void gather(float[] a, long[] positions, float[] out, int outAt) {
        PLAIN.gather(a, positions, out, outAt);
    }

    @Override
    public void gather(double[] a, long[] positions, double[] out, int outAt) {
        PLAIN.gather(a, positions, out, outAt);
    }

    @Override
    public void scatterAdd(float[] a, int aAt, long[] positions, float[] out) {
        PLAIN.scatterAdd(a, aAt, positions, out);
    }

    @Override
    public void scatterAdd(double[] a, int aAt, long[] positions, double[] out) {
        PLAIN.scatterAdd(a, aAt, positions, out);
    }

    /** Runs in one part: the caller has many images. */
    @Override
    public void slide(int m, int n, int[] rows, float[] a, float[] b, float[] c) {
        int work = Cutting.work(m, n, rows.length);
        Kernels kernels = slide.kernels(work);
        long since = slide.clock(work);
        kernels.slide(m, n, rows, a, b, c);
        slide.watch(since, work);
    }

    @Override
    public void slideBack(int m, int n, int depth, int[] rows, float[] b, float[] y, int apart, float[] c) {
        int work = Cutting.work(m, n, depth);
        Kernels kernels = slideBack.kernels(work);
        long since = slideBack.clock(work);
        kernels.slideBack(m, n, depth, rows, b, y, apart, c);
        slideBack.watch(since, work);
    }
}
