package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.ArrayList;
import java.util.Set;

/** Makes classes of what their bodies bound. */
public final class Classes {

    private Classes() {}

    /** Builtin types that cannot be inherited from. */
    private static final Set<EbbClass> FINAL = Set.of(Types.BOOL, Types.NONE_TYPE, Types.RANGE, Types.SLICE, Types.FUNCTION, Types.METHOD,
            Types.BUILTIN_FUNCTION, Types.GENERATOR, Types.ELLIPSIS_TYPE, Types.NOT_IMPLEMENTED_TYPE);

    /** The builtin types that are the payload of objects of their subclasses. */
    private static final Set<EbbClass> LAYOUTS = Set.of(Types.INT, Types.FLOAT, Types.STR, Types.BYTES, Types.BYTEARRAY, Types.LIST, Types.TUPLE,
            Types.DICT, Types.SET, Types.FROZENSET, Types.BASE_EXCEPTION, Types.EXCEPTION);

    /** Builtin types that hold nothing that could be named in brackets, as in {@code list[int]}. */
    private static final Set<EbbClass> WITHOUT_ITEMS = Set.of(Types.OBJECT, Types.INT, Types.BOOL, Types.FLOAT, Types.STR, Types.BYTES, Types.BYTEARRAY,
            Types.RANGE, Types.SLICE, Types.PROPERTY, Types.NONE_TYPE, Types.FUNCTION);

    /** Whether a class can stand before brackets: containers can, and what the library defines. */
    static boolean hasItems(EbbClass type) {
        EbbClass base = type.builtinBase();
        if (!WITHOUT_ITEMS.contains(base) && !base.isSubclassOf(Types.BASE_EXCEPTION)) {
            return true;
        }
        Binding module = type.builtin ? null : type.own("__module__");
        return module != null && module.get() instanceof String name && EbbContext.get(null).modules().isBundled(name);
    }

    /** What a class body finds bound when it starts. */
    @TruffleBoundary
    public static void prepare(ClassNamespace namespace, EbbModule module, String qualifiedName) {
        namespace.set("__module__", module.name);
        namespace.set("__qualname__", qualifiedName);
    }

    @TruffleBoundary
    public static EbbClass make(String name, Object[] bases, String[] keywords, Object[] values, ClassNamespace namespace, CellBox cell) {
        var parents = new ArrayList<EbbClass>();
        for (Object base : bases) {
            if (!(base instanceof EbbClass parent)) {
                throw Errors.typeError("a class can only inherit from classes, not from '" + Types.name(base) + "'");
            }
            if (FINAL.contains(parent)) {
                throw Errors.typeError("type '" + parent.name + "' is not an acceptable base type");
            }
            if (parent == Types.TYPE) {
                throw Errors.notImplemented("metaclasses are not part of Ebb: a class cannot inherit from type");
            }
            if (parents.contains(parent)) {
                throw Errors.typeError("duplicate base class " + parent.name);
            }
            parents.add(parent);
        }
        requireOneLayout(parents);
        for (String keyword : keywords) {
            if (keyword.equals("metaclass")) {
                throw Errors.notImplemented("metaclasses are not part of Ebb");
            }
        }
        EbbClass made = EbbClass.create(name, parents.toArray(EbbClass[]::new));
        if (namespace.get("__eq__") != null && namespace.get("__hash__") == null) {
            namespace.set("__hash__", EbbNone.NONE);
        }
        namespace.names().forEach((key, value) -> made.define(key, implicit(key, value)));
        if (cell != null) {
            cell.value = made;
        }
        namespace.names().forEach((key, value) -> {
            if (value instanceof EbbObject descriptor && !(value instanceof EbbFunction)) {
                Calls.callSpecial(descriptor, "__set_name__", made, key);
            }
        });
        Object hook = new EbbSuper(made, made).find("__init_subclass__");
        if (hook != null) {
            Calls.call(hook, new Object[0], keywords, values);
        } else if (keywords.length > 0) {
            throw Errors.typeError(name + ".__init_subclass__() takes no keyword arguments");
        }
        return made;
    }

    /** An object has one payload: it cannot be an int and a str. */
    private static void requireOneLayout(ArrayList<EbbClass> parents) {
        EbbClass layout = Types.OBJECT;
        for (EbbClass parent : parents) {
            EbbClass own = parent.builtinBase();
            if (!LAYOUTS.contains(own) || layout.isSubclassOf(own)) {
                continue;
            }
            if (!own.isSubclassOf(layout)) {
                throw Errors.typeError("multiple bases have instance lay-out conflict");
            }
            layout = own;
        }
    }

    /** {@code type(name, bases, names)}. */
    @TruffleBoundary
    static EbbClass of(Object name, Object bases, Object names) {
        if (!(EbbObject.unwrap(name) instanceof String text) || !(EbbObject.unwrap(bases) instanceof EbbTuple parents)
                || !(EbbObject.unwrap(names) instanceof EbbDict dict)) {
            throw Errors.typeError("type() takes a str, a tuple of bases and a dict");
        }
        var namespace = new ClassNamespace();
        namespace.set("__module__", "__main__");
        namespace.set("__qualname__", text);
        Object[] keys = dict.keyArray();
        for (Object key : keys) {
            namespace.set((String) key, dict.get(key));
        }
        return make(text, parents.items, new String[0], new Object[0], namespace, null);
    }

    /** Some special methods are class or static methods without being marked. */
    private static Object implicit(String name, Object value) {
        if (value instanceof EbbFunction function) {
            return switch (name) {
                case "__init_subclass__", "__class_getitem__" -> new ClassMethod(function);
                case "__new__" -> new StaticMethod(function);
                default -> function;
            };
        }
        return value;
    }

    /** {@code super()} from the class cell and the arguments of the running method. */
    @TruffleBoundary
    public static EbbSuper superOf(Object type, Object[] arguments) {
        if (type == null) {
            throw Errors.runtimeError("super(): empty __class__ cell");
        }
        if (arguments.length < 2) {
            throw Errors.runtimeError("super(): no arguments");
        }
        Object self = arguments[1];
        EbbClass start = (EbbClass) type;
        if (!Types.of(self).isSubclassOf(start) && !(self instanceof EbbClass own && own.isSubclassOf(start))) {
            throw Errors.typeError("super(type, obj): obj must be an instance or subtype of type");
        }
        return new EbbSuper(start, self);
    }
}
