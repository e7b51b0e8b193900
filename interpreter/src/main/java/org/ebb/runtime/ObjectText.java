package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;

/** The repr of what has no other: classes, functions, methods, modules, and objects whose class says nothing. */
public final class ObjectText {

    private ObjectText() {}

    @TruffleBoundary
    public static String of(Object value) {
        return switch (value) {
            case EbbClass type -> "<class '" + qualified(type) + "'>";
            case EbbFunction function -> "<function " + function.qualifiedName() + " at " + Text.address(value) + ">";
            case EbbBuiltin builtin -> builtin.owner == null ? "<built-in function " + builtin.name + ">"
                    : "<method '" + builtin.name + "' of '" + builtin.owner.name + "' objects>";
            case EbbBoundMethod method -> method(method);
            case EbbModule module -> "<module '" + module.name + "'" + (module.get("__file__") == null ? " (built-in)>"
                    : " from " + Text.repr(module.get("__file__")) + ">");
            case EbbGenerator generator -> "<generator object " + generator.name + " at " + Text.address(value) + ">";
            case EbbSuper behind -> "<super: <class '" + behind.start.name + "'>, <" + Types.name(behind.self) + " object>>";
            default -> "<" + qualified(Types.of(value)) + " object at " + Text.address(value) + ">";
        };
    }

    private static String method(EbbBoundMethod method) {
        if (method.function instanceof EbbBuiltin builtin) {
            return "<built-in method " + builtin.name + " of " + Types.name(method.self) + " object at " + Text.address(method.self) + ">";
        }
        String name = method.function instanceof EbbFunction function ? function.qualifiedName() : Text.repr(method.function);
        return "<bound method " + name + " of " + Text.repr(method.self) + ">";
    }

    /** The name of a class with its module, except for builtin ones. */
    public static String qualified(EbbClass type) {
        if (type.builtin) {
            return type.name;
        }
        Binding module = type.own("__module__");
        Binding name = type.own("__qualname__");
        String own = name != null && name.get() instanceof String text ? text : type.name;
        return module != null && module.get() instanceof String text ? text + "." + own : own;
    }
}
