package org.ebb.op;

import java.util.ArrayList;
import java.util.List;
import org.ebb.tensor.Creation;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;

/** Reads option values: turns what the language passed into what rows want, or says what would fit. */
final class Arguments {

    private Arguments() {}

    static TensorException badType(String op, String wanted, Object given) {
        return new TensorException.BadType(op + ": " + wanted + ", not " + text(given));
    }

    static TensorException badValue(String op, String wanted, Object given) {
        return new TensorException.BadValue(op + ": " + wanted + ", not " + text(given));
    }

    private static String text(Object given) {
        return switch (given) {
            case null -> "None";
            case Boolean b -> b ? "True" : "False";
            case String s -> "'" + s + "'";
            case Object[] several -> "a sequence of " + several.length;
            case DType d -> d.text;
            case Tensor t -> "a tensor of shape " + t.shape();
            default -> given.toString();
        };
    }

    static long integer(String op, String option, Object given) {
        return switch (given) {
            case Long n -> n;
            case Boolean b -> b ? 1 : 0;
            case Tensor t when t.size() == 1 && !t.dtype().isFloat() -> t.cell.storage.getLong(t.offset);
            case null, default -> throw badType(op, option + " must be an int", given);
        };
    }

    static double number(String op, String option, Object given) {
        return switch (given) {
            case Long n -> n;
            case Double d -> d;
            case Boolean b -> b ? 1 : 0;
            case Scalar s -> s.value;
            case Tensor t when t.size() == 1 -> t.cell.storage.getDouble(t.offset);
            case null, default -> throw badType(op, option + " must be a number", given);
        };
    }

    static boolean truth(String op, String option, Object given) {
        return switch (given) {
            case Boolean b -> b;
            case Long n -> n != 0;
            case null, default -> throw badType(op, option + " must be True or False", given);
        };
    }

    /** A list of integers from a tuple, a list or one int. */
    static long[] integers(String op, String option, Object given) {
        if (given instanceof Object[] several) {
            long[] list = new long[several.length];
            for (int k = 0; k < list.length; k++) {
                list[k] = integer(op, option, several[k]);
            }
            return list;
        }
        return new long[] {integer(op, option, given)};
    }

    static Shape shape(String op, Object given) {
        return given instanceof Shape s ? s : Shape.of(integers(op, "shape", given));
    }

    /** The shape asked of reshape, its -1 found. */
    static Shape reshaped(String op, Object given, Shape from) {
        long[] dims = given instanceof Shape s ? s.dims() : integers(op, "shape", given);
        return Shape.infer(op, from, dims);
    }

    /** Whole numbers as an int64 tensor: a tensor, an int, or nested lists of ints. */
    static Tensor indices(String op, Object given) {
        Tensor tensor = switch (given) {
            case Tensor t -> t;
            case Long n -> Creation.full((long) n, DType.INT64, Shape.SCALAR, Flavour.PLAIN);
            case Scalar s -> Creation.full(s.value, DType.FLOAT64, Shape.SCALAR, Flavour.PLAIN);
            case Object[] several -> Creation.of(nested(several), DType.INT64, Flavour.PLAIN);
            case null, default -> throw badType(op, "indices must be whole numbers", given);
        };
        if (tensor.dtype().isFloat()) {
            for (long i = 0; i < tensor.size(); i++) {
                if (tensor.getDouble(i) != Math.rint(tensor.getDouble(i))) {
                    throw new TensorException.BadIndex(op + ": " + tensor.getDouble(i) + " is no whole number");
                }
            }
        }
        return tensor.astype(DType.INT64);
    }

    private static List<Object> nested(Object[] several) {
        var list = new ArrayList<Object>();
        for (Object item : several) {
            list.add(item instanceof Object[] inner ? nested(inner) : item);
        }
        return list;
    }

    /** Checked places along an axis, negative ones counted from the end. */
    static long[] places(String op, Tensor indices, long size, int axis) {
        long[] places = indices.toLongs();
        for (int k = 0; k < places.length; k++) {
            if (places[k] < -size || places[k] >= size) {
                throw new TensorException.BadIndex(op + ": index " + places[k] + " is out of bounds for axis " + axis
                        + " with size " + size);
            }
            places[k] += places[k] < 0 ? size : 0;
        }
        return places;
    }

    static DType dtype(String op, Object given) {
        if (given instanceof DType d) {
            return d;
        }
        if (given instanceof String s) {
            for (DType d : DType.values()) {
                if (d.text.equals(s)) {
                    return d;
                }
            }
            throw new TensorException.BadType(op + ": no dtype is called '" + s
                    + "'; there are " + DType.NAMES);
        }
        throw badType(op, "dtype must be a dtype such as float32", given);
    }

    /** An axis counted from the front. */
    static int axis(String op, Object given, Shape shape) {
        return shape.axis(op, integer(op, "axis", given));
    }

    /** Several different axes counted from the front; null means all. A number without axes takes 0 and -1, as NumPy does. */
    static int[] axes(String op, Object given, Shape shape) {
        if (given == null) {
            int[] all = new int[shape.rank()];
            for (int k = 0; k < all.length; k++) {
                all[k] = k;
            }
            return all;
        }
        Object[] several = given instanceof Object[] list ? list : new Object[] {given};
        if (shape.rank() == 0 && several.length == 1 && Math.abs(2 * integer(op, "axis", several[0]) + 1) == 1) {
            return new int[0];
        }
        int[] axes = new int[several.length];
        for (int k = 0; k < axes.length; k++) {
            axes[k] = axis(op, several[k], shape);
            for (int before = 0; before < k; before++) {
                if (axes[before] == axes[k]) {
                    throw new TensorException.BadShape(op + ": axis " + axes[k] + " is given twice");
                }
            }
        }
        return axes;
    }
}
