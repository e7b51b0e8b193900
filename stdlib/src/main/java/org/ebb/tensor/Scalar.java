package org.ebb.tensor;

/**
 * One number that may descend from a recorded value: a float of the language, or the 0-d result of an operation on tensors.
 *
 * <p>An immutable value that escape analysis removes in compiled code. {@code kind} is {@link #FLOAT} for the language's own
 * float, or a
 * dtype (float32 or float64) and a flavour packed by {@link #kind(DType, Flavour)}. Numbers of float32 kind are rounded to
 * float32.
 * {@code recording} is null and {@code id} 0 where nothing was recorded. Only attaching a gradient changes the two.
 */
public final class Scalar implements Value {

    /** The language's float: a weak double that takes over the dtype of what it meets. */
    public static final int FLOAT = 0;

    public final double value;
    public final int kind;
    public Recording recording;
    public long id;

    public Scalar(double value, int kind, Recording recording, long id) {
        this.value = value;
        this.kind = kind;
        this.recording = recording;
        this.id = id;
    }

    /** A plain float of the language. */
    public static Scalar of(double value) {
        return new Scalar(value, FLOAT, null, 0);
    }

    /** A 0-d value of a dtype; rounds to float32 where that is the dtype. */
    public static Scalar of(double value, DType dtype, Flavour flavour) {
        return new Scalar(dtype == DType.FLOAT32 ? (float) value : value, kind(dtype, flavour), null, 0);
    }

    public static int kind(DType dtype, Flavour flavour) {
        if (!dtype.isFloat() || dtype.isHalf()) {
            throw new IllegalArgumentException("a light scalar is a float32 or float64, not " + dtype.text);
        }
        return (dtype == DType.FLOAT32 ? 1 : 2) | flavour.ordinal() << 2;
    }

    /**
     * The kind of what an operation on two kinds gives: the weak float gives way, float64 wins over float32, ND over NP over
     * PLAIN.
     */
    public static int join(int a, int b) {
        if (a == b || b == FLOAT) {
            return a;
        }
        if (a == FLOAT) {
            return b;
        }
        return Math.max(a & 3, b & 3) | Math.max(a & ~3, b & ~3);
    }

    public static boolean isFloat32(int kind) {
        return (kind & 3) == 1;
    }

    /** Rounds a double result to what the kind can hold. Exact for one +, -, *, / or square root of float32 operands. */
    public static double round(double value, int kind) {
        return isFloat32(kind) ? (float) value : value;
    }

    public boolean isLanguageFloat() {
        return kind == FLOAT;
    }

    @Override
    public DType dtype() {
        return isFloat32(kind) ? DType.FLOAT32 : DType.FLOAT64;
    }

    @Override
    public Flavour flavour() {
        return Flavour.of(kind >> 2);
    }

    @Override
    public Shape shape() {
        return Shape.SCALAR;
    }

    @Override
    public String toString() {
        return Double.toString(value);
    }
}
