package org.ebb.op;

import org.ebb.kernel.Glance;
import org.ebb.kernel.Poll;
import org.ebb.tensor.DType;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** The discrete Fourier transform. Complex numbers are pairs along a last axis; the module {@code fft} hides that. */
public final class Fourier {

    private Fourier() {}

    /** Its matrix is symmetric, so as a map of pairs its transpose is the transform of the other sign. */
    public static final Op FFT = new LinearRow("_fft", "_fft(x, inverse=False)",
            "The transform along the last axis but one of pairs (real, imaginary), or without division the inverse one.", "[4,2]",
            "[5,2] inverse=True", "[2,3,2]", "[1,2]", "[0,2]", "[6,2]", "[67,2]") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            Shape shape = inputs[0].shape();
            if (shape.rank() < 2 || shape.dim(-1) != 2) {
                throw badShape("pairs along a last axis are needed, not shape " + shape);
            }
            return Arguments.truth(name, "inverse", values[0]);
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            Tensor x = Dense.tensor(inputs[0]);
            int n = (int) x.shape().dim(-2);
            DType dtype = x.dtype().isFloat() ? x.dtype() : DType.FLOAT32;
            Storage out = Storage.zeros(dtype, x.size());
            if (x.size() > 0) {
                Plan plan = new Plan(n, (Boolean) options ? 1 : -1);
                double[] all = x.toDoubles();
                double[] row = new double[2 * n];
                for (int from = 0; from < all.length; from += 2 * n) {
                    Poll.now();
                    System.arraycopy(all, from, row, 0, 2 * n);
                    double[] made = plan.transform(row);
                    var glance = new Glance();
                    for (int i = 0; i < 2 * n; i++) {
                        glance.step();
                        out.setDouble(from + i, made[i]);
                    }
                }
            }
            return Dense.result(out, x.shape(), x.flavour());
        }

        @Override
        Value transpose(Trace t, Object options, Value input, Value cotangent) {
            Value turned = t.apply(Arithmetic.MUL, null, cotangent, sign(cotangent));
            Value transformed = t.apply(this, options, turned);
            return t.apply(Arithmetic.MUL, null, transformed, sign(cotangent));
        }

        /** (1, -1): conjugates. */
        private Value sign(Value like) {
            Storage signs = Storage.zeros(like.dtype(), 2);
            signs.setDouble(0, 1);
            signs.setDouble(1, -1);
            return Tensor.of(signs, Shape.of(2), like.flavour());
        }
    };

    /** A transform of one size: by prime factors (Cooley and Tukey 1965), with large ones as a convolution (Bluestein 1970). */
    private static final class Plan {
        private static final int LARGEST_FACTOR = 50;

        private final int n;
        private final int sign;
        private final double[] cos;
        private final double[] sin;
        private final Plan wide;
        private final double[] chirp;
        private final double[] response;

        Plan(int n, int sign) {
            this.n = n;
            this.sign = sign;
            if (largestFactor(n) <= LARGEST_FACTOR) {
                cos = new double[n];
                sin = new double[n];
                var glance = new Glance();
                for (int k = 0; k < n; k++) {
                    glance.steps(50);
                    cos[k] = cosine(k, n);
                    sin[k] = sign * cosine(k + 3L * n / 4.0, n);
                }
                wide = null;
                chirp = null;
                response = null;
                return;
            }
            cos = null;
            sin = null;
            int size = Integer.highestOneBit(2 * n) * 2;
            wide = new Plan(size, -1);
            chirp = new double[2 * n];
            double[] mirrored = new double[2 * size];
            for (int k = 0; k < n; k++) {
                Poll.now();
                double angle = Math.PI * ((long) k * k % (2L * n)) / n;
                chirp[2 * k] = Math.cos(angle);
                chirp[2 * k + 1] = sign * Math.sin(angle);
                for (int at : new int[] {k, (size - k) % size}) {
                    mirrored[2 * at] = chirp[2 * k];
                    mirrored[2 * at + 1] = -chirp[2 * k + 1];
                }
            }
            response = wide.transform(mirrored);
        }

        /** The cosine of so many n-th parts of a full turn, exact where it is 0, 1 or -1. */
        private static double cosine(double parts, int n) {
            double quarters = 4 * parts;
            int quarter = (int) (quarters / n);
            double rest = quarters - (double) quarter * n;
            double c = 2 * rest <= n ? Math.cos(Math.PI / 2 * rest / n) : Math.sin(Math.PI / 2 * (n - rest) / n);
            double s = 2 * rest <= n ? Math.sin(Math.PI / 2 * rest / n) : Math.cos(Math.PI / 2 * (n - rest) / n);
            return switch (quarter % 4) {
                case 0 -> c;
                case 1 -> -s;
                case 2 -> -c;
                default -> s;
            };
        }

        private static int largestFactor(int n) {
            int largest = 1;
            for (int p = 2; p * p <= n; p++) {
                Poll.now();
                while (n % p == 0) {
                    largest = p;
                    n /= p;
                }
            }
            return Math.max(largest, n);
        }

        double[] transform(double[] x) {
            if (wide != null) {
                return convolve(x);
            }
            double[] out = new double[2 * n];
            split(x, 0, 1, out, 0, n);
            return out;
        }

        /** The transform of {@code count} numbers, every {@code step}-th of x from {@code from} on, to {@code to}. */
        private void split(double[] x, int from, int step, double[] out, int to, int count) {
            if (count == 1) {
                out[2 * to] = x[2 * from];
                out[2 * to + 1] = x[2 * from + 1];
                return;
            }
            int p = 2;
            while (count % p != 0) {
                p = p * p > count ? count : p + 1;
            }
            int part = count / p;
            for (int r = 0; r < p; r++) {
                split(x, from + r * step, step * p, out, to + r * part, part);
            }
            double[] re = new double[p];
            double[] im = new double[p];
            int turn = n / count;
            for (int k = 0; k < part; k++) {
                Poll.now();
                for (int r = 0; r < p; r++) {
                    int at = 2 * (to + r * part + k);
                    int w = (int) ((long) r * k * turn % n);
                    re[r] = out[at] * cos[w] - out[at + 1] * sin[w];
                    im[r] = out[at] * sin[w] + out[at + 1] * cos[w];
                }
                for (int q = 0; q < p; q++) {
                    double sumRe = re[0];
                    double sumIm = im[0];
                    for (int r = 1; r < p; r++) {
                        int w = (int) ((long) r * q * (n / p) % n);
                        sumRe += re[r] * cos[w] - im[r] * sin[w];
                        sumIm += re[r] * sin[w] + im[r] * cos[w];
                    }
                    int at = 2 * (to + q * part + k);
                    out[at] = sumRe;
                    out[at + 1] = sumIm;
                }
            }
        }

        private double[] convolve(double[] x) {
            int size = wide.n;
            double[] padded = new double[2 * size];
            for (int k = 0; k < n; k++) {
                times(x[2 * k], x[2 * k + 1], chirp[2 * k], chirp[2 * k + 1], padded, k);
            }
            double[] spectrum = wide.transform(padded);
            for (int k = 0; k < size; k++) {
                double re = spectrum[2 * k] * response[2 * k] - spectrum[2 * k + 1] * response[2 * k + 1];
                double im = spectrum[2 * k] * response[2 * k + 1] + spectrum[2 * k + 1] * response[2 * k];
                spectrum[2 * k] = re;
                spectrum[2 * k + 1] = -im;
            }
            double[] back = wide.transform(spectrum);
            double[] out = new double[2 * n];
            for (int k = 0; k < n; k++) {
                times(back[2 * k] / size, -back[2 * k + 1] / size, chirp[2 * k], chirp[2 * k + 1], out, k);
            }
            return out;
        }

        private static void times(double a, double b, double c, double d, double[] out, int k) {
            out[2 * k] = a * c - b * d;
            out[2 * k + 1] = a * d + b * c;
        }
    }
}
