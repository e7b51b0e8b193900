package org.ebb.runtime;

/** A value that is only its name: {@code Ellipsis}, {@code NotImplemented}. */
public final class EbbConstant extends EbbValue {

    public static final EbbConstant ELLIPSIS = new EbbConstant("Ellipsis", Types.ELLIPSIS_TYPE);
    public static final EbbConstant NOT_IMPLEMENTED = new EbbConstant("NotImplemented", Types.NOT_IMPLEMENTED_TYPE);

    public final String name;
    private final EbbClass type;

    private EbbConstant(String name, EbbClass type) {
        this.name = name;
        this.type = type;
    }

    @Override
    public EbbClass type() {
        return type;
    }

    @Override
    public String toString() {
        return name;
    }
}
