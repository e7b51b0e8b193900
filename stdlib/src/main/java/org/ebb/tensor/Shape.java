package org.ebb.tensor;

import java.util.Arrays;

/** The lengths of a tensor's axes; immutable. */
public final class Shape {

    public static final Shape SCALAR = new Shape(new long[0]);

    private final long[] dims;
    private final long size;

    private Shape(long[] dims) {
        this.dims = dims;
        long n = 1;
        for (long d : dims) {
            if (d < 0) {
                throw new TensorException.BadShape("a shape has no negative length: " + text(dims));
            }
            n = Math.multiplyExact(n, d);
        }
        this.size = n;
    }

    public static Shape of(long... dims) {
        return dims.length == 0 ? SCALAR : new Shape(dims.clone());
    }

    public int rank() {
        return dims.length;
    }

    public long size() {
        return size;
    }

    /** The length of an axis; negative axes count from the end. */
    public long dim(int axis) {
        return dims[axis < 0 ? axis + dims.length : axis];
    }

    public long[] dims() {
        return dims.clone();
    }

    /** Row-major strides, counted in elements. */
    public long[] strides() {
        long[] strides = new long[dims.length];
        long step = 1;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            strides[axis] = step;
            step *= dims[axis];
        }
        return strides;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Shape s && Arrays.equals(dims, s.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** As Python writes a tuple: {@code (4,)}, {@code (2, 3)}, {@code ()}. */
    @Override
    public String toString() {
        return text(dims);
    }

    private static String text(long[] dims) {
        var text = new StringBuilder("(");
        for (int axis = 0; axis < dims.length; axis++) {
            text.append(axis == 0 ? "" : ", ").append(dims[axis]);
        }
        return text.append(dims.length == 1 ? ",)" : ")").toString();
    }
}
