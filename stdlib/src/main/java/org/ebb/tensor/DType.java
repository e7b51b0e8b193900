package org.ebb.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The type of a tensor's elements. The halves are for storage: what is computed from them is computed in float32 (see Halves). */
public enum DType {
    BOOL("bool", 1), INT32("int32", 4), INT64("int64", 8), FLOAT32("float32", 4), FLOAT64("float64", 8), FLOAT16("float16", 2),
    BFLOAT16("bfloat16", 2);

    private static final DType[] ALL = values();

    /** All names, for messages. */
    public static final String NAMES = Arrays.stream(ALL).map(dtype -> dtype.text).collect(Collectors.joining(", "));

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
        return ordinal() >= FLOAT32.ordinal();
    }

    /** float16 or bfloat16? */
    public boolean isHalf() {
        return ordinal() > FLOAT64.ordinal();
    }

    public boolean isInteger() {
        return this == INT32 || this == INT64;
    }

    /**
     * The narrowest type that holds both: bool, int32, int64, the halves, float32, float64. An integer beside a float gives the float's
     * type, the two halves beside each other give float32.
     */
    public DType with(DType other) {
        if (this == other) {
            return this;
        }
        if (isHalf() && other.isHalf()) {
            return FLOAT32;
        }
        if (isHalf() || other.isHalf()) {
            DType half = isHalf() ? this : other;
            DType whole = isHalf() ? other : this;
            return whole.isFloat() ? whole : half;
        }
        return ordinal() >= other.ordinal() ? this : other;
    }
}
