package org.ebb.runtime;

import org.ebb.tensor.DType;
import org.ebb.tensor.TensorException;

/** A dtype as a value of the language: {@code float32}. Called with a number or a nest, it makes a tensor of that type. */
public final class EbbDType extends EbbValue {

    private static final EbbDType[] ALL = new EbbDType[DType.values().length];

    static {
        for (DType dtype : DType.values()) {
            ALL[dtype.ordinal()] = new EbbDType(dtype);
        }
    }

    public final DType dtype;

    private EbbDType(DType dtype) {
        this.dtype = dtype;
    }

    public static EbbDType of(DType dtype) {
        return ALL[dtype.ordinal()];
    }

    @Override
    public EbbClass type() {
        return Types.DTYPE;
    }

    /** The dtype that an argument means: one of the names, its text, or one of Python's types; {@code otherwise} where it is None. */
    public static DType read(Object value, DType otherwise) {
        return switch (value) {
            case null -> otherwise;
            case EbbNone _ -> otherwise;
            case EbbDType d -> d.dtype;
            case EbbClass type when type == Types.BOOL -> DType.BOOL;
            case EbbClass type when type == Types.INT -> DType.INT64;
            case EbbClass type when type == Types.FLOAT -> DType.FLOAT64;
            case String text -> named(text);
            default -> throw Errors.typeError("a dtype such as float32 is needed, not " + Types.name(value));
        };
    }

    private static DType named(String text) {
        for (DType dtype : DType.values()) {
            if (dtype.text.equals(text)) {
                return dtype;
            }
        }
        throw new TensorException.BadType("no dtype is called '" + text + "'; there are " + DType.NAMES);
    }

    /** As a comparison takes it: itself, its name, or the type of Python's numbers that it stands for. */
    boolean equalTo(Object other) {
        return switch (other) {
            case EbbClass type when type == Types.BOOL || type == Types.INT || type == Types.FLOAT -> read(type, null) == dtype;
            case String text -> text.equals(dtype.text);
            default -> other == this;
        };
    }

    @Override
    public String toString() {
        return dtype.text;
    }
}
