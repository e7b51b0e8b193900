package org.ebb.op;

import org.ebb.kernel.Kernels;
import org.ebb.tensor.DType;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;

/**
 * The sums of {@link Convolving} as matrix products, image by image and group by group: the windows of an image become the
 * columns of a matrix that stays in the cache. The first operand {@code a} is x, or y where x is what is asked for; {@code b} is
 * w, or y where w is.
 */
final class Multiplying {

    private Multiplying() {}

    private static final Kernels KERNELS = Kernels.fastest();

    /** The same in float. */
    static final class Floats {
        private final Places p;
        private final Patches patches;
        private final float[] a;
        private final float[] b;
        private final int atA;
        private final int atB;
        private final int gives;

        Floats(Places p, Tensor a, Tensor b, int gives) {
            this.p = p;
            this.patches = new Patches(p);
            this.a = ((Storage.Floats) a.cell.storage).array;
            this.b = ((Storage.Floats) b.cell.storage).array;
            this.atA = (int) a.offset;
            this.atB = (int) b.offset;
            this.gives = gives;
        }

        Storage result() {
            int rows = patches.rows();
            int columns = patches.columns();
            int inputs = p.channelsIn() / p.groups() * Places.size(p.in());
            int outputs = p.channelsOut() / p.groups();
            Shape shape = gives == 0 ? p.inShape() : gives == 1 ? p.kernelShape() : p.outShape();
            Storage made = Storage.zeros(DType.FLOAT32, shape.size());
            float[] out = ((Storage.Floats) made).array;
            if (out.length == 0 || columns == 0 || rows == 0) {
                return made;
            }
            boolean direct = p.isPointwise();
            float[] matrix = direct ? null : new float[Placing.count((long) rows * columns)];
            for (int image = 0; image < p.batch(); image++) {
                for (int group = 0; group < p.groups(); group++) {
                    int block = image * p.groups() + group;
                    int x = block * inputs;
                    int y = block * outputs * columns;
                    int w = group * outputs * rows;
                    switch (gives) {
                        case 0 -> {
                            if (direct) {
                                KERNELS.gemm(rows, columns, outputs, b, atB + w, 1, rows, a, atA + y, columns, 1, out, x, columns, false);
                            } else {
                                KERNELS.gemm(rows, columns, outputs, b, atB + w, 1, rows, a, atA + y, columns, 1, matrix, 0, columns, false);
                                patches.scatter(matrix, out, x);
                            }
                        }
                        case 1 -> {
                            if (!direct) {
                                patches.gather(a, atA + x, matrix);
                            }
                            KERNELS.gemm(outputs, rows, columns, b, atB + y, columns, 1, direct ? a : matrix, direct ? atA + x : 0, 1, columns,
                                    out, w, rows, true);
                        }
                        default -> {
                            if (!direct) {
                                patches.gather(a, atA + x, matrix);
                            }
                            KERNELS.gemm(outputs, columns, rows, b, atB + w, rows, 1, direct ? a : matrix, direct ? atA + x : 0, columns, 1,
                                    out, y, columns, false);
                        }
                    }
                }
            }
            return made;
        }
    }

    /** The same in double. */
    static final class Doubles {
        private final Places p;
        private final Patches patches;
        private final double[] a;
        private final double[] b;
        private final int atA;
        private final int atB;
        private final int gives;

        Doubles(Places p, Tensor a, Tensor b, int gives) {
            this.p = p;
            this.patches = new Patches(p);
            this.a = ((Storage.Doubles) a.cell.storage).array;
            this.b = ((Storage.Doubles) b.cell.storage).array;
            this.atA = (int) a.offset;
            this.atB = (int) b.offset;
            this.gives = gives;
        }

        Storage result() {
            int rows = patches.rows();
            int columns = patches.columns();
            int inputs = p.channelsIn() / p.groups() * Places.size(p.in());
            int outputs = p.channelsOut() / p.groups();
            Shape shape = gives == 0 ? p.inShape() : gives == 1 ? p.kernelShape() : p.outShape();
            Storage made = Storage.zeros(DType.FLOAT64, shape.size());
            double[] out = ((Storage.Doubles) made).array;
            if (out.length == 0 || columns == 0 || rows == 0) {
                return made;
            }
            boolean direct = p.isPointwise();
            double[] matrix = direct ? null : new double[Placing.count((long) rows * columns)];
            for (int image = 0; image < p.batch(); image++) {
                for (int group = 0; group < p.groups(); group++) {
                    int block = image * p.groups() + group;
                    int x = block * inputs;
                    int y = block * outputs * columns;
                    int w = group * outputs * rows;
                    switch (gives) {
                        case 0 -> {
                            if (direct) {
                                KERNELS.gemm(rows, columns, outputs, b, atB + w, 1, rows, a, atA + y, columns, 1, out, x, columns, false);
                            } else {
                                KERNELS.gemm(rows, columns, outputs, b, atB + w, 1, rows, a, atA + y, columns, 1, matrix, 0, columns, false);
                                patches.scatter(matrix, out, x);
                            }
                        }
                        case 1 -> {
                            if (!direct) {
                                patches.gather(a, atA + x, matrix);
                            }
                            KERNELS.gemm(outputs, rows, columns, b, atB + y, columns, 1, direct ? a : matrix, direct ? atA + x : 0, 1, columns,
                                    out, w, rows, true);
                        }
                        default -> {
                            if (!direct) {
                                patches.gather(a, atA + x, matrix);
                            }
                            KERNELS.gemm(outputs, columns, rows, b, atB + w, rows, 1, direct ? a : matrix, direct ? atA + x : 0, columns, 1,
                                    out, y, columns, false);
                        }
                    }
                }
            }
            return made;
        }
    }
}
