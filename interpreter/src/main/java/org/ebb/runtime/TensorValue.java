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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;

/**
 * A tensor as other languages see it: an array of its rows, with a little-endian buffer and the tensor's attributes as members. Reads and
 * writes go to the program's own elements; what another language does with them is no part of a recording.
 */
@ExportLibrary(InteropLibrary.class)
public final class TensorValue implements TruffleObject {

    private static final String[] MEMBERS = {"shape", "ndim", "size", "dtype", "T", "grad", "item", "tolist", "attach_grad", "backward", "detach",
        "reshape", "astype", "copy", "sum", "mean", "max", "min"};

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
        return Tensors.display(tensor);
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

    // ---- a buffer, where the elements follow each other

    @ExportMessage
    boolean hasBufferElements() {
        return tensor.isContiguous();
    }

    @ExportMessage
    boolean isBufferWritable() {
        return tensor.isContiguous() && !tensor.frozen;
    }

    @ExportMessage
    long getBufferSize() throws UnsupportedMessageException {
        if (!tensor.isContiguous()) {
            throw UnsupportedMessageException.create();
        }
        return tensor.size() * tensor.dtype().bytes;
    }

    @ExportMessage
    byte readBufferByte(long offset) throws InvalidBufferOffsetException {
        return bytes(offset, 1).get(0);
    }

    @ExportMessage
    short readBufferShort(ByteOrder order, long offset) throws InvalidBufferOffsetException {
        return bytes(offset, 2).order(order).getShort(0);
    }

    @ExportMessage
    int readBufferInt(ByteOrder order, long offset) throws InvalidBufferOffsetException {
        return bytes(offset, 4).order(order).getInt(0);
    }

    @ExportMessage
    long readBufferLong(ByteOrder order, long offset) throws InvalidBufferOffsetException {
        return bytes(offset, 8).order(order).getLong(0);
    }

    @ExportMessage
    float readBufferFloat(ByteOrder order, long offset) throws InvalidBufferOffsetException {
        return bytes(offset, 4).order(order).getFloat(0);
    }

    @ExportMessage
    double readBufferDouble(ByteOrder order, long offset) throws InvalidBufferOffsetException {
        return bytes(offset, 8).order(order).getDouble(0);
    }

    @ExportMessage
    void readBuffer(long byteOffset, byte[] destination, int destinationOffset, int length) throws InvalidBufferOffsetException {
        bytes(byteOffset, length).get(0, destination, destinationOffset, length);
    }

    @ExportMessage
    void writeBufferByte(long offset, byte value) throws InvalidBufferOffsetException, UnsupportedMessageException {
        write(offset, ByteBuffer.allocate(1).put(0, value));
    }

    @ExportMessage
    void writeBufferShort(ByteOrder order, long offset, short value) throws InvalidBufferOffsetException, UnsupportedMessageException {
        write(offset, ByteBuffer.allocate(2).order(order).putShort(0, value));
    }

    @ExportMessage
    void writeBufferInt(ByteOrder order, long offset, int value) throws InvalidBufferOffsetException, UnsupportedMessageException {
        write(offset, ByteBuffer.allocate(4).order(order).putInt(0, value));
    }

    @ExportMessage
    void writeBufferLong(ByteOrder order, long offset, long value) throws InvalidBufferOffsetException, UnsupportedMessageException {
        write(offset, ByteBuffer.allocate(8).order(order).putLong(0, value));
    }

    @ExportMessage
    void writeBufferFloat(ByteOrder order, long offset, float value) throws InvalidBufferOffsetException, UnsupportedMessageException {
        write(offset, ByteBuffer.allocate(4).order(order).putFloat(0, value));
    }

    @ExportMessage
    void writeBufferDouble(ByteOrder order, long offset, double value) throws InvalidBufferOffsetException, UnsupportedMessageException {
        write(offset, ByteBuffer.allocate(8).order(order).putDouble(0, value));
    }

    /** The elements that bytes [offset, offset + length) touch, as they lie in memory, from that offset on. */
    @TruffleBoundary
    private ByteBuffer bytes(long offset, int length) throws InvalidBufferOffsetException {
        check(offset, length);
        int width = tensor.dtype().bytes;
        int first = (int) (offset / width);
        int last = length == 0 ? first : (int) ((offset + length - 1) / width);
        ByteBuffer touched = elements(first, last);
        return touched.slice((int) (offset - (long) first * width), length);
    }

    private ByteBuffer elements(int first, int last) {
        int width = tensor.dtype().bytes;
        ByteBuffer buffer = ByteBuffer.allocate((last - first + 1) * width).order(ByteOrder.LITTLE_ENDIAN);
        Storage storage = tensor.cell.storage;
        for (int k = first; k <= last && k < tensor.size(); k++) {
            long at = tensor.offset + k;
            switch (tensor.dtype()) {
                case BOOL -> buffer.put((byte) storage.getLong(at));
                case INT32 -> buffer.putInt((int) storage.getLong(at));
                case INT64 -> buffer.putLong(storage.getLong(at));
                case FLOAT32 -> buffer.putFloat((float) storage.getDouble(at));
                case FLOAT64 -> buffer.putDouble(storage.getDouble(at));
                case FLOAT16, BFLOAT16 -> buffer.putShort(((Storage.Halves) storage).array[(int) at]);
            }
        }
        return buffer;
    }

    @TruffleBoundary
    private void write(long offset, ByteBuffer value) throws InvalidBufferOffsetException, UnsupportedMessageException {
        if (!isBufferWritable()) {
            throw UnsupportedMessageException.create();
        }
        int length = value.capacity();
        check(offset, length);
        int width = tensor.dtype().bytes;
        int first = (int) (offset / width);
        int last = (int) ((offset + length - 1) / width);
        ByteBuffer touched = elements(first, last);
        touched.put((int) (offset - (long) first * width), value, 0, length);
        Storage storage = tensor.cell.writable();
        for (int k = first; k <= last; k++) {
            int from = (k - first) * width;
            long at = tensor.offset + k;
            switch (tensor.dtype()) {
                case BOOL -> storage.setLong(at, touched.get(from));
                case INT32 -> storage.setLong(at, touched.getInt(from));
                case INT64 -> storage.setLong(at, touched.getLong(from));
                case FLOAT32 -> storage.setDouble(at, touched.getFloat(from));
                case FLOAT64 -> storage.setDouble(at, touched.getDouble(from));
                case FLOAT16, BFLOAT16 -> ((Storage.Halves) storage).array[(int) at] = touched.getShort(from);
            }
        }
    }

    private void check(long offset, int length) throws InvalidBufferOffsetException {
        if (offset < 0 || length < 0 || !tensor.isContiguous() || offset + length > tensor.size() * tensor.dtype().bytes) {
            throw InvalidBufferOffsetException.create(offset, length);
        }
    }

    // ---- members

    @ExportMessage
    boolean hasMembers() {
        return true;
    }

    @ExportMessage
    Object getMembers(@SuppressWarnings("unused") boolean includeInternal) {
        return EbbTuple.of((Object[]) MEMBERS);
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberReadable(String name) {
        return Types.TENSOR.lookup(name) != null;
    }

    @ExportMessage
    @TruffleBoundary
    Object readMember(String name) throws UnknownIdentifierException {
        Object found = Attributes.find(tensor, name);
        if (found == null) {
            throw UnknownIdentifierException.create(name);
        }
        return Foreign.out(found);
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberInvocable(String name) {
        return Types.TENSOR.lookup(name) instanceof EbbBuiltin;
    }

    @ExportMessage
    @TruffleBoundary
    Object invokeMember(String name, Object... arguments) throws UnknownIdentifierException {
        Object method = Attributes.find(tensor, name);
        if (method == null) {
            throw UnknownIdentifierException.create(name);
        }
        Object[] own = new Object[arguments.length];
        for (int k = 0; k < own.length; k++) {
            own[k] = Foreign.in(arguments[k]);
        }
        try {
            return Foreign.out(Calls.call(method, own));
        } catch (org.ebb.tensor.TensorException refusal) {
            throw Errors.from(refusal);
        }
    }
}
