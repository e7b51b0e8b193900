package org.ebb.kernel;

/**
 * Products of cotangents and slopes, put into sums or added to them. A sum starts at 0 of its array; the compiler makes vector code where
 * the others do too. Adding 0 turns -0 into 0, as a strong product does.
 */
public final class DoubleSlopes {

    private DoubleSlopes() {}

    /**
     * {@code sum[i] += g[i] * slope[i]}, or {@code =} where the sum is {@code first} made; {@code step} is 1, or 0 for one slope for all.
     */
    public static void times(boolean first, double[] g, int at, double[] slope, int from, int step, double[] sum, int n) {
        if (step == 0) {
            scaled(first, g, at, slope[from], sum, n);
        } else if (at != 0 || from != 0) {
            anywhere(first, g, at, slope, from, sum, n);
        } else if (first) {
            for (int i = 0; i < n; i++) {
                sum[i] = g[i] * slope[i] + 0;
            }
        } else {
            for (int i = 0; i < n; i++) {
                sum[i] += g[i] * slope[i];
            }
        }
    }

    private static void anywhere(boolean first, double[] g, int at, double[] slope, int from, double[] sum, int n) {
        if (first) {
            for (int i = 0; i < n; i++) {
                sum[i] = g[at + i] * slope[from + i] + 0;
            }
        } else {
            for (int i = 0; i < n; i++) {
                sum[i] += g[at + i] * slope[from + i];
            }
        }
    }

    /** {@code sum[i] += g[i] * slope}. */
    public static void scaled(boolean first, double[] g, int at, double slope, double[] sum, int n) {
        if (at != 0) {
            for (int i = 0; i < n; i++) {
                sum[i] = (first ? 0 : sum[i]) + g[at + i] * slope;
            }
        } else if (first) {
            for (int i = 0; i < n; i++) {
                sum[i] = g[i] * slope + 0;
            }
        } else {
            for (int i = 0; i < n; i++) {
                sum[i] += g[i] * slope;
            }
        }
    }

    /** {@code sum[i] += g[i] * (number - y[i] * y[i])}, or {@code =}. */
    public static void lessSquare(boolean first, double[] g, int at, double number, double[] y, int from, double[] sum, int n) {
        if (first && at == 0 && from == 0) {
            for (int i = 0; i < n; i++) {
                sum[i] = g[i] * (number - y[i] * y[i]) + 0;
            }
        } else {
            for (int i = 0; i < n; i++) {
                sum[i] = (first ? 0 : sum[i]) + g[at + i] * (number - y[from + i] * y[from + i]);
            }
        }
    }

    /** As {@link #times}, but where a slope of exactly 0 says that something else was selected: nothing arrives, whatever the cotangent. */
    public static void gated(boolean first, double[] g, int at, double[] slope, int from, int step, double[] sum, int n) {
        for (int i = 0; i < n; i++) {
            double s = slope[from + i * step];
            sum[i] = (first ? 0 : sum[i]) + (s == 0 ? 0 : g[at + i] * s);
        }
    }
}
