package org.ebb.kernel;

/** Steps of optimisers over whole arrays, in one pass. */
public final class FloatSteps {

    private static final int PART = 1 << 16;

    private FloatSteps() {}

    /**
     * Adam's step (Kingma and Ba 2015), every operation rounded to float: the mean and the mean square of gradients move by {@code 1 - b1}
     * and {@code 1 - b2}, then {@code x = x shrink - rate mean / (sqrt(square) scale + eps)}. All from 0 on, n elements.
     */
    public static void adam(float[] x, float[] g, float[] mean, float[] square, int n, double b1, double b2, double rate, double scale,
            double eps, double shrink) {
        int parts = n < 2 * PART ? 1 : (n + PART - 1) / PART;
        Threads.run(parts, part -> {
            int to = part == parts - 1 ? n : (part + 1) * PART;
            adam(x, g, mean, square, part * PART, to, (float) b1, (float) (1 - b1), (float) b2, (float) (1 - b2), (float) rate, (float) scale,
                    (float) eps, (float) shrink);
        });
    }

    private static void adam(float[] x, float[] g, float[] mean, float[] square, int from, int to, float b1, float c1, float b2, float c2,
            float rate, float scale, float eps, float shrink) {
        for (int i = from; i < to; i++) {
            float m = b1 * mean[i] + c1 * g[i];
            float v = b2 * square[i] + c2 * g[i] * g[i];
            mean[i] = m;
            square[i] = v;
            x[i] = x[i] * shrink - rate * m / ((float) Math.sqrt(v) * scale + eps);
        }
    }
}
