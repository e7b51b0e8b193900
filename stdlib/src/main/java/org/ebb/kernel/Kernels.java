package org.ebb.kernel;

/**
 * Loops over plain arrays: the arithmetic under every operation. Implementations differ in speed, not in meaning;
 * {@link PlainKernels} is the one that runs everywhere, and operations take {@link #fastest}.
 *
 * <p>An operand is an array, the position of its first element and the distance between elements: 1 for contiguous, 0 for one
 * number beside many, anything else for a strided row. {@code out} may be the same array as an operand if positions and
 * distances agree.
 */
public interface Kernels {

    /** The kernels for all work: of those that this machine has, for each call the fastest. */
    static Kernels fastest() {
        return FastKernels.INSTANCE;
    }

    /**
     * A program is likely to need large products soon: loads the native library behind it, which takes a tenth of a second of which a
     * program that waits for it has nothing.
     */
    static void prepare() {
        new Threads.Aside(() -> {
            if (NativeGemm.get() != null) {
                NativeConvolution.prepare();
            }
        }, "ebb-loading").start();
    }

    /** What was found on this machine and will be used, line by line, for users. Looks for the native library too. */
    static String description() {
        return "kernels: " + VectorTier.description() + "\nnative library: " + OneDnn.description() + "\nthreads: "
                + Threads.limit();
    }

    void binary(Binary op, float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] out, int outAt, int outStep,
                int n);

    void binary(Binary op, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep, double[] out, int outAt, int outStep,
                int n);

    void binary(Binary op, long[] a, int aAt, int aStep, long[] b, int bAt, int bStep, long[] out, int outAt, int outStep, int n);

    void unary(Unary op, float[] a, int aAt, int aStep, float[] out, int outAt, int outStep, int n);

    void unary(Unary op, double[] a, int aAt, int aStep, double[] out, int outAt, int outStep, int n);

    /** Writes 1 where the comparison holds, else 0. */
    void compare(Compare op, float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, byte[] out, int outAt, int outStep,
                 int n);

    void compare(Compare op, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep, byte[] out, int outAt, int outStep,
                 int n);

    void compare(Compare op, long[] a, int aAt, int aStep, long[] b, int bAt, int bStep, byte[] out, int outAt, int outStep,
                 int n);

    /** Adds in double: right to the last bit of a float32 for any sensible length. */
    double sum(float[] a, int at, int step, int n);

    /** Adds pairwise. */
    double sum(double[] a, int at, int step, int n);

    /** The largest magnitude of n elements that follow each other; nan where one is nan, 0 of none. */
    float magnitude(float[] a, int at, int n);

    double magnitude(double[] a, int at, int n);

    /** Are n elements that follow each other all finite? */
    default boolean finite(float[] a, int at, int n) {
        return Float.isFinite(magnitude(a, at, n));
    }

    default boolean finite(double[] a, int at, int n) {
        return Double.isFinite(magnitude(a, at, n));
    }

    /** Adds the products pairwise, in double. */
    double dot(float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, int n);

    double dot(double[] a, int aAt, int aStep, double[] b, int bAt, int bStep, int n);

    /**
     * The position (counted from 0) of the largest of n &gt; 0 elements: the first of equals; a nan is larger than everything.
     */
    int argmax(float[] a, int at, int step, int n);

    int argmax(double[] a, int at, int step, int n);

    int argmin(float[] a, int at, int step, int n);

    int argmin(double[] a, int at, int step, int n);

    /**
     * The matrix product {@code c = a b}, or {@code c += a b} where {@code add}. Element (i, j) of a matrix lies at {@code at +
     * i * row + j * column}, so a transpose is a swap of two strides; c's columns lie side by side.
     *
     * @param m rows of a and c
     * @param n columns of b and c
     * @param k columns of a, rows of b
     */
    void gemm(int m, int n, int k, float[] a, int aAt, int aRow, int aColumn, float[] b, int bAt, int bRow, int bColumn,
              float[] c, int cAt, int cRow, boolean add);

    void gemm(int m, int n, int k, double[] a, int aAt, int aRow, int aColumn, double[] b, int bAt, int bRow, int bColumn,
              double[] c, int cAt, int cRow, boolean add);

    /**
     * {@code c[i][j] = the sum over p of a[i][p] * b[rows[p] + j]}: see {@link FloatSlides} for the layouts.
     *
     * @param m rows of a and c, which have room for a multiple of TALL
     * @param n columns of c, whose rows have room for a multiple of BROAD; so far b is read, too
     */
    void slide(int m, int n, int[] rows, float[] a, float[] b, float[] c);

    /**
     * {@code c[i][j][s] += the sum over p of b[rows[i] + p] * y[j * apart + p]}, over the p that leave s when divided by STRANDS.
     *
     * @param m rows of c, a multiple of STEEP
     * @param n columns of c, a multiple of WIDE
     * @param depth how far p goes, a multiple of STRANDS
     */
    void slideBack(int m, int n, int depth, int[] rows, float[] b, float[] y, int apart, float[] c);

    /** {@code out[i] = a[positions[i]]}. */
    void gather(float[] a, long[] positions, float[] out, int outAt);

    void gather(double[] a, long[] positions, double[] out, int outAt);

    /** {@code out[positions[i]] += a[i]}; positions may repeat. */
    void scatterAdd(float[] a, int aAt, long[] positions, float[] out);

    void scatterAdd(double[] a, int aAt, long[] positions, double[] out);
}
