package org.ebb.runtime;

/** {@code start:stop:step} in a subscript; each part is None or whatever was written. */
public final class EbbSlice extends EbbValue {

    public final Object start;
    public final Object stop;
    public final Object step;

    public EbbSlice(Object start, Object stop, Object step) {
        this.start = start;
        this.stop = stop;
        this.step = step;
    }

    @Override
    public EbbClass type() {
        return Types.SLICE;
    }

    /** Are all parts whole numbers or None, and the step not 0? Then it takes places from any sequence. */
    public boolean isPlain() {
        return (start == EbbNone.NONE || start instanceof Long) && (stop == EbbNone.NONE || stop instanceof Long)
                && (step == EbbNone.NONE || step instanceof Long by && by != 0);
    }

    /** The places a slice takes from a sequence: {@code start}, {@code start + step}, ... {@code count} of them; {@code stop} is the clipped end. */
    public record Places(int start, int stop, int step, int count) {}

    /** Clips the slice to a sequence of some length. */
    public Places places(int length) {
        int by = step == EbbNone.NONE ? 1 : Integers.clamp(index(step));
        if (by == 0) {
            throw Errors.valueError("slice step cannot be zero");
        }
        by = Math.max(by, -Integer.MAX_VALUE);
        int low = by < 0 ? -1 : 0;
        int high = by < 0 ? length - 1 : length;
        int from = start == EbbNone.NONE ? by < 0 ? high : low : clip(Integers.clamp(index(start)), length, low, high);
        int to = stop == EbbNone.NONE ? by < 0 ? low : high : clip(Integers.clamp(index(stop)), length, low, high);
        long count = by < 0 ? to < from ? (from - (long) to - 1) / -(long) by + 1 : 0 : from < to ? (to - (long) from - 1) / by + 1 : 0;
        return new Places(from, to, by, (int) count);
    }

    private static int clip(int value, int length, int low, int high) {
        int place = value < 0 ? value + length : value; // cannot overflow: the signs differ
        return Math.clamp(place, low, high);
    }

    private static Object index(Object value) {
        Object index = Numbers.asIndex(value);
        if (index == null) {
            throw Errors.typeError("slice indices must be integers or None or have an __index__ method");
        }
        return index;
    }
}
