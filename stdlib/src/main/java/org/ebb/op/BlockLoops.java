package org.ebb.op;

import org.ebb.kernel.Compare;
import org.ebb.kernel.ScaledSums;

/**
 * The steps of a block program over a few thousand elements, in float[] or double[]. A truth value is a 1 or a 0 there. Rows that have a
 * kernel run by it; others by a call for each element.
 */
final class BlockLoops {

    private BlockLoops() {}

    /** One operand of a step: an array, where to begin in it, and 1 or (for one number beside many) 0. */
    static final class Operand {
        Object array;
        int at;
        int step;

        void set(Object array, int at, int step) {
            this.array = array;
            this.at = at;
            this.step = step;
        }
    }

    static void run(Elementwise row, Operand[] values, int[] arguments, Object out, int to, int n) {
        Operand a = values[arguments[0]];
        if (out instanceof float[] floats) {
            switch (arguments.length) {
                case 1 -> unary(row, (float[]) a.array, a.at, a.step, floats, to, n);
                case 2 -> binary(row, a, values[arguments[1]], floats, to, n);
                default -> ternary(row, a, values[arguments[1]], values[arguments[2]], floats, to, n);
            }
        } else {
            double[] doubles = (double[]) out;
            switch (arguments.length) {
                case 1 -> unary(row, (double[]) a.array, a.at, a.step, doubles, to, n);
                case 2 -> binary(row, a, values[arguments[1]], doubles, to, n);
                default -> ternary(row, a, values[arguments[1]], values[arguments[2]], doubles, to, n);
            }
        }
    }

    /**
     * A product of two values and, of it and {@code other}, a sum or difference, in one pass: where one factor is a number and the rows lie at
     * the same places. False, and nothing done, where they do not.
     */
    static boolean scaled(Operand x, Operand y, Elementwise sum, Operand other, boolean productFirst, Object out, int to, int n) {
        Operand number = x.step == 0 ? x : y;
        Operand many = number == x ? y : x;
        if (number.step != 0 || many.step != 1 || other.step != 1 || many.at != to || other.at != to) {
            return false;
        }
        if (out instanceof float[] floats) {
            float c = ((float[]) number.array)[number.at];
            float[] a = (float[]) other.array;
            float[] b = (float[]) many.array;
            if (sum == Arithmetic.ADD) {
                ScaledSums.add(a, c, b, floats, to, to + n);
            } else if (productFirst) {
                ScaledSums.subtractFrom(a, c, b, floats, to, to + n);
            } else {
                ScaledSums.subtract(a, c, b, floats, to, to + n);
            }
        } else {
            double c = ((double[]) number.array)[number.at];
            double[] a = (double[]) other.array;
            double[] b = (double[]) many.array;
            double[] doubles = (double[]) out;
            if (sum == Arithmetic.ADD) {
                ScaledSums.add(a, c, b, doubles, to, to + n);
            } else if (productFirst) {
                ScaledSums.subtractFrom(a, c, b, doubles, to, to + n);
            } else {
                ScaledSums.subtract(a, c, b, doubles, to, to + n);
            }
        }
        return true;
    }

    private static void unary(Elementwise row, float[] x, int a, int as, float[] out, int to, int n) {
        if (row.unaryKernel != null) {
            Loops.KERNELS.unary(row.unaryKernel, x, a, as, out, to, 1, n);
        } else if (row == Slopes.STEP && as == 1) {
            Loops.step(x, a, out, to, n);
        } else if (row == Slopes.STEP) {
            for (int i = 0; i < n; i++) {
                float v = x[a + i * as];
                out[to + i] = v > 0 ? 1 : v != v ? v : 0;
            }
        } else {
            for (int i = 0; i < n; i++) {
                out[to + i] = (float) row.apply(x[a + i * as]);
            }
        }
    }

    private static void unary(Elementwise row, double[] x, int a, int as, double[] out, int to, int n) {
        if (row.unaryKernel != null) {
            Loops.KERNELS.unary(row.unaryKernel, x, a, as, out, to, 1, n);
        } else {
            for (int i = 0; i < n; i++) {
                out[to + i] = row.apply(x[a + i * as]);
            }
        }
    }

    private static void binary(Elementwise row, Operand x, Operand y, float[] out, int to, int n) {
        float[] a = (float[]) x.array;
        float[] b = (float[]) y.array;
        if (row.compareKernel != null) {
            compare(row.compareKernel, a, x.at, x.step, b, y.at, y.step, out, to, n);
        } else {
            Loops.floats(row, a, x.at, x.step, b, y.at, y.step, out, to, n);
        }
    }

    private static void binary(Elementwise row, Operand x, Operand y, double[] out, int to, int n) {
        double[] a = (double[]) x.array;
        double[] b = (double[]) y.array;
        if (row.compareKernel != null) {
            for (int i = 0; i < n; i++) {
                out[to + i] = row.compareKernel.apply(a[x.at + i * x.step], b[y.at + i * y.step]) ? 1 : 0;
            }
        } else {
            Loops.doubles(row, a, x.at, x.step, b, y.at, y.step, out, to, n);
        }
    }

    private static void compare(Compare compare, float[] a, int at, int as, float[] b, int bt, int bs, float[] out, int to, int n) {
        switch (compare) {
            case EQUAL -> {
                for (int i = 0; i < n; i++) {
                    out[to + i] = a[at + i * as] == b[bt + i * bs] ? 1 : 0;
                }
            }
            case NOT_EQUAL -> {
                for (int i = 0; i < n; i++) {
                    out[to + i] = a[at + i * as] != b[bt + i * bs] ? 1 : 0;
                }
            }
            case LESS -> {
                for (int i = 0; i < n; i++) {
                    out[to + i] = a[at + i * as] < b[bt + i * bs] ? 1 : 0;
                }
            }
            case LESS_EQUAL -> {
                for (int i = 0; i < n; i++) {
                    out[to + i] = a[at + i * as] <= b[bt + i * bs] ? 1 : 0;
                }
            }
            case GREATER -> {
                for (int i = 0; i < n; i++) {
                    out[to + i] = a[at + i * as] > b[bt + i * bs] ? 1 : 0;
                }
            }
            case GREATER_EQUAL -> {
                for (int i = 0; i < n; i++) {
                    out[to + i] = a[at + i * as] >= b[bt + i * bs] ? 1 : 0;
                }
            }
        }
    }

    private static void ternary(Elementwise row, Operand x, Operand y, Operand z, float[] out, int to, int n) {
        float[] a = (float[]) x.array;
        float[] b = (float[]) y.array;
        float[] c = (float[]) z.array;
        if (row == Selection.WHERE) {
            for (int i = 0; i < n; i++) {
                float yes = b[y.at + i * y.step];
                float no = c[z.at + i * z.step];
                out[to + i] = a[x.at + i * x.step] != 0 ? yes : no;
            }
        } else {
            for (int i = 0; i < n; i++) {
                out[to + i] = (float) row.apply(a[x.at + i * x.step], b[y.at + i * y.step], c[z.at + i * z.step]);
            }
        }
    }

    private static void ternary(Elementwise row, Operand x, Operand y, Operand z, double[] out, int to, int n) {
        double[] a = (double[]) x.array;
        double[] b = (double[]) y.array;
        double[] c = (double[]) z.array;
        for (int i = 0; i < n; i++) {
            out[to + i] = row.apply(a[x.at + i * x.step], b[y.at + i * y.step], c[z.at + i * z.step]);
        }
    }
}
