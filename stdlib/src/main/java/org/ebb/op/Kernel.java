package org.ebb.op;

/** The inner loops of one row of two inputs over plain arrays. */
class Kernel {

    private final Elementwise op;

    Kernel(Elementwise op) {
        this.op = op;
    }

    void floats(float[] x, int a, int as, float[] y, int b, int bs, float[] out, int o, int n) {
        for (int i = 0; i < n; i++) {
            out[o + i] = (float) op.apply(x[a + i * as], y[b + i * bs]);
        }
    }

    void doubles(double[] x, int a, int as, double[] y, int b, int bs, double[] out, int o, int n) {
        for (int i = 0; i < n; i++) {
            out[o + i] = op.apply(x[a + i * as], y[b + i * bs]);
        }
    }
}
