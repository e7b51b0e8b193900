package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import java.util.Arrays;

/** Calls anything, from Java code that has no node for it. Nodes have their own, faster way. */
public final class Calls {

    private Calls() {}

    private static final String[] NO_NAMES = {};
    private static final Object[] NOTHING = {};

    public static Object call(Object callee, Object... positional) {
        return call(callee, positional, NO_NAMES, NOTHING);
    }

    @TruffleBoundary(transferToInterpreterOnException = false)
    public static Object call(Object callee, Object[] positional, String[] names, Object[] values) {
        return switch (callee) {
            case EbbFunction function -> {
                Object[] bound = Binder.bind(function.code.signature, 1, positional, names, values);
                bound[0] = function;
                yield function.code.target(EbbContext.get(null)).call(bound);
            }
            case EbbBuiltin builtin -> builtin.call(Binder.bind(builtin.signature(), 0, positional, names, values));
            case EbbBoundMethod method -> call(method.function, prepend(method.self, positional), names, values);
            case EbbClass type -> Instances.create(type, positional, names, values);
            case StaticMethod method -> call(method.function(), positional, names, values);
            default -> callOther(callee, positional, names, values);
        };
    }

    private static Object callOther(Object callee, Object[] positional, String[] names, Object[] values) {
        Object method = Types.lookup(callee, "__call__");
        if (method != null) {
            Object bound = Attributes.bind(method, callee, Types.of(callee));
            return method instanceof EbbFunction ? call(bound, positional, names, values)
                    : EbbContext.get(null).deeper("while calling a Python object", () -> call(bound, positional, names, values));
        }
        var interop = InteropLibrary.getUncached();
        if (Foreign.is(callee) && isCallable(callee)) {
            if (names.length > 0) {
                throw Errors.typeError("a foreign function takes no keyword arguments (" + names[0] + "=...)");
            }
            try {
                return Foreign.in(interop.isExecutable(callee) ? interop.execute(callee, Foreign.give(positional))
                        : interop.instantiate(callee, Foreign.give(positional)));
            } catch (InteropException wrong) {
                throw Foreign.error(wrong);
            }
        }
        throw Errors.typeError("'" + Types.name(callee) + "' object is not callable");
    }

    /** Calls with the keywords of a dict whose keys are strings. */
    public static Object call(Object callee, Object[] positional, EbbDict keywords) {
        Object[] keys = keywords.keyArray();
        return call(callee, positional, Arrays.copyOf(keys, keys.length, String[].class), keywords.valueArray());
    }

    /** Calls an attribute of the receiver, looked up as {@code receiver.name} would. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public static Object callMethod(Object receiver, String name, Object... positional) {
        return call(Attributes.get(receiver, name), positional);
    }

    /** Calls a special method of the receiver's class, or returns null where the class has none. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public static Object callSpecial(Object receiver, String special, Object... positional) {
        Object method = Types.lookup(receiver, special);
        if (method == null || method == EbbNone.NONE) {
            return null;
        }
        if (method instanceof EbbFunction || method instanceof EbbBuiltin) {
            return call(method, prepend(receiver, positional));
        }
        return call(Attributes.bind(method, receiver, Types.of(receiver)), positional);
    }

    public static boolean isCallable(Object value) {
        return switch (value) {
            case EbbFunction function -> true;
            case EbbBuiltin builtin -> true;
            case EbbBoundMethod method -> true;
            case EbbClass type -> true;
            case StaticMethod method -> true;
            default -> Types.lookup(value, "__call__") != null || value instanceof TruffleObject && !(value instanceof Typed)
                    && (InteropLibrary.getUncached().isExecutable(value) || InteropLibrary.getUncached().isInstantiable(value));
        };
    }

    static Object[] prepend(Object first, Object[] rest) {
        Object[] all = new Object[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }
}
