package org.ebb.op;

import static org.ebb.kernel.FloatSlides.BROAD;
import static org.ebb.kernel.FloatSlides.STEEP;
import static org.ebb.kernel.FloatSlides.STRANDS;
import static org.ebb.kernel.FloatSlides.TALL;
import static org.ebb.kernel.FloatSlides.WIDE;
import static org.ebb.kernel.FloatSlides.packed;
import static org.ebb.kernel.FloatSlides.upTo;

import java.util.Arrays;
import org.ebb.kernel.Kernels;
import org.ebb.kernel.Threads;
import org.ebb.tensor.DType;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;

/**
 * The sums of {@link Convolving} in float for windows that move by one place: the matrix of windows is never made. Each channel of an image
 * is laid out with its margin of zeros; what an element of the kernel meets is then the same places, moved by a fixed distance. Rows of the
 * result are as broad as the margin makes them, and the places between are computed in vain.
 *
 * <p>{@code grid} are the places of the result (for w: of y), {@code source} those of what is laid out: y where x is asked for, otherwise x.
 */
final class Sliding {

    private static final Kernels KERNELS = Kernels.fastest();

    /** Products below which images are not worth handing to threads. */
    private static final long SMALL = 1 << 23;
    private static final int MOST_PARTS = 16;

    /** Small images are laid out together, up to so many places. */
    private static final int TOGETHER = 1024;

    private final Places p;
    private final int gives;
    private final int rank;
    private final int[] grid;
    private final int[] source;
    private final int[] margin;
    private final int[] steps;
    private final int area;
    private final int length;
    private final int channels;
    private final int others;
    private final int[] rows;

    private Sliding(Places p, int gives) {
        this.p = p;
        this.gives = gives;
        this.rank = p.in().length;
        this.grid = new int[rank];
        this.source = new int[rank];
        this.margin = new int[rank];
        this.steps = new int[rank];
        int area = 1;
        int last = 0;
        for (int d = rank - 1; d >= 0; d--) {
            int span = span(p, d);
            grid[d] = (int) (gives == 0 ? p.in()[d] : p.out()[d]);
            source[d] = (int) (gives == 0 ? p.out()[d] : p.in()[d]);
            margin[d] = (int) (gives == 0 ? span - p.padding()[d] : p.padding()[d]);
            steps[d] = area;
            last += (grid[d] - 1) * area;
            area *= grid[d] + span;
        }
        this.area = area;
        this.length = last + 1;
        int in = p.channelsIn() / p.groups();
        int out = p.channelsOut() / p.groups();
        this.channels = gives == 0 ? out : in;
        this.others = gives == 0 ? in : out;
        this.rows = rows(area);
    }

    private static int span(Places p, int d) {
        return (int) (p.dilation()[d] * (p.kernel()[d] - 1));
    }

    /** Do windows move by one place, and are few places computed in vain? */
    static boolean fits(Places p, int gives) {
        long useful = 1;
        long computed = 1;
        if (p.isPointwise() || p.batch() == 0 || p.channelsIn() == 0 || p.channelsOut() == 0) {
            return false;
        }
        for (int d = 0; d < p.in().length; d++) {
            long span = p.dilation()[d] * (p.kernel()[d] - 1);
            long grid = gives == 0 ? p.in()[d] : p.out()[d];
            long source = gives == 0 ? p.out()[d] : p.in()[d];
            long margin = gives == 0 ? span - p.padding()[d] : p.padding()[d];
            if (p.stride()[d] != 1 || margin < 0 || margin + source > grid + span || grid == 0) {
                return false;
            }
            useful *= grid;
            computed = Placing.product(computed, grid + span);
        }
        return computed <= 2 * useful && computed * (Math.max(p.channelsIn(), p.channelsOut()) + 1) < 1 << 28;
    }

    /** Where each channel and kernel element begins in the laid out image, channels being {@code apart} places from each other. */
    private int[] rows(int apart) {
        int size = Places.size(p.kernel());
        int[] rows = new int[channels * size];
        int[] k = new int[rank];
        for (int e = 0; e < size; e++) {
            int at = 0;
            for (int d = 0; d < rank; d++) {
                at += (int) p.dilation()[d] * (gives == 0 ? (int) p.kernel()[d] - 1 - k[d] : k[d]) * steps[d];
            }
            for (int c = 0; c < channels; c++) {
                rows[c * size + e] = c * apart + at;
            }
            for (int d = rank - 1; d >= 0 && ++k[d] == p.kernel()[d]; d--) {
                k[d] = 0;
            }
        }
        return rows;
    }

    /** {@code a} and {@code b} as {@link Multiplying} has them. */
    static Storage result(Places p, Tensor a, Tensor b, int gives) {
        Shape shape = gives == 0 ? p.inShape() : gives == 1 ? p.kernelShape() : p.outShape();
        Storage made = Storage.zeros(DType.FLOAT32, shape.size());
        var sliding = new Sliding(p, gives);
        float[] image = ((Storage.Floats) a.cell.storage).array;
        float[] other = ((Storage.Floats) b.cell.storage).array;
        float[] out = ((Storage.Floats) made).array;
        if (gives == 1) {
            sliding.weights(image, (int) a.offset, other, (int) b.offset, out);
        } else {
            sliding.images(image, (int) a.offset, other, (int) b.offset, out);
        }
        return made;
    }

    private int parts() {
        long work = (long) p.batch() * p.groups() * others * rows.length * length;
        return work < SMALL ? 1 : Math.min(p.batch(), MOST_PARTS);
    }

    private int first(int part, int parts) {
        return (int) ((long) part * p.batch() / parts);
    }

    private void images(float[] from, int at, float[] w, int atW, float[] out) {
        float[][] factors = new float[p.groups()][];
        for (int group = 0; group < p.groups(); group++) {
            factors[group] = factors(w, atW + group * others * rows.length);
        }
        int parts = parts();
        Threads.run(parts, part -> {
            float[] wide = new float[channels * area + BROAD];
            float[] made = new float[upTo(others, TALL) * upTo(length, BROAD)];
            for (int image = first(part, parts); image < first(part + 1, parts); image++) {
                for (int group = 0; group < p.groups(); group++) {
                    int block = image * p.groups() + group;
                    layOut(from, at + block * channels * Places.size(source(gives)), wide, 0, area);
                    KERNELS.slide(others, length, rows, factors[group], wide, made);
                    takeIn(made, out, block * others * Places.size(grid(gives)));
                }
            }
        });
    }

    private long[] source(int gives) {
        return gives == 0 ? p.out() : p.in();
    }

    private long[] grid(int gives) {
        return gives == 0 ? p.in() : p.out();
    }

    /** The weights of a group with a row for each channel of the result, in the order of {@link #rows}. */
    private float[] factors(float[] w, int at) {
        int size = Places.size(p.kernel());
        float[] a = new float[upTo(others, TALL) * rows.length];
        for (int i = 0; i < others; i++) {
            for (int c = 0; c < channels; c++) {
                for (int e = 0; e < size; e++) {
                    int from = gives == 0 ? (c * others + i) * size + e : (i * channels + c) * size + e;
                    a[packed(i, c * size + e, rows.length)] = w[at + from];
                }
            }
        }
        return a;
    }

    /** What is done with a run of places, which follow each other both in the plain and in the broad form. */
    private interface Run {
        void between(int plain, int broad, int n);
    }

    /** All runs of an image of one channel whose first place lies at {@code broad}. */
    private void runs(int d, int[] dims, int plain, int broad, Run run) {
        if (d == rank - 1) {
            run.between(plain, broad, dims[d]);
            return;
        }
        int size = 1;
        for (int later = d + 1; later < rank; later++) {
            size *= dims[later];
        }
        for (int k = 0; k < dims[d]; k++) {
            runs(d + 1, dims, plain + k * size, broad + k * steps[d], run);
        }
    }

    private void layOut(float[] from, int at, float[] wide, int to, int apart) {
        int start = to;
        for (int d = 0; d < rank; d++) {
            start += margin[d] * steps[d];
        }
        int size = Places.size(source(gives));
        for (int c = 0; c < channels; c++) {
            runs(0, source, at + c * size, start + c * apart, (plain, broad, n) -> System.arraycopy(from, plain, wide, broad, n));
        }
    }

    private void takeIn(float[] made, float[] out, int to) {
        int width = upTo(length, BROAD);
        int size = Places.size(grid(gives));
        for (int i = 0; i < others; i++) {
            runs(0, grid, to + i * size, i * width, (plain, broad, n) -> System.arraycopy(made, broad, out, plain, n));
        }
    }

    /** Parts of the images are added up apart, and then in their order: the same bits for any number of threads. */
    private void weights(float[] x, int atX, float[] y, int atY, float[] out) {
        int parts = parts();
        int together = Math.clamp(TOGETHER / area, 1, (p.batch() + parts - 1) / parts);
        int apart = upTo(together * area, STRANDS);
        int width = upTo(others, WIDE);
        int[] begins = Arrays.copyOf(rows(apart), upTo(rows.length, STEEP));
        float[][][] sums = new float[parts][p.groups()][begins.length * width * STRANDS];
        Threads.run(parts, part -> {
            float[] wide = new float[channels * apart + area];
            float[] cotangent = new float[width * apart];
            int end = first(part + 1, parts);
            for (int image = first(part, parts); image < end; image += together) {
                int images = Math.min(together, end - image);
                int depth = upTo(images * area, STRANDS);
                for (int group = 0; group < p.groups(); group++) {
                    for (int k = 0; k < images; k++) {
                        int block = (image + k) * p.groups() + group;
                        layOut(x, atX + block * channels * Places.size(p.in()), wide, k * area, apart);
                        layOutBroad(y, atY + block * others * Places.size(p.out()), cotangent, k * area, apart);
                    }
                    for (int i = 0; i < others; i++) {
                        Arrays.fill(cotangent, i * apart + images * area, i * apart + depth, 0);
                    }
                    KERNELS.slideBack(begins.length, width, depth, begins, wide, cotangent, apart, sums[part][group]);
                }
            }
        });
        for (int group = 0; group < p.groups(); group++) {
            for (int i = 0; i < others; i++) {
                for (int r = 0; r < rows.length; r++) {
                    float sum = 0;
                    for (float[][] part : sums) {
                        sum += strands(part[group], (r * width + i) * STRANDS);
                    }
                    out[(group * others + i) * rows.length + r] = sum;
                }
            }
        }
    }

    private static float strands(float[] sums, int at) {
        float even = sums[at] + sums[at + 4] + (sums[at + 2] + sums[at + 6]);
        float odd = sums[at + 1] + sums[at + 5] + (sums[at + 3] + sums[at + 7]);
        return even + odd;
    }

    /** The cotangent, each channel as broad as x is laid out: there are zeros between its rows. */
    private void layOutBroad(float[] y, int at, float[] cotangent, int to, int apart) {
        int size = Places.size(p.out());
        for (int i = 0; i < others; i++) {
            runs(0, grid, at + i * size, to + i * apart, (plain, broad, n) -> System.arraycopy(y, plain, cotangent, broad, n));
        }
    }
}
