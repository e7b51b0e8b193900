package org.ebb.plot;

import java.util.Arrays;

/** Lines of equal height on a grid: in each cell from edge to edge (marching squares). */
final class Contours {

    private final double[] x;
    private final double[] y;
    private final double[][] z;
    private double[] xs = new double[64];
    private double[] ys = new double[64];
    private int count;

    private Contours(double[] x, double[] y, double[][] z) {
        this.x = x;
        this.y = y;
        this.z = z;
    }

    /** The pieces of the line at one level as two rows, x and y; nan lies between pieces. {@code z[i][j]} is the height at x[j], y[i]. */
    static double[][] at(double level, double[] x, double[] y, double[][] z) {
        var lines = new Contours(x, y, z);
        for (int i = 0; i + 1 < y.length; i++) {
            for (int j = 0; j + 1 < x.length; j++) {
                lines.cell(i, j, level);
            }
        }
        return new double[][] {Arrays.copyOf(lines.xs, lines.count), Arrays.copyOf(lines.ys, lines.count)};
    }

    private void cell(int i, int j, double level) {
        double[] corner = {z[i][j], z[i][j + 1], z[i + 1][j + 1], z[i + 1][j]};
        double[] px = {x[j], x[j + 1], x[j + 1], x[j]};
        double[] py = {y[i], y[i], y[i + 1], y[i + 1]};
        double[] cut = new double[8];
        int cuts = 0;
        for (int a = 0; a < 4; a++) {
            int b = (a + 1) % 4;
            if ((corner[a] < level) != (corner[b] < level) && Double.isFinite(corner[a]) && Double.isFinite(corner[b])) {
                double t = (level - corner[a]) / (corner[b] - corner[a]);
                cut[2 * cuts] = px[a] + t * (px[b] - px[a]);
                cut[2 * cuts + 1] = py[a] + t * (py[b] - py[a]);
                cuts++;
            }
        }
        if (cuts == 2) {
            piece(cut, 0, 1);
        } else if (cuts == 4) { // a saddle: the height in the middle says which corners belong together
            boolean low = (corner[0] + corner[1] + corner[2] + corner[3]) / 4 < level;
            boolean joined = low == corner[0] < level;
            piece(cut, 0, joined ? 1 : 3);
            piece(cut, 2, joined ? 3 : 1);
        }
    }

    private void piece(double[] cut, int a, int b) {
        add(cut[2 * a], cut[2 * a + 1]);
        add(cut[2 * b], cut[2 * b + 1]);
        add(Double.NaN, Double.NaN);
    }

    private void add(double px, double py) {
        if (count == xs.length) {
            xs = Arrays.copyOf(xs, 2 * count);
            ys = Arrays.copyOf(ys, 2 * count);
        }
        xs[count] = px;
        ys[count++] = py;
    }
}
