package org.ebb.tensor;

import org.ebb.kernel.Memory;

/**
 * The elements themselves, in one Java array, or in {@link Pieces} where they are too many for that. {@code owners} counts the cells that see this storage: a cell that is not alone
 * copies before it writes.
 */
public abstract sealed class Storage {

    /** The most elements of one array. */
    public static final int MOST = Integer.MAX_VALUE - 8;

    /** How many cells and saved values share these elements. */
    public int owners = 1;

    /** Do only saved values share these elements, while no value of the program does? */
    public boolean unseen;

    private final DType dtype;

    private Storage(DType dtype, long bytes) {
        this.dtype = dtype;
        Memory.hold(this, bytes);
    }

    public final DType dtype() {
        return dtype;
    }

    public abstract long length();

    /** The element as a double; false and true are 0 and 1. */
    public abstract double getDouble(long index);

    /** The element as a long; floats are cut toward zero. */
    public abstract long getLong(long index);

    public abstract void setDouble(long index, double value);

    public abstract void setLong(long index, long value);

    /** A copy with one owner. */
    public abstract Storage copy();

    /** The Java array itself: float[], double[], long[], int[], byte[], or the short[] of halves. */
    public abstract Object array();

    /** Counts bytes that are about to be taken for something else than elements. */
    public static void claim(long bytes) {
        Memory.claim(bytes);
    }

    /** New storage of zeros. */
    public static Storage zeros(DType dtype, long length) {
        if (length > MOST) {
            throw new TensorException.TooLarge("a tensor of " + length + " elements is more than one array holds");
        }
        Memory.claim(length * dtype.bytes);
        return made(dtype, (int) length, Storage::cleared);
    }

    private static Storage cleared(DType dtype, int n) {
        return switch (dtype) {
            case BOOL -> new Bools(new byte[n]);
            case INT32 -> new Ints(new int[n]);
            case INT64 -> new Longs(new long[n]);
            case FLOAT32 -> new Floats(new float[n]);
            case FLOAT64 -> new Doubles(new double[n]);
            case FLOAT16, BFLOAT16 -> new Halves(dtype, new short[n]);
        };
    }

    private interface Maker {
        Storage of(DType dtype, int n);
    }

    /** Memory that is only kept to be used again does not stand in the way. */
    private static Storage made(DType dtype, int n, Maker how) {
        try {
            return how.of(dtype, n);
        } catch (OutOfMemoryError first) {
            Memory.spare();
            try {
                return how.of(dtype, n);
            } catch (OutOfMemoryError full) {
                throw new TensorException.TooLarge("no memory for a tensor of " + n + " elements of " + dtype.text);
            }
        }
    }

    /** New storage of any content, all of which the caller is going to overwrite. */
    public static Storage any(DType dtype, long length) {
        if (dtype != DType.FLOAT32 || length > MOST) {
            return zeros(dtype, length);
        }
        try {
            return new Floats(Unfilled.floats((int) length));
        } catch (OutOfMemoryError first) {
            Memory.spare();
            return zeros(dtype, length);
        }
    }

    /** New storage of zeros that may be {@link Pieces}: only for what can deal with them. */
    public static Storage room(DType dtype, long length) {
        return length <= MOST ? zeros(dtype, length) : new Pieces(dtype, length, Pieces.BITS);
    }

    /** More elements than one array holds, in several. Operations see them piece by piece: see Far. */
    public static final class Pieces extends Storage {
        private static final int BITS = 28;

        private final long length;
        private final int bits;
        public final Storage[] pieces;

        /** Every piece has 2 to the power of {@code bits} elements, the last one what is left. */
        public Pieces(DType dtype, long length, int bits) {
            super(dtype, 0); // its pieces are counted
            this.length = length;
            this.bits = bits;
            // Arrays that will not all fit are not even begun: they would drive everything else out of memory first.
            if (length / (1L << 40) > 0 || length * dtype.bytes > Runtime.getRuntime().maxMemory()) {
                throw none();
            }
            this.pieces = new Storage[(int) (length + (1L << bits) - 1 >> bits)];
            try {
                for (int k = 0; k < pieces.length; k++) {
                    pieces[k] = zeros(dtype, Math.min(1L << bits, length - ((long) k << bits)));
                }
            } catch (TensorException.TooLarge full) {
                throw none();
            }
        }

        private TensorException none() {
            return new TensorException.TooLarge("no memory for a tensor of " + length + " elements of " + dtype().text);
        }

        /** How many elements a piece has. */
        public int most() {
            return 1 << bits;
        }

        /** The piece with an element. */
        public Storage piece(long index) {
            return pieces[(int) (index >> bits)];
        }

        /** Where in its piece an element lies. */
        public int place(long index) {
            return (int) (index & (1L << bits) - 1);
        }

        @Override public long length() { return length; }
        @Override public double getDouble(long index) { return piece(index).getDouble(place(index)); }
        @Override public long getLong(long index) { return piece(index).getLong(place(index)); }
        @Override public void setDouble(long index, double value) { piece(index).setDouble(place(index), value); }
        @Override public void setLong(long index, long value) { piece(index).setLong(place(index), value); }

        @Override
        public Storage copy() {
            var copy = new Pieces(dtype(), length, bits);
            for (int k = 0; k < pieces.length; k++) {
                System.arraycopy(pieces[k].array(), 0, copy.pieces[k].array(), 0, (int) pieces[k].length());
            }
            return copy;
        }

        @Override
        public Object array() {
            throw tooMany("this");
        }

        /** The refusal of what needs all elements in one array. */
        public static TensorException tooMany(String what) {
            return new TensorException.TooLarge(what + " works on up to " + MOST + " elements at a time: take a larger tensor slice by slice");
        }
    }

    public static final class Floats extends Storage {
        public final float[] array;

        public Floats(float[] array) {
            super(DType.FLOAT32, 4L * array.length);
            this.array = array;
        }

        @Override public long length() { return array.length; }
        @Override public double getDouble(long index) { return array[(int) index]; }
        @Override public long getLong(long index) { return (long) array[(int) index]; }
        @Override public void setDouble(long index, double value) { array[(int) index] = (float) value; }
        @Override public void setLong(long index, long value) { array[(int) index] = value; }
        @Override public Storage copy() { return new Floats(array.clone()); }
        @Override public Object array() { return array; }
    }

    public static final class Doubles extends Storage {
        public final double[] array;

        public Doubles(double[] array) {
            super(DType.FLOAT64, 8L * array.length);
            this.array = array;
        }

        @Override public long length() { return array.length; }
        @Override public double getDouble(long index) { return array[(int) index]; }
        @Override public long getLong(long index) { return (long) array[(int) index]; }
        @Override public void setDouble(long index, double value) { array[(int) index] = value; }
        @Override public void setLong(long index, long value) { array[(int) index] = value; }
        @Override public Storage copy() { return new Doubles(array.clone()); }
        @Override public Object array() { return array; }
    }

    /** The bits of float16, or of bfloat16: the upper half of a float32's. */
    public static final class Halves extends Storage {
        public final short[] array;

        public Halves(DType dtype, short[] array) {
            super(dtype, 2L * array.length);
            this.array = array;
        }

        /** The float that the bits are; exact. */
        public float get(int index) {
            return dtype() == DType.FLOAT16 ? Float.float16ToFloat(array[index]) : Float.intBitsToFloat(array[index] << 16);
        }

        /** Rounds to the nearest, to even between two. */
        public void set(int index, float value) {
            array[index] = dtype() == DType.FLOAT16 ? Float.floatToFloat16(value) : bfloat(value);
        }

        private static short bfloat(float value) {
            int bits = Float.floatToRawIntBits(value);
            if (value != value) {
                return (short) (bits >>> 16 | 0x40);
            }
            return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
        }

        @Override public long length() { return array.length; }
        @Override public double getDouble(long index) { return get((int) index); }
        @Override public long getLong(long index) { return (long) get((int) index); }
        @Override public void setDouble(long index, double value) { set((int) index, toOdd(value)); }
        @Override public void setLong(long index, long value) { setDouble(index, value); }
        @Override public Storage copy() { return new Halves(dtype(), array.clone()); }
        @Override public Object array() { return array; }

        /** The float beside a double that rounds on to a half as the double itself does: with the last bit set where it is not exact. */
        private static float toOdd(double value) {
            float nearest = (float) value;
            if (nearest == value || value != value || Float.isInfinite(nearest)) {
                return nearest;
            }
            float toZero = Math.abs((double) nearest) > Math.abs(value) ? Float.intBitsToFloat(Float.floatToRawIntBits(nearest) - 1) : nearest;
            return Float.intBitsToFloat(Float.floatToRawIntBits(toZero) | 1);
        }
    }

    public static final class Longs extends Storage {
        public final long[] array;

        public Longs(long[] array) {
            super(DType.INT64, 8L * array.length);
            this.array = array;
        }

        @Override public long length() { return array.length; }
        @Override public double getDouble(long index) { return array[(int) index]; }
        @Override public long getLong(long index) { return array[(int) index]; }
        @Override public void setDouble(long index, double value) { array[(int) index] = (long) value; }
        @Override public void setLong(long index, long value) { array[(int) index] = value; }
        @Override public Storage copy() { return new Longs(array.clone()); }
        @Override public Object array() { return array; }
    }

    public static final class Ints extends Storage {
        public final int[] array;

        public Ints(int[] array) {
            super(DType.INT32, 4L * array.length);
            this.array = array;
        }

        @Override public long length() { return array.length; }
        @Override public double getDouble(long index) { return array[(int) index]; }
        @Override public long getLong(long index) { return array[(int) index]; }
        @Override public void setDouble(long index, double value) { array[(int) index] = (int) (long) value; }
        @Override public void setLong(long index, long value) { array[(int) index] = (int) value; }
        @Override public Storage copy() { return new Ints(array.clone()); }
        @Override public Object array() { return array; }
    }

    public static final class Bools extends Storage {
        public final byte[] array;

        public Bools(byte[] array) {
            super(DType.BOOL, array.length);
            this.array = array;
        }

        @Override public long length() { return array.length; }
        @Override public double getDouble(long index) { return array[(int) index]; }
        @Override public long getLong(long index) { return array[(int) index]; }
        @Override public void setDouble(long index, double value) { array[(int) index] = (byte) (value != 0 ? 1 : 0); }
        @Override public void setLong(long index, long value) { array[(int) index] = (byte) (value != 0 ? 1 : 0); }
        @Override public Storage copy() { return new Bools(array.clone()); }
        @Override public Object array() { return array; }
    }
}
