package org.ebb.op;

import java.util.List;
import org.ebb.tensor.DType;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** A row that makes each line of elements along an axis into as many others. Options: {@link Axes}. */
abstract class Along extends Op {

    Along(String name, String parameters, String sentence, String call, String printed) {
        this(name, parameters, sentence, "None for all elements in row-major order. The result has the shape of x", call, printed);
    }

    /** {@code none} says what an axis of None stands for. */
    Along(String name, String parameters, String sentence, String none, String call, String printed) {
        super(name, name + "(" + parameters + ")", sentence + """


                x: a tensor; axis: an int, or\s""" + none + """
                .
                Raises ValueError for an axis that x does not have.

                >>>\s""" + call + "\n" + printed);
    }

    /** A row that only rules use. */
    Along(String name, String signature, String sentence) {
        super(name, signature, sentence);
    }

    @Override
    public List<String> samples() {
        return List.of("[2,3] axis=0", "[2,3] axis=1", "[4] axis=-1", "[1] axis=0", "[2,0,3] axis=1");
    }

    @Override
    public Object prepare(Object[] values, Value[] inputs) {
        if (inputs[0].shape().rank() == 0) {
            return Axes.of();
        }
        return Axes.of(Arguments.axes(name, values[0], inputs[0].shape()));
    }

    DType resultType(DType dtype) {
        return dtype.isFloat() ? dtype : DType.FLOAT32;
    }

    abstract Folds.RowMap map(Axes axes);

    @Override
    public Value forward(Object options, Value[] inputs) {
        var axes = (Axes) options;
        Tensor x = Dense.tensor(inputs[0]);
        Value result = Dense.result(Folds.map(map(axes), x, axes.reduced(x.rank()), resultType(x.dtype())));
        return Promotion.isWeak(inputs[0]) && result.dtype().isFloat()
                ? Linear.CAST.forward(Linear.To.WEAK, new Value[] {result}) : result;
    }

    @Override
    public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
        return new Value[1];
    }

    @Override
    public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
        return null;
    }

    /** The sum along the axes, with sizes of 1 left there. */
    static Value sum(Trace t, Axes axes, Value terms) {
        return t.apply(Reductions.SUM, new Axes(axes.axes(), true, 0), terms);
    }
}
