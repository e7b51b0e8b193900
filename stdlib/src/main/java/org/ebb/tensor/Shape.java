package org.ebb.tensor;

import java.util.Arrays;

/** The lengths of a tensor's axes; immutable. */
public final class Shape {

    public static final Shape SCALAR = new Shape(new long[0]);

    private final long[] dims;
    private final long[] strides;
    private final long size;

    private Shape(long[] dims) {
        this.dims = dims;
        this.strides = new long[dims.length];
        long n = 1;
        boolean empty = false;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            long d = dims[axis];
            strides[axis] = n;
            if (d < 0) {
                throw new TensorException.BadShape("a shape has no negative length: " + text(dims));
            }
            empty |= d == 0;
            if (d > 1 && Math.multiplyHigh(n, d) != 0 || n * Math.max(d, 1) < 0) {
                throw new TensorException.TooLarge("the shape " + text(dims) + " has more elements than can be counted");
            }
            n *= Math.max(d, 1);
        }
        this.size = empty ? 0 : n;
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

    /** Row-major strides, counted in elements; an axis of length 0 counts as 1. Read only. */
    public long[] strides() {
        return strides;
    }

    /** An axis, negative ones counted from the end, as one counted from the start; {@code what} names the operation that asks. */
    public int axis(String what, long axis) {
        long resolved = axis < 0 ? axis + dims.length : axis;
        if (resolved < 0 || resolved >= dims.length) {
            throw new TensorException.BadIndex(what + ": axis " + axis + " is out of bounds for a tensor of " + dims.length
                    + (dims.length == 1 ? " dimension " : " dimensions ") + this);
        }
        return (int) resolved;
    }

    /** Without one axis. */
    public Shape without(int axis) {
        long[] left = new long[dims.length - 1];
        System.arraycopy(dims, 0, left, 0, axis);
        System.arraycopy(dims, axis + 1, left, axis, left.length - axis);
        return of(left);
    }

    /** With one axis of another length. */
    public Shape with(int axis, long length) {
        long[] changed = dims.clone();
        changed[axis] = length;
        return new Shape(changed);
    }

    /** The shape that both broadcast to: aligned at the last axis, a length of 1 stretches. {@code what} names the operation. */
    public static Shape broadcast(String what, Shape a, Shape b) {
        if (a == b || a.equals(b)) {
            return a;
        }
        Shape longer = a.rank() >= b.rank() ? a : b;
        long[] joined = longer.dims.clone();
        Shape shorter = longer == a ? b : a;
        int skip = longer.rank() - shorter.rank();
        for (int axis = 0; axis < shorter.rank(); axis++) {
            long x = longer.dims[axis + skip];
            long y = shorter.dims[axis];
            if (x != y && x != 1 && y != 1) {
                throw new TensorException.BadShape(what + ": cannot broadcast " + a + " with " + b);
            }
            joined[axis + skip] = x == 1 ? y : x;
        }
        return Arrays.equals(joined, longer.dims) ? longer : new Shape(joined);
    }

    /** Does this shape broadcast to the other? */
    public boolean fits(Shape target) {
        int skip = target.rank() - rank();
        for (int axis = 0; axis < rank(); axis++) {
            if (skip < 0 || dims[axis] != 1 && dims[axis] != target.dims[axis + skip]) {
                return false;
            }
        }
        return true;
    }

    /** {@code dims} as a shape of {@code size} elements, where one length may be -1: what is left over. */
    public static Shape infer(String what, Shape from, long... dims) {
        int open = -1;
        long known = 1;
        for (int axis = 0; axis < dims.length; axis++) {
            if (dims[axis] == -1) {
                if (open >= 0) {
                    throw new TensorException.BadShape(what + ": only one length may be -1 in " + text(dims));
                }
                open = axis;
            } else if (dims[axis] < 0) {
                throw new TensorException.BadShape(what + ": a shape has no negative length: " + text(dims));
            } else {
                known *= dims[axis];
            }
        }
        long[] full = dims.clone();
        if (open >= 0 && known != 0 && from.size % known == 0) {
            full[open] = from.size / known;
        }
        if (open >= 0 && full[open] == -1 || open < 0 && of(full).size != from.size) {
            throw new TensorException.BadShape(what + ": cannot reshape " + from + " (" + from.size + " elements) to "
                    + text(dims));
        }
        return of(full);
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
