package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.InvalidArrayIndexException;
import com.oracle.truffle.api.interop.InvalidBufferOffsetException;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.interop.UnsupportedTypeException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.utilities.TriState;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;

/**
 * A tensor as other languages see it: an array of its rows, with a little-endian buffer and the tensor's attributes as members. Reads and
 * writes go to the program's own elements; what another language does with them is no part of a recording.
 */
@ExportLibrary(InteropLibrary.class)
public final class TensorValue implements TruffleObject {

    public final Tensor tensor;

    TensorValue(Tensor tensor) {
        this.tensor = tensor;
    }

    @ExportMessage
    boolean hasLanguage() {
        return true;
    }

    @ExportMessage
    Class<? extends TruffleLanguage<?>> getLanguage() {
        return EbbContext.languageClass();
    }

    @ExportMessage
    @TruffleBoundary
    Object toDisplayString(@SuppressWarnings("unused") boolean allowSideEffects) {
        return tensor.size() <= WHOLE ? Tensors.display(tensor) : summary();
    }

    /** Tensors of more elements show their shape and the first few: debuggers have one line for a value. */
    private static final int WHOLE = 1000;
    private static final int FIRST = 6;

    private String summary() {
        StringBuilder text = new StringBuilder("tensor of shape " + tensor.shape() + ", " + tensor.dtype().text + ":");
        for (long k = 0; k < FIRST; k++) {
            text.append(' ').append(Text.str(Tensors.number(tensor, k)));
        }
        return text.append(" ...").toString();
    }

    @ExportMessage
    @TruffleBoundary
    TriState isIdenticalOrUndefined(Object other) {
        return TriState.valueOf(Foreign.in(other) == tensor);
    }

    @ExportMessage
    int identityHashCode() {
        return System.identityHashCode(tensor);
    }

    @ExportMessage
    boolean hasMetaObject() {
        return true;
    }

    @ExportMessage
    Object getMetaObject() {
        return Types.TENSOR;
    }

    // ---- an array of rows

    @ExportMessage
    boolean hasArrayElements() {
        return tensor.rank() > 0;
    }

    @ExportMessage
    long getArraySize() throws UnsupportedMessageException {
        if (tensor.rank() == 0) {
            throw UnsupportedMessageException.create();
        }
        return tensor.shape().dim(0);
    }

    @ExportMessage
    boolean isArrayElementReadable(long index) {
        return tensor.rank() > 0 && index >= 0 && index < tensor.shape().dim(0);
    }

    @ExportMessage
    boolean isArrayElementModifiable(long index) {
        return !tensor.frozen && isArrayElementReadable(index);
    }

    @ExportMessage
    boolean isArrayElementInsertable(@SuppressWarnings("unused") long index) {
        return false;
    }

    @ExportMessage
    @TruffleBoundary
    Object readArrayElement(long index) throws InvalidArrayIndexException {
        if (!isArrayElementReadable(index)) {
            throw InvalidArrayIndexException.create(index);
        }
        return tensor.rank() == 1 ? Tensors.number(tensor, index) : Foreign.out(TensorItems.get(tensor, index));
    }

    @ExportMessage
    @TruffleBoundary
    void writeArrayElement(long index, Object value) throws InvalidArrayIndexException, UnsupportedTypeException {
        if (!isArrayElementModifiable(index)) {
            throw InvalidArrayIndexException.create(index);
        }
        try {
            TensorItems.set(tensor, index, Foreign.in(value));
        } catch (EbbException | org.ebb.tensor.TensorException refusal) {
            throw UnsupportedTypeException.create(new Object[] {value}, refusal.getMessage());
        }
    }

    // ---- a number, where there is one element

    /** Only a tensor of rank 0 is a number; it goes out as one already, but a view of a place stays a tensor. */
    @ExportMessage
    boolean isNumber() {
        return tensor.rank() == 0 && tensor.dtype() != org.ebb.tensor.DType.BOOL;
    }

    @ExportMessage
    boolean fitsInByte() {
        return isNumber() && tensor.getDouble(0) == (byte) tensor.getDouble(0);
    }

    @ExportMessage
    boolean fitsInShort() {
        return isNumber() && tensor.getDouble(0) == (short) tensor.getDouble(0);
    }

    @ExportMessage
    boolean fitsInInt() {
        return isNumber() && tensor.getDouble(0) == (int) tensor.getDouble(0);
    }

    @ExportMessage
    boolean fitsInLong() {
        return isNumber() && (!tensor.dtype().isFloat() || tensor.getDouble(0) == (long) tensor.getDouble(0));
    }

    @ExportMessage
    boolean fitsInBigInteger() {
        return fitsInLong();
    }

    @ExportMessage
    boolean fitsInFloat() {
        return isNumber() && (tensor.getDouble(0) == (float) tensor.getDouble(0) || Double.isNaN(tensor.getDouble(0)));
    }

    @ExportMessage
    boolean fitsInDouble() {
        return isNumber();
    }

    @ExportMessage
    byte asByte() throws UnsupportedMessageException {
        return (byte) whole(fitsInByte());
    }

    @ExportMessage
    short asShort() throws UnsupportedMessageException {
        return (short) whole(fitsInShort());
    }

    @ExportMessage
    int asInt() throws UnsupportedMessageException {
        return (int) whole(fitsInInt());
    }

    @ExportMessage
    long asLong() throws UnsupportedMessageException {
        return whole(fitsInLong());
    }

    @ExportMessage
    java.math.BigInteger asBigInteger() throws UnsupportedMessageException {
        return java.math.BigInteger.valueOf(whole(fitsInBigInteger()));
    }

    @ExportMessage
    float asFloat() throws UnsupportedMessageException {
        if (!fitsInFloat()) {
            throw UnsupportedMessageException.create();
        }
        return (float) tensor.getDouble(0);
    }

    @ExportMessage
    double asDouble() throws UnsupportedMessageException {
        if (!isNumber()) {
            throw UnsupportedMessageException.create();
        }
        return tensor.getDouble(0);
    }

    private long whole(boolean fits) throws UnsupportedMessageException {
        if (!fits) {
            throw UnsupportedMessageException.create();
        }
        return tensor.getLong(0);
    }

    // ---- a buffer, where the elements follow each other: the very bytes of the program's tensor

    @ExportMessage
    boolean hasBufferElements() {
        return hasOneBuffer();
    }

    @ExportMessage
    boolean isBufferWritable() throws UnsupportedMessageException {
        contiguous();
        return !tensor.frozen;
    }

    @ExportMessage
    long getBufferSize() throws UnsupportedMessageException {
        contiguous();
        return tensor.size() * tensor.dtype().bytes;
    }

    @ExportMessage
    byte readBufferByte(long offset) throws InvalidBufferOffsetException, UnsupportedMessageException {
        return bytes(offset, 1).get(ValueLayout.JAVA_BYTE, at(offset));
    }

    @ExportMessage
    short readBufferShort(ByteOrder order, long offset) throws InvalidBufferOffsetException, UnsupportedMessageException {
        return bytes(offset, 2).get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), at(offset));
    }

    @ExportMessage
    int readBufferInt(ByteOrder order, long offset) throws InvalidBufferOffsetException, UnsupportedMessageException {
        return bytes(offset, 4).get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), at(offset));
    }

    @ExportMessage
    long readBufferLong(ByteOrder order, long offset) throws InvalidBufferOffsetException, UnsupportedMessageException {
        return bytes(offset, 8).get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), at(offset));
    }

    @ExportMessage
    float readBufferFloat(ByteOrder order, long offset) throws InvalidBufferOffsetException, UnsupportedMessageException {
        return bytes(offset, 4).get(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order), at(offset));
    }

    @ExportMessage
    double readBufferDouble(ByteOrder order, long offset) throws InvalidBufferOffsetException, UnsupportedMessageException {
        return bytes(offset, 8).get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order), at(offset));
    }

    @ExportMessage
    @TruffleBoundary
    void readBuffer(long offset, byte[] destination, int destinationOffset, int length) throws InvalidBufferOffsetException,
            UnsupportedMessageException {
        MemorySegment.copy(bytes(offset, length), at(offset), MemorySegment.ofArray(destination), destinationOffset, length);
    }

    @ExportMessage
    void writeBufferByte(long offset, byte value) throws InvalidBufferOffsetException, UnsupportedMessageException {
        writable(offset, 1).set(ValueLayout.JAVA_BYTE, at(offset), value);
    }

    @ExportMessage
    void writeBufferShort(ByteOrder order, long offset, short value) throws InvalidBufferOffsetException, UnsupportedMessageException {
        writable(offset, 2).set(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), at(offset), value);
    }

    @ExportMessage
    void writeBufferInt(ByteOrder order, long offset, int value) throws InvalidBufferOffsetException, UnsupportedMessageException {
        writable(offset, 4).set(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), at(offset), value);
    }

    @ExportMessage
    void writeBufferLong(ByteOrder order, long offset, long value) throws InvalidBufferOffsetException, UnsupportedMessageException {
        writable(offset, 8).set(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), at(offset), value);
    }

    @ExportMessage
    void writeBufferFloat(ByteOrder order, long offset, float value) throws InvalidBufferOffsetException, UnsupportedMessageException {
        writable(offset, 4).set(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order), at(offset), value);
    }

    @ExportMessage
    void writeBufferDouble(ByteOrder order, long offset, double value) throws InvalidBufferOffsetException, UnsupportedMessageException {
        writable(offset, 8).set(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order), at(offset), value);
    }

    /** Are all elements row-major in one array? */
    private boolean hasOneBuffer() {
        return tensor.isContiguous() && !(tensor.cell.storage instanceof Storage.Pieces);
    }

    private void contiguous() throws UnsupportedMessageException {
        if (!hasOneBuffer()) {
            throw UnsupportedMessageException.create();
        }
    }

    /** Where a byte of the tensor lies among those of its storage. */
    private long at(long offset) {
        return tensor.offset * tensor.dtype().bytes + offset;
    }

    /** The bytes of the storage, once [offset, offset + length) is known to be the tensor's own. */
    private MemorySegment bytes(long offset, int length) throws InvalidBufferOffsetException, UnsupportedMessageException {
        contiguous();
        if (offset < 0 || length < 0 || offset > tensor.size() * tensor.dtype().bytes - length) {
            throw InvalidBufferOffsetException.create(offset, length);
        }
        return memory(tensor.cell.storage);
    }

    /** The same for writing: a storage that something else has saved is copied first. */
    private MemorySegment writable(long offset, int length) throws InvalidBufferOffsetException, UnsupportedMessageException {
        if (!isBufferWritable()) {
            throw UnsupportedMessageException.create();
        }
        bytes(offset, length);
        return memory(tensor.cell.writable());
    }

    static MemorySegment memory(Storage storage) {
        return switch (storage) {
            case Storage.Floats floats -> MemorySegment.ofArray(floats.array);
            case Storage.Doubles doubles -> MemorySegment.ofArray(doubles.array);
            case Storage.Longs longs -> MemorySegment.ofArray(longs.array);
            case Storage.Ints ints -> MemorySegment.ofArray(ints.array);
            case Storage.Bools bools -> MemorySegment.ofArray(bools.array);
            case Storage.Halves halves -> MemorySegment.ofArray(halves.array);
            case Storage.Pieces _ -> throw Storage.Pieces.tooMany("a buffer");
        };
    }

    // ---- members

    @ExportMessage
    boolean hasMembers() {
        return true;
    }

    /** {@code x.at[i].apply(f)} is of use inside the language alone, and a host takes what has a member {@code apply} for a function. */
    private static final String HIDDEN = "at";

    @ExportMessage
    Object getMembers(boolean includeInternal) {
        return Members.names(tensor, includeInternal, HIDDEN);
    }

    @ExportMessage
    boolean isMemberReadable(String name) {
        return !name.equals(HIDDEN) && Members.has(tensor, name);
    }

    @ExportMessage
    Object readMember(String name) throws UnknownIdentifierException {
        if (name.equals(HIDDEN)) {
            throw UnknownIdentifierException.create(name);
        }
        return Members.read(tensor, name);
    }

    @ExportMessage
    boolean isMemberInvocable(String name) {
        return !name.equals(HIDDEN) && Members.isInvocable(tensor, name);
    }

    @ExportMessage
    Object invokeMember(String name, Object... arguments) throws UnknownIdentifierException, UnsupportedMessageException {
        if (name.equals(HIDDEN)) {
            throw UnknownIdentifierException.create(name);
        }
        return Members.invoke(tensor, name, arguments);
    }
}
