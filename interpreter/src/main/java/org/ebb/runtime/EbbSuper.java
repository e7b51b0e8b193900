package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;

/** {@code super()}: looks names up behind a class in the order of an object's class. */
public final class EbbSuper extends EbbVisible {

    public final EbbClass start;
    public final Object self;

    public EbbSuper(EbbClass start, Object self) {
        this.start = start;
        this.self = self;
    }

    @Override
    public EbbClass type() {
        return Types.SUPER;
    }

    /** The attribute, taken for the object, or null. */
    @TruffleBoundary
    Object find(String name) {
        boolean ofClass = self instanceof EbbClass own && own.isSubclassOf(start);
        EbbClass type = ofClass ? (EbbClass) self : Types.of(self);
        Binding found = type.findAfter(start, name);
        if (found == null) {
            return null;
        }
        Object value = found.get();
        if (ofClass) {
            return Attributes.bindToClass(value, type);
        }
        return value instanceof EbbProperty property ? Attributes.read(property, self, name) : Attributes.bind(value, self, type);
    }
}
