package org.ebb.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;

/** Elements as bytes: streamed in blocks, in either order of bytes. */
final class Elements {

    private Elements() {}

    private static final int BLOCK = 1 << 16;

    /** How a number lies in a file, and the dtype that it is read as: the narrowest of ours that holds all its values. */
    enum Kind {
        BOOL(1, DType.BOOL), INT8(1, DType.INT32), UINT8(1, DType.INT32), INT16(2, DType.INT32), UINT16(2, DType.INT32),
        INT32(4, DType.INT32), UINT32(4, DType.INT64), INT64(8, DType.INT64), UINT64(8, DType.INT64),
        FLOAT16(2, DType.FLOAT16), BFLOAT16(2, DType.BFLOAT16), FLOAT32(4, DType.FLOAT32), FLOAT64(8, DType.FLOAT64);

        final int bytes;
        final DType dtype;

        Kind(int bytes, DType dtype) {
            this.bytes = bytes;
            this.dtype = dtype;
        }

        static Kind of(DType dtype) {
            return switch (dtype) {
                case BOOL -> BOOL;
                case INT32 -> INT32;
                case INT64 -> INT64;
                case FLOAT32 -> FLOAT32;
                case FLOAT64 -> FLOAT64;
                case FLOAT16 -> FLOAT16;
                case BFLOAT16 -> BFLOAT16;
            };
        }
    }

    /** The shape of a header's sizes, which may be anything. */
    static Shape shape(Source in, long[] dims, Kind kind) {
        long size = 1;
        boolean empty = false;
        for (long d : dims) {
            if (d < 0) {
                throw in.wrong("the header's shape has the negative size " + d);
            }
            empty |= d == 0;
        }
        try {
            for (long d : dims) {
                size = Math.multiplyExact(size, empty ? 1 : d);
            }
            in.claim(empty ? 0 : Math.multiplyExact(size, kind.bytes), "elements");
            return Shape.of(dims);
        } catch (ArithmeticException overflow) {
            throw in.wrong("the header's shape has more elements than can be counted");
        }
    }

    static Tensor read(Source in, Kind kind, Shape shape, boolean bigEndian) throws IOException {
        int n = Math.toIntExact(shape.size());
        Storage out = Storage.zeros(kind.dtype, n);
        byte[] block = new byte[(int) Math.min(BLOCK, (long) n * kind.bytes)];
        ByteBuffer buffer = ByteBuffer.wrap(block).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int each = BLOCK / kind.bytes;
        for (int from = 0; from < n; from += each) {
            int count = Math.min(each, n - from);
            in.fill(block, count * kind.bytes, "elements");
            decode(in, kind, buffer, out, from, count);
        }
        return Tensor.of(out, shape, Flavour.PLAIN);
    }

    private static void decode(Source in, Kind kind, ByteBuffer b, Storage out, int at, int count) {
        switch (kind) {
            case FLOAT32 -> b.asFloatBuffer().get(0, ((Storage.Floats) out).array, at, count);
            case FLOAT64 -> b.asDoubleBuffer().get(0, ((Storage.Doubles) out).array, at, count);
            case INT64 -> b.asLongBuffer().get(0, ((Storage.Longs) out).array, at, count);
            case INT32 -> b.asIntBuffer().get(0, ((Storage.Ints) out).array, at, count);
            case FLOAT16, BFLOAT16 -> b.asShortBuffer().get(0, ((Storage.Halves) out).array, at, count);
            case BOOL -> truths(b.array(), ((Storage.Bools) out).array, at, count);
            case INT8, UINT8, INT16, UINT16 -> narrow(kind, b, ((Storage.Ints) out).array, at, count);
            case UINT32, UINT64 -> unsigned(in, kind, b, ((Storage.Longs) out).array, at, count);
        }
    }

    /** Here and below a loop for each kind, on arrays: a data set is read once, most of it by code that is not compiled yet. */
    private static void truths(byte[] from, byte[] out, int at, int count) {
        for (int i = 0; i < count; i++) {
            out[at + i] = (byte) (from[i] == 0 ? 0 : 1);
        }
    }

    private static void narrow(Kind kind, ByteBuffer b, int[] out, int at, int count) {
        if (kind.bytes == 1) {
            byte[] from = b.array();
            int mask = kind == Kind.UINT8 ? 0xff : -1;
            for (int i = 0; i < count; i++) {
                out[at + i] = from[i] & mask;
            }
            return;
        }
        var shorts = new short[count];
        b.asShortBuffer().get(0, shorts);
        int mask = kind == Kind.UINT16 ? 0xffff : -1;
        for (int i = 0; i < count; i++) {
            out[at + i] = shorts[i] & mask;
        }
    }

    private static void unsigned(Source in, Kind kind, ByteBuffer b, long[] out, int at, int count) {
        if (kind == Kind.UINT32) {
            var ints = new int[count];
            b.asIntBuffer().get(0, ints);
            for (int i = 0; i < count; i++) {
                out[at + i] = ints[i] & 0xffffffffL;
            }
            return;
        }
        b.asLongBuffer().get(0, out, at, count);
        for (int i = at; i < at + count; i++) {
            if (out[i] < 0) {
                throw in.wrong("element " + i + " is " + Long.toUnsignedString(out[i]) + ", too large for an int64");
            }
        }
    }

    /** Elements of a tensor in pieces that are put into one array at a time. */
    private static final long PART = 1 << 22;

    /** Row-major, little endian. */
    static void write(Tensor x, OutputStream out) throws IOException {
        Tensor rows = x.contiguous();
        if (rows.cell.storage instanceof Storage.Pieces) {
            for (long from = 0; from < x.size(); from += PART) {
                write(rows.view(Shape.of(Math.min(PART, x.size() - from)), new long[] {1}, rows.offset + from).copy(), out);
            }
            return;
        }
        Kind kind = Kind.of(x.dtype());
        int n = Math.toIntExact(x.size());
        int each = BLOCK / kind.bytes;
        byte[] block = new byte[(int) Math.min(BLOCK, (long) n * kind.bytes)];
        ByteBuffer b = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < n; from += each) {
            int count = Math.min(each, n - from);
            int at = (int) rows.offset + from;
            switch (rows.cell.storage) {
                case Storage.Floats f -> b.asFloatBuffer().put(0, f.array, at, count);
                case Storage.Doubles d -> b.asDoubleBuffer().put(0, d.array, at, count);
                case Storage.Longs l -> b.asLongBuffer().put(0, l.array, at, count);
                case Storage.Ints i -> b.asIntBuffer().put(0, i.array, at, count);
                case Storage.Bools t -> b.put(0, t.array, at, count);
                case Storage.Halves h -> b.asShortBuffer().put(0, h.array, at, count);
                case Storage.Pieces p -> p.array(); // refuses
            }
            out.write(block, 0, count * kind.bytes);
        }
    }

    static TensorException unreadable(Source in, String dtype) {
        return in.wrong("elements of type " + dtype + " cannot be read; there are booleans, integers and floats up to 64 bits");
    }
}
