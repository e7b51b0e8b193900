package org.ebb.tensor;

/** Windows on a tensor that move no element. None of them knows of history: operations that record are rows. */
public final class Views {

    private Views() {}

    /** The axes in another order: axis k of the result is axis {@code axes[k]} of x. */
    public static Tensor permute(Tensor x, int... axes) {
        int rank = x.rank();
        if (axes.length != rank) {
            throw new TensorException.BadShape("transpose: " + axes.length + " axes do not match the " + rank + " of "
                    + x.shape());
        }
        long[] dims = new long[rank];
        long[] strides = new long[rank];
        boolean[] seen = new boolean[rank];
        for (int k = 0; k < rank; k++) {
            int axis = x.shape().axis("transpose", axes[k]);
            if (seen[axis]) {
                throw new TensorException.BadShape("transpose: axis " + axis + " is named twice");
            }
            seen[axis] = true;
            dims[k] = x.shape().dim(axis);
            strides[k] = x.strides()[axis];
        }
        return x.view(Shape.of(dims), strides, x.offset);
    }

    /** The axes in reverse order. */
    public static Tensor transpose(Tensor x) {
        int[] axes = new int[x.rank()];
        for (int k = 0; k < axes.length; k++) {
            axes[k] = axes.length - 1 - k;
        }
        return permute(x, axes);
    }

    /** x stretched to a shape: missing and stretched axes have stride 0. {@code what} names the operation that asks. */
    public static Tensor broadcast(String what, Tensor x, Shape shape) {
        if (x.shape().equals(shape)) {
            return x;
        }
        if (!x.shape().fits(shape)) {
            throw new TensorException.BadShape(what + ": cannot broadcast " + x.shape() + " to " + shape);
        }
        int skip = shape.rank() - x.rank();
        long[] strides = new long[shape.rank()];
        for (int axis = 0; axis < x.rank(); axis++) {
            strides[axis + skip] = x.shape().dim(axis) == 1 ? 0 : x.strides()[axis];
        }
        return x.view(shape, strides, x.offset);
    }

    /** Elements start, start + step, ... ({@code count} of them) of one axis. */
    public static Tensor slice(Tensor x, int axis, long start, long step, long count) {
        long d = x.shape().dim(axis);
        if (count < 0 || count > 0 && (start < 0 || start >= d || start + (count - 1) * step < 0 || start
                + (count - 1) * step >= d)) {
            throw new TensorException.BadIndex("a slice of " + count + " elements from " + start + " by " + step
                    + " leaves axis " + axis + " with size " + d);
        }
        long[] strides = x.strides().clone();
        strides[axis] *= step;
        return x.view(x.shape().with(axis, count), strides, count == 0 ? x.offset : x.offset + start * x.strides()[axis]);
    }

    /** One place of an axis; the axis vanishes. */
    public static Tensor select(Tensor x, int axis, long index) {
        Tensor one = slice(x, axis, index, 1, 1);
        long[] strides = new long[x.rank() - 1];
        System.arraycopy(x.strides(), 0, strides, 0, axis);
        System.arraycopy(x.strides(), axis + 1, strides, axis, strides.length - axis);
        return x.view(x.shape().without(axis), strides, one.offset);
    }

    /** With a new axis of length 1 in front of {@code axis}. */
    public static Tensor expand(Tensor x, int axis) {
        long[] dims = new long[x.rank() + 1];
        long[] strides = new long[x.rank() + 1];
        for (int k = 0; k < dims.length; k++) {
            dims[k] = k == axis ? 1 : x.shape().dim(k < axis ? k : k - 1);
            strides[k] = k == axis ? 0 : x.strides()[k < axis ? k : k - 1];
        }
        return x.view(Shape.of(dims), strides, x.offset);
    }

    /** x in another shape of the same size where strides allow it, else null. */
    public static Tensor reshape(Tensor x, Shape shape) {
        if (x.size() != shape.size()) {
            throw new TensorException.BadShape("reshape: " + x.shape() + " has " + x.size() + " elements, " + shape + " has "
                    + shape.size());
        }
        if (x.isContiguous() || x.size() <= 1) {
            return x.view(shape, shape.strides(), x.offset);
        }
        long[] strides = reshape(x.shape(), x.strides(), shape);
        return strides == null ? null : x.view(shape, strides, x.offset);
    }

    /**
     * Old and new axes are cut into groups of equal size, the smallest there are. Within a group the old axes must run evenly;
     * the new ones then divide that run.
     */
    private static long[] reshape(Shape from, long[] steps, Shape to) {
        long[] strides = new long[to.rank()];
        int i = 0;
        int j = 0;
        while (i < from.rank() && j < to.rank()) {
            int firstOld = i;
            int firstNew = j;
            long old = from.dim(i++);
            long now = to.dim(j++);
            while (old != now) {
                if (old < now) {
                    old *= from.dim(i++);
                } else {
                    now *= to.dim(j++);
                }
            }
            long step = even(from, steps, firstOld, i);
            if (step == Long.MIN_VALUE) {
                return null;
            }
            for (int k = j - 1; k >= firstNew; k--) {
                strides[k] = step;
                step *= to.dim(k);
            }
        }
        for (; j < to.rank(); j++) {
            strides[j] = 1;
        }
        return strides;
    }

    /** The step at which axes first ... end - 1 run as one, or MIN_VALUE where they do not. */
    private static long even(Shape shape, long[] steps, int first, int end) {
        long step = 1;
        long next = Long.MIN_VALUE;
        for (int axis = end - 1; axis >= first; axis--) {
            if (shape.dim(axis) == 1) {
                continue;
            }
            if (next == Long.MIN_VALUE) {
                step = steps[axis];
            } else if (steps[axis] != next) {
                return Long.MIN_VALUE;
            }
            next = steps[axis] * shape.dim(axis);
        }
        return step;
    }
}
