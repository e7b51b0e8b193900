package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.ebb.kernel.Memory;

/** An int outside the range of long. Make one with {@link Integers#of}, which gives a Long where that is enough. */
@ExportLibrary(InteropLibrary.class)
public final class EbbBigInt extends EbbValue {

    public final BigInteger value;

    /** The number of the host or another language that this is, and that goes back there as itself; null for Ebb's own. */
    final Object foreign;

    EbbBigInt(BigInteger value) {
        this(value, null);
    }

    EbbBigInt(BigInteger value, Object foreign) {
        this.value = value;
        this.foreign = foreign;
        Memory.hold(this, value.bitLength() >> 3);
    }

    @Override
    boolean isObject() {
        return false;
    }

    @Override
    public EbbClass type() {
        return Types.INT;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EbbBigInt b && value.equals(b.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value.toString();
    }

    @ExportMessage
    boolean isNumber() {
        return true;
    }

    @ExportMessage
    boolean fitsInByte() {
        return false;
    }

    @ExportMessage
    boolean fitsInShort() {
        return false;
    }

    @ExportMessage
    boolean fitsInInt() {
        return false;
    }

    @ExportMessage
    boolean fitsInLong() {
        return false;
    }

    @ExportMessage
    boolean fitsInBigInteger() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    boolean fitsInFloat() {
        float near = value.floatValue();
        return !Float.isInfinite(near) && new BigDecimal(near).toBigIntegerExact().equals(value);
    }

    @ExportMessage
    @TruffleBoundary
    boolean fitsInDouble() {
        double near = value.doubleValue();
        return !Double.isInfinite(near) && new BigDecimal(near).toBigIntegerExact().equals(value);
    }

    @ExportMessage
    byte asByte() throws UnsupportedMessageException {
        throw UnsupportedMessageException.create();
    }

    @ExportMessage
    short asShort() throws UnsupportedMessageException {
        throw UnsupportedMessageException.create();
    }

    @ExportMessage
    int asInt() throws UnsupportedMessageException {
        throw UnsupportedMessageException.create();
    }

    @ExportMessage
    long asLong() throws UnsupportedMessageException {
        throw UnsupportedMessageException.create();
    }

    @ExportMessage
    BigInteger asBigInteger() {
        return value;
    }

    @ExportMessage
    @TruffleBoundary
    float asFloat() throws UnsupportedMessageException {
        if (!fitsInFloat()) {
            throw UnsupportedMessageException.create();
        }
        return value.floatValue();
    }

    @ExportMessage
    @TruffleBoundary
    double asDouble() throws UnsupportedMessageException {
        if (!fitsInDouble()) {
            throw UnsupportedMessageException.create();
        }
        return value.doubleValue();
    }
}
