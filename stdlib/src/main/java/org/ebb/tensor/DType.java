package org.ebb.tensor;

/** The type of a tensor's elements, from narrow to wide. */
public enum DType {
    BOOL("bool", 1), INT32("int32", 4), INT64("int64", 8), FLOAT32("float32", 4), FLOAT64("float64", 8);

    private static final DType[] ALL = values();

    public final String text;
    public final int bytes;

    DType(String text, int bytes) {
        this.text = text;
        this.bytes = bytes;
    }

    public static DType of(int ordinal) {
        return ALL[ordinal];
    }

    public boolean isFloat() {
        return this == FLOAT32 || this == FLOAT64;
    }

    public boolean isInteger() {
        return this == INT32 || this == INT64;
    }

    /** The narrowest type that holds both: bool, int32, int64, float32, float64. An integer beside a float32 gives float32. */
    public DType with(DType other) {
        return ordinal() >= other.ordinal() ? this : other;
    }
}
