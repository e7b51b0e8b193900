package org.ebb.kernel;

/** The kernels as plain Java loops: they run everywhere and are what faster ones are compared with. */
public class PlainKernels implements Kernels {

    /** Has no state, so one is enough for all. */
    public static final Kernels INSTANCE = new PlainKernels();

    PlainKernels() {}

    @Override
    public void binary(Binary op, float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] out, int outAt,
            int outStep,
                       int n) {
        FloatLoops.binary(op, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
    }

    @Override
    public void binary(Binary op, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep, double[] out, int outAt,
            int outStep,
                       int n) {
        DoubleLoops.binary(op, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
    }

    @Override
    public void unary(Unary op, float[] a, int aAt, int aStep, float[] out, int outAt, int outStep, int n) {
        FloatLoops.unary(op, a, aAt, aStep, out, outAt, outStep, n);
    }

    @Override
    public void unary(Unary op, double[] a, int aAt, int aStep, double[] out, int outAt, int outStep, int n) {
        DoubleLoops.unary(op, a, aAt, aStep, out, outAt, outStep, n);
    }

    @Override
    public void compare(Compare op, float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, byte[] out, int outAt,
            int outStep,
                       int n) {
        FloatLoops.compare(op, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
    }

    @Override
    public void compare(Compare op, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep, byte[] out, int outAt,
            int outStep,
                       int n) {
        DoubleLoops.compare(op, a, aAt, aStep, b, bAt, bStep, out, outAt, outStep, n);
    }

    @Override
    public void binary(Binary op, long[] a, int aAt, int aStep, long[] b, int bAt, int bStep, long[] out, int outAt,
                       int outStep, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i * outStep] = op.apply(a[aAt + i * aStep], b[bAt + i * bStep]);
        }
    }

    @Override
    public void compare(Compare op, long[] a, int aAt, int aStep, long[] b, int bAt, int bStep, byte[] out, int outAt,
                        int outStep, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i * outStep] = (byte) (op.apply(a[aAt + i * aStep], b[bAt + i * bStep]) ? 1 : 0);
        }
    }

    @Override
    public double sum(float[] a, int at, int step, int n) {
        return FloatSums.sum(a, at, step, n);
    }

    @Override
    public float magnitude(float[] a, int at, int n) {
        return FloatSums.magnitude(a, at, n);
    }

    @Override
    public double magnitude(double[] a, int at, int n) {
        return DoubleSums.magnitude(a, at, n);
    }

    @Override
    public double dot(float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, int n) {
        return FloatSums.dot(a, aAt, aStep, b, bAt, bStep, n);
    }

    @Override
    public int argmax(float[] a, int at, int step, int n) {
        return FloatSums.extreme(a, at, step, n, 1);
    }

    @Override
    public int argmin(float[] a, int at, int step, int n) {
        return FloatSums.extreme(a, at, step, n, -1);
    }

    @Override
    public void gemm(int m, int n, int k, float[] a, int aAt, int aRow, int aColumn, float[] b, int bAt, int bRow, int bColumn,
                     float[] c, int cAt, int cRow, boolean add) {
        FloatGemm.gemm(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, bColumn, c, cAt, cRow, add);
    }

    @Override
    public void gather(float[] a, long[] positions, float[] out, int outAt) {
        for (int i = 0; i < positions.length; i++) {
            out[outAt + i] = a[(int) positions[i]];
        }
    }

    @Override
    public void scatterAdd(float[] a, int aAt, long[] positions, float[] out) {
        for (int i = 0; i < positions.length; i++) {
            out[(int) positions[i]] += a[aAt + i];
        }
    }

    @Override
    public double sum(double[] a, int at, int step, int n) {
        return DoubleSums.sum(a, at, step, n);
    }

    @Override
    public double dot(double[] a, int aAt, int aStep, double[] b, int bAt, int bStep, int n) {
        return DoubleSums.dot(a, aAt, aStep, b, bAt, bStep, n);
    }

    @Override
    public int argmax(double[] a, int at, int step, int n) {
        return DoubleSums.extreme(a, at, step, n, 1);
    }

    @Override
    public int argmin(double[] a, int at, int step, int n) {
        return DoubleSums.extreme(a, at, step, n, -1);
    }

    @Override
    public void gemm(int m, int n, int k, double[] a, int aAt, int aRow, int aColumn, double[] b, int bAt, int bRow, int bColumn,
                     double[] c, int cAt, int cRow, boolean add) {
        DoubleGemm.gemm(m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, bColumn, c, cAt, cRow, add);
    }

    @Override
    public void gather(double[] a, long[] positions, double[] out, int outAt) {
        for (int i = 0; i < positions.length; i++) {
            out[outAt + i] = a[(int) positions[i]];
        }
    }

    @Override
    public void scatterAdd(double[] a, int aAt, long[] positions, double[] out) {
        for (int i = 0; i < positions.length; i++) {
            out[(int) positions[i]] += a[aAt + i];
        }
    }

    @Override
    public void slide(int m, int n, int[] rows, float[] a, float[] b, float[] c) {
        FloatSlides.slide(m, n, rows, a, b, c);
    }

    @Override
    public void slideBack(int m, int n, int depth, int[] rows, float[] b, float[] y, int apart, float[] c) {
        FloatSlides.slideBack(m, n, depth, rows, b, y, apart, c);
    }
}
