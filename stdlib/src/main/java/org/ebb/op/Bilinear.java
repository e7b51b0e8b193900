package org.ebb.op;

import java.util.List;
import org.ebb.kernel.Kernels;
import org.ebb.tensor.Buffers;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * A row that is linear in each of two inputs and is a {@link Contraction} of them. Its derivatives are contractions too: the
 * cotangent takes the place of the input that is asked for.
 */
abstract class Bilinear extends Op {

    private final List<String> samples;

    Bilinear(String name, String signature, String doc, String... samples) {
        super(name, signature, doc);
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

    @Override
    public final Value forward(Object options, Value[] inputs) {
        return forward(options, inputs, null);
    }

    @Override
    public final Value forward(Object options, Value[] inputs, Buffers buffers) {
        var c = (Contraction) options;
        if (c == Contraction.MATRICES) {
            Value product = Matrices.product(inputs[0], inputs[1], buffers);
            if (product != null) {
                return product;
            }
        }
        if (c.a().length() == 1 && c.a().equals(c.b()) && c.out().isEmpty() && !c.strong()) {
            Value dot = dot(c, inputs[0], inputs[1]);
            if (dot != null) {
                return dot;
            }
        }
        return new Contracting(c, inputs[0], inputs[1]).result();
    }

    /** Two vectors of one float dtype, without the detour over matrices; null for others. */
    private static Value dot(Contraction c, Value x, Value y) {
        if (!(x instanceof Tensor a) || !(y instanceof Tensor b)) {
            return null;
        }
        int n = (int) a.size();
        int as = (int) a.strides()[0];
        int bs = (int) b.strides()[0];
        Storage out;
        if (a.cell.storage instanceof Storage.Floats f && b.cell.storage instanceof Storage.Floats g) {
            double sum = Kernels.fastest().dot(f.array, (int) a.offset, as, g.array, (int) b.offset, bs, n);
            out = new Storage.Floats(new float[] {(float) sum});
        } else if (a.cell.storage instanceof Storage.Doubles f && b.cell.storage instanceof Storage.Doubles g) {
            double sum = Kernels.fastest().dot(f.array, (int) a.offset, as, g.array, (int) b.offset, bs, n);
            out = new Storage.Doubles(new double[] {sum});
        } else {
            return null;
        }
        return Dense.result(out, c.shape() == null ? Shape.SCALAR : c.shape(), a.flavour().with(b.flavour()));
    }

    @Override
    public final Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
        var c = (Contraction) options;
        Shape labelled = Contracting.shape(c, inputs[0].shape(), inputs[1].shape());
        Value g = cotangent.shape().equals(labelled) ? cotangent : t.apply(Linear.RESHAPE, labelled, cotangent);
        return new Value[] {
            wanted[0] ? pull(t, g, c.out(), inputs[1], c.b(), inputs[0], c.a()) : null,
            wanted[1] ? pull(t, g, c.out(), inputs[0], c.a(), inputs[1], c.b()) : null,
        };
    }

    @Override
    public final boolean pull(Object options, Value[] inputs, Value output, Value cotangent, Sums sums) {
        return options == Contraction.MATRICES && Matrices.pull(inputs, output, cotangent, sums);
    }

    @Override
    public final boolean pullAlong(Object options, Value[] inputs, Value output, Value[] tangents, Value outTangent, Value cotangent,
            Value cotangentAlong, Sums sums, Sums along) {
        return options == Contraction.MATRICES && Matrices.pullAlong(inputs, output, tangents, cotangent, cotangentAlong, sums, along);
    }

    /**
     * The cotangent of {@code input}: that of the result contracted with the other input, and spread over axes that were only
     * summed.
     */
    private static Value pull(Trace t, Value g, String out, Value other, String otherLetters, Value input, String letters) {
        var met = new StringBuilder();
        long[] dims = input.shape().dims();
        for (int axis = 0; axis < dims.length; axis++) {
            char letter = letters.charAt(axis);
            if (out.indexOf(letter) >= 0 || otherLetters.indexOf(letter) >= 0) {
                met.append(letter);
            } else {
                dims[axis] = 1;
            }
        }
        if (out.isEmpty() && otherLetters.contentEquals(met)) {
            return Linear.match(t, Linear.spread(t, t.apply(Slopes.SCALE, null, g, other), input), input);
        }
        Value pulled = t.apply(Products.CONTRACT, new Contraction(out, otherLetters, met.toString(), Shape.of(dims), true), g,
                other);
        return Linear.match(t, Linear.spread(t, pulled, input), input);
    }

    @Override
    public final Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
        var c = (Contraction) options;
        Value sum = null;
        if (tangents[0] != null) {
            sum = t.apply(Products.CONTRACT, new Contraction(c.a(), c.b(), c.out(), c.shape(), true), tangents[0], inputs[1]);
        }
        if (tangents[1] != null) {
            Value term = t.apply(Products.CONTRACT, new Contraction(c.b(), c.a(), c.out(), c.shape(), true), tangents[1],
                    inputs[0]);
            sum = sum == null ? term : t.apply(Arithmetic.ADD, null, sum, term);
        }
        return Linear.spread(t, sum, output);
    }
}
