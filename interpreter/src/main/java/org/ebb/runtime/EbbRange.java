package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.InvalidArrayIndexException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import java.math.BigInteger;

/** {@code range(start, stop, step)}: whole numbers at equal steps. An array to other languages. */
@ExportLibrary(InteropLibrary.class)
public final class EbbRange extends EbbValue {

    public final long start;
    public final long stop;
    public final long step;
    public final long length;

    public EbbRange(long start, long stop, long step) {
        this.start = start;
        this.stop = stop;
        this.step = step;
        this.length = length(start, stop, step);
    }

    @Override
    public EbbClass type() {
        return Types.RANGE;
    }

    private static long length(long start, long stop, long step) {
        if (step > 0 ? start >= stop : start <= stop) {
            return 0;
        }
        // As unsigned numbers, since the distance of two longs can need 64 bits.
        long distance = step > 0 ? stop - start - 1 : start - stop - 1;
        long count = Long.divideUnsigned(distance, step > 0 ? step : -step) + 1;
        return count < 0 ? Long.MAX_VALUE : count;
    }

    /** {@code range} of what a program gave; {@code step} may be None-less 1. */
    @TruffleBoundary
    public static EbbRange of(Object start, Object stop, Object step) {
        long by = whole(step);
        if (by == 0) {
            throw Errors.valueError("range() arg 3 must not be zero");
        }
        return new EbbRange(whole(start), whole(stop), by);
    }

    private static long whole(Object value) {
        Object index = Numbers.requireIndex(value);
        if (index instanceof EbbBigInt) {
            throw Errors.overflow("range() takes numbers below 2**63 in Ebb");
        }
        return Integers.small(index);
    }

    /** The value at an index in range. */
    public long get(long index) {
        return start + index * step;
    }

    EbbList toList() {
        long[] values = new long[(int) length];
        for (int i = 0; i < values.length; i++) {
            values[i] = start + i * step;
        }
        return EbbList.ofLongs(values);
    }

    public boolean contains(long value) {
        if (step > 0 ? value < start || value >= stop : value > start || value <= stop) {
            return false;
        }
        return Long.remainderUnsigned(step > 0 ? value - start : start - value, step > 0 ? step : -step) == 0;
    }

    /** Where the value stands, for a value that is contained. */
    public long indexOf(long value) {
        return Long.divideUnsigned(step > 0 ? value - start : start - value, step > 0 ? step : -step);
    }

    @TruffleBoundary
    public EbbRange slice(EbbSlice slice) {
        BigInteger n = BigInteger.valueOf(length);
        if (length <= Integer.MAX_VALUE) {
            EbbSlice.Places places = slice.places((int) length);
            return new EbbRange(get(places.start()), get(places.stop()), step * places.step());
        }
        throw Errors.overflow("a slice of a range of " + n + " values");
    }

    public boolean sameAs(EbbRange other) {
        return length == other.length && (length == 0 || start == other.start && (length == 1 || step == other.step));
    }

    @ExportMessage
    boolean hasArrayElements() {
        return true;
    }

    @ExportMessage
    long getArraySize() {
        return length;
    }

    @ExportMessage
    boolean isArrayElementReadable(long index) {
        return index >= 0 && index < length;
    }

    @ExportMessage
    Object readArrayElement(long index) throws InvalidArrayIndexException {
        if (!isArrayElementReadable(index)) {
            throw InvalidArrayIndexException.create(index);
        }
        return get(index);
    }

    /** Iterates over a range. */
    public static final class Iterator extends EbbIterator {
        private long value;
        private final long step;
        private long left;

        public Iterator(EbbRange range) {
            this(range.start, range.step, range.length);
        }

        public Iterator(long first, long step, long count) {
            this.value = first;
            this.step = step;
            this.left = count;
        }

        @Override
        public Object next() {
            if (left <= 0) {
                return END;
            }
            left--;
            long result = value;
            value += step;
            return result;
        }

        @Override
        public long remaining() {
            return left;
        }

        @Override
        public String typeName() {
            return "range_iterator";
        }
    }
}
