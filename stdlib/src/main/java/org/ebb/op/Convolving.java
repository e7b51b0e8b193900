package org.ebb.op;

import java.util.Arrays;
import java.util.List;
import org.ebb.kernel.Binary;
import org.ebb.kernel.Kernels;
import org.ebb.kernel.NativeConvolution;
import org.ebb.tensor.DType;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * Convolutions in any number of directions. Input x, kernel w and output y meet in one sum over products of three,
 * {@code sum x[place] w[k] y[o]}; each row gives what stands beside one of the three, and so the derivatives of a row are the two
 * others. See {@link Places}.
 */
public final class Convolving {

    private Convolving() {}

    private static final Kernels KERNELS = Kernels.fastest();

    /** One of the three: which operand of the sum it gives, and which are its inputs. 0 is x, 1 is w, 2 is y. */
    private abstract static class Third extends Op {
        private final int gives;
        private final int first;
        private final int second;
        private final List<String> samples;

        Third(int gives, String name, String signature, String doc, String... samples) {
            super(name, signature, doc);
            this.gives = gives;
            this.first = gives == 0 ? 2 : 0;
            this.second = gives == 1 ? 2 : 1;
            this.samples = List.of(samples);
        }

        @Override
        public final int inputs() {
            return 2;
        }

        @Override
        public final List<String> samples() {
            return samples;
        }

        final void needPlaces(Shape a, Shape b) {
            if (a.rank() < 3 || a.rank() != b.rank()) {
                throw badShape(a + " and " + b + ": both need batch and channels (or two kinds of channels) and equally many "
                        + "directions, at least one");
            }
        }

        @Override
        public final Value forward(Object options, Value[] inputs) {
            var p = (Places) options;
            DType joined = Promotion.join(inputs[0], inputs[1]);
            DType dtype = joined.isFloat() ? joined : DType.FLOAT32;
            Tensor a = Dense.tensor(inputs[0], dtype).contiguous();
            Tensor b = Dense.tensor(inputs[1], dtype).contiguous();
            Shape shape = shape(p);
            Storage out = dtype == DType.FLOAT64 ? new Multiplying.Doubles(p, a, b, gives).result() : floats(p, a, b);
            if (p.strong() >= 0 && !isFinite(out)) {
                out = new Skipping(p, a, b, gives).result();
            }
            return Dense.result(out, shape, a.flavour().with(b.flavour()));
        }

        /**
         * Sliding multiplies zeros between the rows and around the places too, which matters where they meet nan or inf. The library does
         * not say what it does there, so what is not finite is made again without it.
         */
        private Storage floats(Places p, Tensor a, Tensor b) {
            Storage made = natively(p, a, b, null);
            if (made != null) {
                return made;
            }
            if (Sliding.fits(p, gives)) {
                Storage out = Sliding.result(p, a, b, gives);
                if (gives == 2 || isFinite(out)) {
                    return out;
                }
            }
            return new Multiplying.Floats(p, a, b, gives).result();
        }

        /** By the native library, if it has this kind and all is finite; otherwise null. {@code bias} is null where nothing is added. */
        private Storage.Floats natively(Places p, Tensor a, Tensor b, Tensor bias) {
            NativeConvolution.Sizes sizes = p.sizes(gives, bias != null);
            if (!isNative(p, sizes)) {
                return null;
            }
            var made = (Storage.Floats) Storage.any(DType.FLOAT32, shape(p).size());
            var look = new NativeConvolution.Look();
            return natively(sizes, a, b, bias, made.array, look) && look.isFinite() ? made : null;
        }

        private boolean isNative(Places p, NativeConvolution.Sizes sizes) {
            return !p.isPointwise() && sizes.areLarge() && NativeConvolution.isThere() && !(sizes.areFilledUp() && Sliding.fits(p, gives));
        }

        private static boolean natively(NativeConvolution.Sizes sizes, Tensor a, Tensor b, Tensor bias, float[] out, NativeConvolution.Look look) {
            return NativeConvolution.made(sizes, array(a), (int) a.offset, array(b), (int) b.offset, bias == null ? null : array(bias),
                    bias == null ? 0 : (int) bias.offset, out, look);
        }

        private static float[] array(Tensor t) {
            return ((Storage.Floats) t.cell.storage).array;
        }

        private Shape shape(Places p) {
            return gives == 0 ? p.inShape() : gives == 1 ? p.kernelShape() : p.outShape();
        }

        @Override
        public final Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            var p = (Places) options;
            return new Value[] {
                wanted[0] ? Linear.match(t, third(t, p, first, inputs[1], cotangent), inputs[0]) : null,
                wanted[1] ? Linear.match(t, third(t, p, second, inputs[0], cotangent), inputs[1]) : null,
            };
        }

        /** Only what the library computes, straight into the sums. */
        @Override
        public final boolean pull(Object options, Value[] inputs, Value output, Value cotangent, Sums sums) {
            var p = (Places) options;
            for (Value v : new Value[] {inputs[0], inputs[1], cotangent}) {
                if (!(v instanceof Tensor t) || t.dtype() != DType.FLOAT32) {
                    return false;
                }
            }
            if (!isNative(p, p.sizes(gives)) || !cotangent.shape().equals(shape(p))) {
                return false;
            }
            Tensor g = ((Tensor) cotangent).contiguous();
            for (int k = 0; k < 2; k++) {
                if (sums.wants(k)) {
                    Tensor other = ((Tensor) inputs[1 - k]).contiguous();
                    pull(p, k == 0 ? first : second, g, other, sums, k);
                }
            }
            return true;
        }

        /** Adds the third {@code asked} of the sum to what there is for input k. */
        private void pull(Places p, int asked, Tensor g, Tensor other, Sums sums, int k) {
            var row = (Third) (asked == 0 ? TRANSPOSE : asked == 1 ? WEIGHTS : CONVOLUTION);
            Tensor a = row.first == gives ? g : other;
            Tensor b = row.first == gives ? other : g;
            boolean begins = sums.begins(k);
            float[] sum = sums.floats(k);
            float[] made = begins ? sum : new float[sum.length];
            NativeConvolution.Sizes sizes = p.sizes(asked);
            if (!row.isNative(p, sizes) || !natively(sizes, a, b, null, made, null)) {
                // This one of the three the library does not have, or is slow at.
                made = ((Storage.Floats) row.floats(p, a, b)).array;
                if (begins) {
                    System.arraycopy(made, 0, sum, 0, sum.length);
                }
            }
            if (!begins) {
                KERNELS.binary(Binary.ADD, sum, 0, 1, made, 0, 1, sum, 0, 1, sum.length);
            }
        }

        /** What stands beside operand {@code wanted}, of the cotangent and the other input. */
        private Value third(Trace t, Places p, int wanted, Value other, Value cotangent) {
            var row = (Third) (wanted == 0 ? TRANSPOSE : wanted == 1 ? WEIGHTS : CONVOLUTION);
            return row.first == gives ? t.apply(row, p.strong(0), cotangent, other) : t.apply(row, p.strong(1), other, cotangent);
        }

        @Override
        public final Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            var p = (Places) options;
            Value sum = tangents[0] == null ? null : t.apply(this, p.strong(0), tangents[0], inputs[1]);
            if (tangents[1] != null) {
                Value second = t.apply(this, p.strong(1), inputs[0], tangents[1]);
                sum = sum == null ? second : t.apply(Arithmetic.ADD, null, sum, second);
            }
            return Linear.spread(t, sum, output);
        }
    }

    private static boolean isFinite(Storage storage) {
        return switch (storage) {
            case Storage.Floats f -> KERNELS.finite(f.array, 0, f.array.length);
            case Storage.Doubles d -> KERNELS.finite(d.array, 0, d.array.length);
            default -> true;
        };
    }

    public static final Op CONVOLUTION = new Third(2, "convolution",
            "convolution(x, weight, stride=1, padding=0, dilation=1, groups=1)", """
            The sums of x times weight over windows that move along the axes after the first two (kernels are not flipped).

            x: (batch, channels, ...); weight: (outputs, channels / groups, ...), with as many axes. stride, padding (zeros on both
            sides; or 'same', 'valid'), dilation: an int, or one for each direction. Result: (batch, outputs, ...).
            Raises ValueError where channels or axes do not fit, or the kernel is larger than x with its padding.

            >>> print(convolution(tensor([[[1., 2., 3.]]]), tensor([[[1., 1.]]])))
            [[[3. 5.]]]""", "[2,2,4] [3,2,2]", "[1,2,5] [2,2,3] stride=2 padding=1", "[2,4,3,4] [2,2,2,2] groups=2",
            "[1,1,5,4] [1,1,2,2] dilation=(2,1) padding=(1,0)", "[1,2,3] [3,2,1]", "[1,1,2,3,2] [2,1,2,2,2] padding=1",
            "[1,1,6] [1,1,3] padding='same'", "[0,2,4] [3,2,2]") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            Shape x = inputs[0].shape();
            Shape w = inputs[1].shape();
            needPlaces(x, w);
            int n = x.rank() - 2;
            long groups = Arguments.integer(name, "groups", values[3]);
            if (groups <= 0 || w.dim(0) % groups != 0) {
                throw badShape("the outputs of weight of shape " + w + " cannot be parted into " + groups + " groups");
            }
            if (x.dim(1) != w.dim(1) * groups) {
                throw badShape("x of shape " + x + " has " + x.dim(1) + " channels, but weight of shape " + w + " takes " + w.dim(1)
                        + (groups == 1 ? "" : " in each of " + groups + " groups"));
            }
            long[] in = Places.places(x);
            long[] kernel = Places.places(w);
            long[] stride = Places.each(name, "stride", values[0], n, 1);
            long[] dilation = Places.each(name, "dilation", values[2], n, 1);
            long[] padding = new long[n];
            long[] out = new long[n];
            boolean same = "same".equals(values[1]);
            if (!same && !"valid".equals(values[1])) {
                padding = Places.each(name, "padding", values[1], n, 0);
            }
            for (int d = 0; d < n; d++) {
                long span = dilation[d] * (kernel[d] - 1);
                if (same && stride[d] != 1) {
                    throw badValue("padding 'same' needs stride 1, not " + stride[d]);
                }
                padding[d] = same ? span / 2 : padding[d];
                out[d] = same ? in[d] : Math.floorDiv(in[d] + 2 * padding[d] - span - 1, stride[d]) + 1;
                if (kernel[d] == 0 || out[d] <= 0 && in[d] + 2 * padding[d] <= span) {
                    throw badShape("a kernel of shape " + w + " (dilation " + dilation[d] + ") does not fit into x of shape " + x
                            + " with padding " + padding[d]);
                }
            }
            Places.size(out);
            return new Places(in, kernel, out, stride, padding, dilation, Math.toIntExact(x.dim(0)), Math.toIntExact(x.dim(1)),
                    Math.toIntExact(w.dim(0)), (int) groups, -1);
        }
    };

    public static final Op TRANSPOSE = new Third(0, "convolution_transpose",
            "convolution_transpose(x, weight, stride=1, padding=0, output_padding=0, dilation=1, groups=1)", """
            The transpose of convolution: spreads every element of x with the kernel around its place.

            x: (batch, channels, ...); weight: (channels, outputs / groups, ...); options as for convolution; output_padding: how
            many places more the result has at its end. Result: (batch, outputs, ...).
            Raises ValueError where channels or axes do not fit.

            >>> print(convolution_transpose(tensor([[[1., 2.]]]), tensor([[[1., 1.]]])))
            [[[1. 3. 2.]]]""", "[2,3,3] [3,2,2]", "[1,2,3] [2,2,3] stride=2 padding=1 output_padding=1",
            "[1,2,2,3] [2,2,2,2] groups=2") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            Shape x = inputs[0].shape();
            Shape w = inputs[1].shape();
            needPlaces(x, w);
            int n = x.rank() - 2;
            long groups = Arguments.integer(name, "groups", values[4]);
            if (groups <= 0 || x.dim(1) % groups != 0) {
                throw badShape("the channels of x of shape " + x + " cannot be parted into " + groups + " groups");
            }
            if (x.dim(1) != w.dim(0)) {
                throw badShape("x of shape " + x + " has " + x.dim(1) + " channels, but weight of shape " + w + " takes " + w.dim(0));
            }
            long[] places = Places.places(x);
            long[] kernel = Places.places(w);
            long[] stride = Places.each(name, "stride", values[0], n, 1);
            long[] padding = Places.each(name, "padding", values[1], n, 0);
            long[] more = Places.each(name, "output_padding", values[2], n, 0);
            long[] dilation = Places.each(name, "dilation", values[3], n, 1);
            long[] full = new long[n];
            for (int d = 0; d < n; d++) {
                if (more[d] >= Math.max(stride[d], dilation[d])) {
                    throw badValue("output_padding " + more[d] + " must be below stride " + stride[d] + " or dilation " + dilation[d]);
                }
                full[d] = Math.addExact(Math.multiplyExact(places[d] - 1, stride[d]) - 2 * padding[d] + 1 + more[d],
                        Math.multiplyExact(dilation[d], kernel[d] - 1));
                if (full[d] <= 0 || kernel[d] == 0) {
                    throw badShape("x of shape " + x + " and a kernel of shape " + w + " with padding " + padding[d]
                            + " give an empty result");
                }
            }
            Places.size(full);
            return new Places(full, kernel, places, stride, padding, dilation, Math.toIntExact(x.dim(0)),
                    Math.toIntExact(Math.multiplyExact(w.dim(1), groups)), Math.toIntExact(x.dim(1)), (int) groups, -1);
        }
    };

    /** With the bias of each channel: it is added where the sums lie, not to a copy of them. */
    public static final Op BIASED = new Op("_convolution_biased",
            "_convolution_biased(x, weight, bias, stride=1, padding=0, dilation=1, groups=1)",
            "convolution(x, weight, ...) and an element of bias, (outputs,), added to each channel.") {

        @Override
        public int inputs() {
            return 3;
        }

        @Override
        public List<String> samples() {
            return List.of("[2,2,4] [3,2,2] [3]", "[1,1,3,4] [2,1,2,2] [2] padding=1", "[0,2,4] [3,2,2] [3]");
        }

        @Override
        public boolean readsInput(int k) {
            return k < 2;
        }

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            var p = (Places) CONVOLUTION.prepare(values, inputs);
            if (!inputs[2].shape().equals(Shape.of(p.channelsOut()))) {
                throw badShape("bias of shape " + inputs[2].shape() + " does not fit " + p.channelsOut() + " outputs");
            }
            return p;
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            var p = (Places) options;
            Tensor bias = Dense.tensor(inputs[2]).contiguous();
            if (inputs[0] instanceof Tensor x && inputs[1] instanceof Tensor w && x.dtype() == DType.FLOAT32 && w.dtype() == DType.FLOAT32
                    && bias.dtype() == DType.FLOAT32) {
                Storage.Floats whole = ((Third) CONVOLUTION).natively(p, x.contiguous(), w.contiguous(), bias);
                if (whole != null) {
                    return Dense.result(whole, p.outShape(), x.flavour().with(w.flavour()).with(bias.flavour()));
                }
            }
            var made = (Tensor) CONVOLUTION.forward(p, new Value[] {inputs[0], inputs[1]});
            int plane = Math.toIntExact(made.size() / Math.max((long) p.batch() * p.channelsOut(), 1));
            if (made.cell.storage instanceof Storage.Floats sums && bias.cell.storage instanceof Storage.Floats b) {
                for (int row = 0; row < sums.array.length / Math.max(plane, 1); row++) {
                    KERNELS.binary(Binary.ADD, sums.array, row * plane, 1, b.array, (int) bias.offset + row % p.channelsOut(), 0, sums.array,
                            row * plane, 1, plane);
                }
                return Dense.result(sums, made.shape(), made.flavour().with(bias.flavour()));
            }
            return Arithmetic.ADD.forward(null, new Value[] {made, Linear.RESHAPE.forward(across(made.shape()), new Value[] {bias})});
        }

        /** The shape in which a bias meets the channels. */
        private static Shape across(Shape made) {
            long[] dims = new long[made.rank() - 1];
            Arrays.fill(dims, 1);
            dims[0] = made.dim(1);
            return Shape.of(dims);
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            Value[] two = CONVOLUTION.vjp(t, options, inputs, output, cotangent, wanted);
            if (!wanted[2]) {
                return new Value[] {two[0], two[1], null};
            }
            Value sums = t.apply(Linear.SUM_TO, across(output.shape()), cotangent);
            return new Value[] {two[0], two[1], Linear.match(t, t.apply(Linear.RESHAPE, inputs[2].shape(), sums), inputs[2])};
        }

        @Override
        public boolean pull(Object options, Value[] inputs, Value output, Value cotangent, Sums sums) {
            if (!(inputs[2] instanceof Tensor b) || b.dtype() != DType.FLOAT32 || !CONVOLUTION.pull(options, inputs, output, cotangent, sums)) {
                return false;
            }
            if (sums.wants(2)) {
                var reduced = new boolean[cotangent.shape().rank()];
                Arrays.fill(reduced, true);
                reduced[1] = false;
                float[] made = ((Storage.Floats) Folds.fold(Folds.SUM, (Tensor) cotangent, reduced, DType.FLOAT32)).array;
                boolean begins = sums.begins(2);
                float[] sum = sums.floats(2);
                if (begins) {
                    System.arraycopy(made, 0, sum, 0, sum.length);
                } else {
                    KERNELS.binary(Binary.ADD, sum, 0, 1, made, 0, 1, sum, 0, 1, sum.length);
                }
            }
            return true;
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            Value sum = tangents[0] == null && tangents[1] == null ? null : CONVOLUTION.jvp(t, options, inputs, output, tangents);
            if (tangents[2] != null) {
                Value bias = t.apply(Linear.RESHAPE, across(output.shape()), tangents[2]);
                sum = sum == null ? bias : t.apply(Arithmetic.ADD, null, sum, bias);
            }
            return Linear.spread(t, sum, output);
        }
    };

    static final Op WEIGHTS = new Third(1, "_convolution_weights", "_convolution_weights(x, y)",
            "What stands beside the kernel of a convolution without padding, of its input and output.", "[2,2,4] [2,3,3]",
            "[1,1,3,4] [1,2,2,2]") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            Shape x = inputs[0].shape();
            Shape y = inputs[1].shape();
            needPlaces(x, y);
            int n = x.rank() - 2;
            long[] kernel = new long[n];
            long[] ones = new long[n];
            for (int d = 0; d < n; d++) {
                kernel[d] = x.dim(d + 2) - y.dim(d + 2) + 1;
                ones[d] = 1;
                if (kernel[d] <= 0 || x.dim(0) != y.dim(0)) {
                    throw badShape(x + " and " + y + " are no input and output of a convolution");
                }
            }
            return new Places(Places.places(x), kernel, Places.places(y), ones, new long[n], ones, (int) x.dim(0), (int) x.dim(1),
                    (int) y.dim(1), 1, -1);
        }
    };
}
