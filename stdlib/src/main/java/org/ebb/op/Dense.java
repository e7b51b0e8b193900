package org.ebb.op;

import org.ebb.kernel.Walk;
import org.ebb.tensor.Cell;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.ebb.tensor.Views;

/** Values as row-major elements, and elements as values. */
final class Dense {

    private Dense() {}

    /** Any value as a tensor; a scalar becomes one of rank 0. */
    static Tensor tensor(Value value) {
        return switch (value) {
            case Tensor t -> t;
            case Scalar s -> filled(s.dtype(), s.value, s.flavour());
        };
    }

    /** Any value as a tensor of a dtype. */
    static Tensor tensor(Value value, DType dtype) {
        return switch (value) {
            case Tensor t -> t.dtype() == dtype ? t : t.astype(dtype);
            case Scalar s -> filled(dtype, s.value, s.flavour());
        };
    }

    private static Tensor filled(DType dtype, double value, Flavour flavour) {
        Storage one = Storage.zeros(dtype, 1);
        one.setDouble(0, value);
        return Tensor.of(one, Shape.SCALAR, flavour);
    }

    /** The elements, row-major from 0 and nothing else, to become part of a result: shared where that is what the cell has. */
    static Storage owned(Tensor t) {
        Storage storage = t.cell.storage;
        if (t.offset == 0 && t.size() == storage.length() && t.isContiguous()) {
            storage.owners++;
            return storage;
        }
        return t.copy().cell.storage;
    }

    /** Runs over tensors, each spread to a shape that it broadcasts to. */
    static Walk walk(Shape shape, Tensor... operands) {
        long[][] strides = new long[operands.length][];
        long[] offsets = new long[operands.length];
        for (int k = 0; k < operands.length; k++) {
            strides[k] = Views.broadcast("operands", operands[k], shape).strides();
            offsets[k] = operands[k].offset;
        }
        return Walk.over(shape.dims(), strides, offsets);
    }

    /** Fresh row-major elements as the result of an operation: of rank 0, a light scalar (floats) or a frozen tensor. */
    static Value result(Storage elements, Shape shape, Flavour flavour) {
        if (shape.rank() > 0) {
            return Tensor.of(elements, shape, flavour);
        }
        if (elements.dtype().isFloat() && !elements.dtype().isHalf()) {
            return Scalar.of(elements.getDouble(0), elements.dtype(), flavour);
        }
        return new Tensor(new Cell(elements, shape), shape, shape.strides(), 0, flavour, true);
    }

    /** The same as {@link #result(Storage, Shape, Flavour)} for a tensor that this operation made. */
    static Value result(Tensor made) {
        return result(made.cell.storage, made.shape(), made.flavour());
    }

    /** The number in a value of rank 0. */
    static double number(Value value) {
        return switch (value) {
            case Scalar s -> s.value;
            case Tensor t -> t.cell.storage.getDouble(t.offset);
        };
    }

    /** Zeros in the shape and dtype of a value of which no more than those may be left. */
    static Tensor zeros(Value like) {
        return Tensor.zeros(like.dtype(), like.shape(), like.flavour());
    }
}
