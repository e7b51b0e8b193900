package org.ebb.op;

import org.ebb.kernel.Binary;
import org.ebb.kernel.Kernels;
import org.ebb.kernel.Walk;
import org.ebb.tensor.Storage;

/** The loops of elementwise rows over storages: by a kernel where there is one, else one call for each element. */
final class Loops {

    static final Kernels KERNELS = Kernels.fastest();

    private Loops() {}

    static void unary(Elementwise op, Storage x, Storage out, Walk walk) {
        int to = 0;
        for (; walk.more(); walk.next()) {
            unary(op, x, walk.at(0), walk.step(0), out, to, walk.length);
            to += walk.length;
        }
    }

    private static void unary(Elementwise op, Storage x, int a, int as, Storage out, int to, int n) {
        if (x instanceof Storage.Floats f && out instanceof Storage.Floats g) {
            if (op.unaryKernel != null) {
                KERNELS.unary(op.unaryKernel, f.array, a, as, g.array, to, 1, n);
                return;
            }
            for (int i = 0; i < n; i++) {
                g.array[to + i] = (float) op.apply(f.array[a + i * as]);
            }
        } else if (x instanceof Storage.Doubles f && out instanceof Storage.Doubles g) {
            if (op.unaryKernel != null) {
                KERNELS.unary(op.unaryKernel, f.array, a, as, g.array, to, 1, n);
                return;
            }
            for (int i = 0; i < n; i++) {
                g.array[to + i] = op.apply(f.array[a + i * as]);
            }
        } else if (op.wholeOn(x.dtype())) {
            for (int i = 0; i < n; i++) {
                out.setLong(to + i, op.apply(x.getLong(a + i * as)));
            }
        } else {
            for (int i = 0; i < n; i++) {
                out.setDouble(to + i, op.apply(x.getDouble(a + i * as)));
            }
        }
    }

    static void binary(Elementwise op, Storage x, Storage y, Storage out, Walk walk) {
        int to = 0;
        for (; walk.more(); walk.next()) {
            binary(op, x, walk.at(0), walk.step(0), y, walk.at(1), walk.step(1), out, to, walk.length);
            to += walk.length;
        }
    }

    private static void binary(Elementwise op, Storage x, int a, int as, Storage y, int b, int bs, Storage out, int to, int n) {
        if (x instanceof Storage.Floats f && y instanceof Storage.Floats g && out instanceof Storage.Floats h) {
            floats(op, f.array, a, as, g.array, b, bs, h.array, to, n);
        } else if (x instanceof Storage.Doubles f && y instanceof Storage.Doubles g && out instanceof Storage.Doubles h) {
            doubles(op, f.array, a, as, g.array, b, bs, h.array, to, n);
        } else if (op.compareKernel != null && out instanceof Storage.Bools h && x instanceof Storage.Floats f
                && y instanceof Storage.Floats g) {
            KERNELS.compare(op.compareKernel, f.array, a, as, g.array, b, bs, h.array, to, 1, n);
        } else if (op.compareKernel != null && out instanceof Storage.Bools h && x instanceof Storage.Doubles f
                && y instanceof Storage.Doubles g) {
            KERNELS.compare(op.compareKernel, f.array, a, as, g.array, b, bs, h.array, to, 1, n);
        } else if (op == Slopes.GATE && x instanceof Storage.Floats f && y instanceof Storage.Bools g
                && out instanceof Storage.Floats h) {
            gate(f.array, a, as, g.array, b, bs, h.array, to, n);
        } else if (op.wholeOn(x.dtype()) && op.wholeOn(y.dtype())) {
            whole(op, x, a, as, y, b, bs, out, to, n);
        } else {
            any(op, x, a, as, y, b, bs, out, to, n);
        }
    }

    // Every loop is a method of its own: together they took the second compiler 400 ms in a program's first second, as it came to them one by one.

    private static void gate(float[] x, int a, int as, byte[] y, int b, int bs, float[] out, int to, int n) {
        for (int i = 0; i < n; i++) {
            float passed = x[a + i * as];
            out[to + i] = y[b + i * bs] == 0 ? 0 : passed;
        }
    }

    private static void whole(Elementwise op, Storage x, int a, int as, Storage y, int b, int bs, Storage out, int to, int n) {
        for (int i = 0; i < n; i++) {
            out.setLong(to + i, op.apply(x.getLong(a + i * as), y.getLong(b + i * bs)));
        }
    }

    private static void any(Elementwise op, Storage x, int a, int as, Storage y, int b, int bs, Storage out, int to, int n) {
        for (int i = 0; i < n; i++) {
            out.setDouble(to + i, op.apply(x.getDouble(a + i * as), y.getDouble(b + i * bs)));
        }
    }

    static void floats(Elementwise op, float[] x, int a, int as, float[] y, int b, int bs, float[] out, int to, int n) {
        if (op.binaryKernel != null) {
            KERNELS.binary(op.binaryKernel, x, a, as, y, b, bs, out, to, 1, n);
        } else if (op == Slopes.SCALE || op == Slopes.GATE) {
            product(op, x, a, as, y, b, bs, out, to, n);
        } else if (op == Slopes.SHARE || op == Slopes.SHARE_BELOW) {
            share(op, x, a, as, y, b, bs, out, to, n);
        } else {
            each(op, x, a, as, y, b, bs, out, to, n);
        }
    }

    private static void each(Elementwise op, float[] x, int a, int as, float[] y, int b, int bs, float[] out, int to, int n) {
        for (int i = 0; i < n; i++) {
            out[to + i] = (float) op.apply(x[a + i * as], y[b + i * bs]);
        }
    }

    static void doubles(Elementwise op, double[] x, int a, int as, double[] y, int b, int bs, double[] out, int to, int n) {
        if (op.binaryKernel != null) {
            KERNELS.binary(op.binaryKernel, x, a, as, y, b, bs, out, to, 1, n);
        } else if (op == Slopes.SCALE || op == Slopes.GATE) {
            product(op, x, a, as, y, b, bs, out, to, n);
        } else {
            for (int i = 0; i < n; i++) {
                out[to + i] = op.apply(x[a + i * as], y[b + i * bs]);
            }
        }
    }

    /** Times its square, the smallest float is above 1. */
    private static final float HUGE = 0x1p127f;

    /**
     * Who is larger, from the sign of the difference: without branches, which half of all elements would take. Where the difference is none
     * (two infinities, nan) the sum is not finite, and the elements are taken one by one.
     */
    private static void share(Elementwise op, float[] x, int a, int as, float[] y, int b, int bs, float[] out, int to, int n) {
        if (op == Slopes.SHARE) {
            KERNELS.binary(Binary.SUBTRACT, x, a, as, y, b, bs, out, to, 1, n);
        } else {
            KERNELS.binary(Binary.SUBTRACT, y, b, bs, x, a, as, out, to, 1, n);
        }
        halfSign(out, to, n);
        if (!Double.isFinite(KERNELS.sum(out, to, 1, n))) {
            each(op, x, a, as, y, b, bs, out, to, n);
        }
    }

    private static void halfSign(float[] d, int at, int n) {
        for (int i = 0; i < n; i++) {
            d[at + i] = Math.min(Math.max(d[at + i] * HUGE * HUGE, -1), 1) * 0.5f + 0.5f;
        }
    }

    /** 1 where x is above 0, else 0, and nan for nan: again without branches. */
    static void step(float[] x, int from, float[] out, int to, int n) {
        for (int i = 0; i < n; i++) {
            out[to + i] = Math.min(Math.max(x[from + i] * HUGE * HUGE, 0), 1);
        }
    }

    /**
     * The strong product, of which every backward pass is made. Multiplies plainly, by the kernels, and only where the sum of
     * all is not finite takes the elements one by one: a finite sum has no infinite or undefined term. Adding 0 turns -0 into
     * 0, as the row does.
     */
    private static void product(Elementwise op, float[] x, int a, int as, float[] y, int b, int bs, float[] out, int to, int n) {
        KERNELS.binary(Binary.MULTIPLY, x, a, as, y, b, bs, out, to, 1, n);
        KERNELS.binary(Binary.ADD, out, to, 1, new float[1], 0, 0, out, to, 1, n);
        if (!Double.isFinite(KERNELS.sum(out, to, 1, n))) {
            each(op, x, a, as, y, b, bs, out, to, n);
        }
    }

    private static void product(Elementwise op, double[] x, int a, int as, double[] y, int b, int bs, double[] out, int to,
            int n) {
        KERNELS.binary(Binary.MULTIPLY, x, a, as, y, b, bs, out, to, 1, n);
        KERNELS.binary(Binary.ADD, out, to, 1, new double[1], 0, 0, out, to, 1, n);
        if (Double.isFinite(KERNELS.sum(out, to, 1, n))) {
            return;
        }
        for (int i = 0; i < n; i++) {
            out[to + i] = op.apply(x[a + i * as], y[b + i * bs]);
        }
    }

    static void ternary(Elementwise op, Storage x, Storage y, Storage z, Storage out, Walk walk) {
        boolean whole = !out.dtype().isFloat() && op.wholeOn(out.dtype());
        int to = 0;
        for (; walk.more(); walk.next()) {
            if (op == Selection.WHERE && x instanceof Storage.Bools c && y instanceof Storage.Floats f
                    && z instanceof Storage.Floats g
                    && out instanceof Storage.Floats h) {
                choose(c.array, walk.at(0), walk.step(0), f.array, walk.at(1), walk.step(1), g.array, walk.at(2), walk.step(2),
                        h.array, to,
                        walk.length);
                to += walk.length;
                continue;
            }
            if (op == Selection.CLIP && x instanceof Storage.Floats f && y instanceof Storage.Floats low
                    && z instanceof Storage.Floats high
                    && out instanceof Storage.Floats h && walk.step(0) == 1 && walk.step(1) == 0 && walk.step(2) == 0) {
                clip(f.array, walk.at(0), low.array[walk.at(1)], high.array[walk.at(2)], h.array, to, walk.length);
                to += walk.length;
                continue;
            }
            for (int i = 0; i < walk.length; i++) {
                int a = walk.at(0) + i * walk.step(0);
                int b = walk.at(1) + i * walk.step(1);
                int c = walk.at(2) + i * walk.step(2);
                if (whole) {
                    long first = op.conditional ? x.getDouble(a) != 0 ? 1 : 0 : x.getLong(a);
                    out.setLong(to + i, op.apply(first, y.getLong(b), z.getLong(c)));
                } else {
                    out.setDouble(to + i, op.apply(x.getDouble(a), y.getDouble(b), z.getDouble(c)));
                }
            }
            to += walk.length;
        }
    }

    private static void choose(byte[] c, int a, int as, float[] x, int b, int bs, float[] y, int d, int ds, float[] out,
            int to, int n) {
        for (int i = 0; i < n; i++) {
            float yes = x[b + i * bs];
            float no = y[d + i * ds];
            out[to + i] = c[a + i * as] != 0 ? yes : no;
        }
    }

    private static void clip(float[] x, int a, float low, float high, float[] out, int to, int n) {
        for (int i = 0; i < n; i++) {
            out[to + i] = Math.min(Math.max(x[a + i], low), high);
        }
    }

    /** Elements at even steps by a row of two inputs: the whole of {@code out} in one loop. */
    static void binary(Elementwise op, Storage x, int a, int as, Storage y, int b, int bs, Storage out) {
        binary(op, x, a, as, y, b, bs, out, 0, (int) out.length());
    }

    /** Row-major elements by a row of one input: the whole of it in one loop. */
    static void unary(Elementwise op, Storage x, int from, Storage out) {
        unary(op, x, from, 1, out, 0, (int) out.length());
    }
}
