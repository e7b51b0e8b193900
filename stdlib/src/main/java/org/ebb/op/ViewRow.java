package org.ebb.op;

import org.ebb.tensor.Cell;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** A linear row whose result is a view of its input: in the language it moves no element, in a rule it copies the view's. */
abstract class ViewRow extends LinearRow {

    ViewRow(String name, String signature, String doc, String... samples) {
        super(name, signature, doc, samples);
    }

    /** The view; reads no element. */
    @Override
    public abstract Tensor view(Object options, Tensor x);

    @Override
    public final Value forward(Object options, Value[] inputs) {
        Tensor view = view(options, Dense.tensor(inputs[0]));
        return Dense.result(view.copy());
    }

    @Override
    final Value transpose(Trace t, Object options, Value input, Value cotangent) {
        return t.apply(Windows.UNVIEW, window(options, input.shape()), cotangent);
    }

    /** What the view of a row-major tensor of a shape sees of it. */
    final Window.Strided window(Object options, Shape shape) {
        Tensor geometry = new Tensor(new Cell(NOTHING, shape), shape, shape.strides(), 0, Flavour.PLAIN, false);
        return Window.Strided.of(view(options, geometry));
    }

    private static final Storage NOTHING = Storage.zeros(DType.BOOL, 0);
}
