package org.ebb.op;

import java.util.Arrays;

/** Copies the windows of one image and one group of channels into the columns of a matrix, and adds them back. */
final class Patches {

    private final Places p;
    private final int channels;
    private final int rank;

    Patches(Places p) {
        this.p = p;
        this.channels = p.channelsIn() / p.groups();
        this.rank = p.in().length;
    }

    int rows() {
        return channels * Places.size(p.kernel());
    }

    int columns() {
        return Places.size(p.out());
    }

    /** What is done with a run of places of the matrix and the evenly spaced places of the image that they see. */
    private interface Run {
        void between(int image, int step, int matrix, int n);
    }

    /** Fills the matrix but for the places outside the image, which are the same for every image: a new matrix has zeros there. */
    void gather(float[] image, int at, float[] matrix) {
        walk(at, (from, step, to, n) -> {
            if (step == 1) {
                System.arraycopy(image, from, matrix, to, n);
            } else {
                for (int i = 0; i < n; i++) {
                    matrix[to + i] = image[from + i * step];
                }
            }
        });
    }

    void gather(double[] image, int at, double[] matrix) {
        walk(at, (from, step, to, n) -> {
            for (int i = 0; i < n; i++) {
                matrix[to + i] = image[from + i * step];
            }
        });
    }

    void scatter(float[] matrix, float[] image, int at) {
        walk(at, (to, step, from, n) -> {
            if (step == 1) {
                increase(image, to, matrix, from, n);
            } else {
                for (int i = 0; i < n; i++) {
                    image[to + i * step] += matrix[from + i];
                }
            }
        });
    }

    /** Apart, so that the compiler sees a loop without steps. */
    private static void increase(float[] image, int to, float[] matrix, int from, int n) {
        for (int i = 0; i < n; i++) {
            image[to + i] += matrix[from + i];
        }
    }

    void scatter(double[] matrix, double[] image, int at) {
        walk(at, (to, step, from, n) -> {
            if (step == 1) {
                increase(image, to, matrix, from, n);
            } else {
                for (int i = 0; i < n; i++) {
                    image[to + i * step] += matrix[from + i];
                }
            }
        });
    }

    /** Apart, so that the compiler sees a loop without steps. */
    private static void increase(double[] image, int to, double[] matrix, int from, int n) {
        for (int i = 0; i < n; i++) {
            image[to + i] += matrix[from + i];
        }
    }

    private void walk(int at, Run run) {
        int image = Places.size(p.in());
        int columns = columns();
        int[] k = new int[rank];
        int row = 0;
        for (int c = 0; c < channels; c++) {
            Arrays.fill(k, 0);
            do {
                plane(0, k, at + c * image, row * columns, run);
                row++;
            } while (next(k));
        }
    }

    private boolean next(int[] k) {
        for (int d = rank - 1; d >= 0; d--) {
            if (++k[d] < p.kernel()[d]) {
                return true;
            }
            k[d] = 0;
        }
        return false;
    }

    /** All output places for one kernel element: the last direction is one run. */
    private void plane(int d, int[] k, int image, int matrix, Run run) {
        long shift = k[d] * p.dilation()[d] - p.padding()[d];
        int stride = (int) p.stride()[d];
        int size = (int) p.in()[d];
        int first = (int) Math.max(0, -Math.floorDiv(shift, stride));
        int end = (int) Math.min(p.out()[d], Math.floorDiv(size - 1 - shift, stride) + 1);
        if (d == rank - 1) {
            if (first < end) {
                run.between(image + (int) (first * (long) stride + shift), stride, matrix + first, end - first);
            }
            return;
        }
        int imageRow = 1;
        int matrixRow = 1;
        for (int later = d + 1; later < rank; later++) {
            imageRow *= (int) p.in()[later];
            matrixRow *= (int) p.out()[later];
        }
        for (int o = first; o < end; o++) {
            plane(d + 1, k, image + (int) (o * (long) stride + shift) * imageRow, matrix + o * matrixRow, run);
        }
    }
}
