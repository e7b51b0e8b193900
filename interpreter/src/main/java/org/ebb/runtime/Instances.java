package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;

/** Makes instances: what calling a class does. */
public final class Instances {

    private Instances() {}

    @TruffleBoundary
    public static Object create(EbbClass type, Object[] positional, String[] names, Object[] values) {
        if (type == Types.TYPE && names.length == 0) {
            if (positional.length == 1) {
                return Types.of(positional[0]);
            }
            if (positional.length == 3) {
                return Classes.of(positional[0], positional[1], positional[2]);
            }
            throw Errors.typeError("type() takes 1 or 3 arguments");
        }
        Object made = type.lookup("__new__");
        boolean plain = made == null || made == Types.OBJECT.lookup("__new__");
        Object instance = plain ? allocate(type, positional)
                : Calls.call(made instanceof StaticMethod method ? method.function() : made, Calls.prepend(type, positional), names, values);
        if (!Types.of(instance).isSubclassOf(type)) {
            return instance;
        }
        Object init = type.lookup("__init__");
        if (init != null && init != Types.OBJECT.lookup("__init__")) {
            Object result = Calls.call(Attributes.bind(init, instance, type), positional, names, values);
            if (result != EbbNone.NONE) {
                throw Errors.typeError("__init__() should return None, not '" + Types.name(result) + "'");
            }
        } else if (plain && (positional.length > 0 || names.length > 0) && !(instance instanceof ExceptionObject)
                && type.builtinBase() == Types.OBJECT) {
            throw Errors.typeError(type.name + "() takes no arguments");
        }
        return instance;
    }

    /** A fresh instance without {@code __init__}. For exceptions the arguments are kept. */
    @TruffleBoundary
    public static Object allocate(EbbClass type, Object[] positional) {
        EbbClass base = type.builtinBase();
        if (base.isSubclassOf(Types.BASE_EXCEPTION)) {
            return new ExceptionObject(type.instanceShape(), positional);
        }
        return new EbbObject(EbbContext.get(null).tape().recording ? type.recordedShape() : type.instanceShape());
    }
}
