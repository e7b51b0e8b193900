package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import java.util.ArrayList;
import java.util.List;
import org.ebb.lib.Elsewhere;

/** {@code object.name}: get, set and delete, from Java code that has no node for it. */
public final class Attributes {

    private Attributes() {}

    /** The attribute, or an AttributeError. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public static Object get(Object receiver, String name) {
        Object found = findPlain(receiver, name);
        if (found == null) {
            found = asked(receiver, name);
        }
        if (found == null) {
            throw missing(receiver, name);
        }
        return found;
    }

    /** What the {@code __getattr__} of a class or a module answers; null where there is none. */
    private static Object asked(Object receiver, String name) {
        if (receiver instanceof EbbModule module && module.get("__getattr__") instanceof Object own) {
            return Calls.call(own, name);
        }
        Object own = receiver instanceof EbbObject object ? object.type().lookup("__getattr__") : null;
        return own == null ? null : Calls.call(own, receiver, name);
    }

    /** The attribute, or null where there is none. */
    @TruffleBoundary
    public static Object find(Object receiver, String name) {
        try {
            Object found = findPlain(receiver, name);
            return found == null ? asked(receiver, name) : found;
        } catch (EbbException error) {
            if (error.is(Types.ATTRIBUTE_ERROR)) {
                return null;
            }
            throw error;
        }
    }

    /** As Python's own lookup, without {@code __getattr__}; null where there is none. */
    @TruffleBoundary
    public static Object findPlain(Object receiver, String name) {
        if (receiver instanceof EbbModule module) {
            Object value = module.get(name);
            if (value == null && module == EbbContext.get(null).builtins()) {
                value = EbbContext.get(null).libraryName(name);
            }
            if (value != null) {
                return value;
            }
        }
        if (receiver instanceof EbbSuper behind) {
            Object value = behind.find(name);
            if (value != null) {
                return value;
            }
        }
        if (receiver instanceof EbbClass type) {
            if (Types.TYPE.lookup(name) instanceof EbbProperty property) {
                return read(property, receiver, name);
            }
            Object value = type.lookup(name);
            if (value != null) {
                return bindToClass(value, type);
            }
        }
        EbbClass type = Types.of(receiver);
        Object inClass = type.lookup(name);
        if (inClass instanceof EbbProperty property) {
            return read(property, receiver, name);
        }
        if (inClass instanceof EbbObject descriptor && !(descriptor instanceof EbbFunction)
                && descriptor.type().lookup("__set__") != null) {
            return bind(descriptor, receiver, type);
        }
        if (receiver instanceof EbbObject object) {
            Object own = Fields.get(object, name);
            if (own != null) {
                return own;
            }
        }
        if (inClass != null) {
            return bind(inClass, receiver, type);
        }
        if (receiver instanceof EbbBoundMethod method) {
            return findPlain(method.function, name);
        }
        return Foreign.is(receiver) ? findForeign(receiver, name) : null;
    }

    private static Object findForeign(Object receiver, String name) {
        var interop = InteropLibrary.getUncached();
        try {
            return interop.isMemberReadable(receiver, name) ? Foreign.in(interop.readMember(receiver, name)) : null;
        } catch (InteropException refusal) {
            throw Foreign.error(refusal);
        }
    }

    /** Runs a property's getter. */
    @TruffleBoundary
    public static Object read(EbbProperty property, Object receiver, String name) {
        if (property.getter == null || property.getter == EbbNone.NONE) {
            throw Errors.attributeError("property '" + name + "' of '" + Types.name(receiver) + "' object has no getter");
        }
        return Calls.call(property.getter, receiver);
    }

    /** What a value found in the class becomes when taken from an instance. */
    @TruffleBoundary
    public static Object bind(Object value, Object receiver, EbbClass type) {
        return switch (value) {
            case EbbFunction function -> new EbbBoundMethod(receiver, function);
            case EbbBuiltin builtin when builtin.owner != null -> new EbbBoundMethod(receiver, builtin);
            case StaticMethod method -> method.function();
            case ClassMethod method -> new EbbBoundMethod(type, method.function());
            case EbbObject descriptor -> {
                Object got = Calls.callSpecial(descriptor, "__get__", receiver, type);
                yield got == null ? descriptor : got;
            }
            default -> value;
        };
    }

    /** What a value found in a class becomes when taken from the class. */
    @TruffleBoundary
    public static Object bindToClass(Object value, EbbClass type) {
        return switch (value) {
            case StaticMethod method -> method.function();
            case ClassMethod method -> new EbbBoundMethod(type, method.function());
            case EbbFunction function -> function;
            case EbbObject descriptor -> {
                Object got = Calls.callSpecial(descriptor, "__get__", EbbNone.NONE, type);
                yield got == null ? descriptor : got;
            }
            default -> value;
        };
    }

    @TruffleBoundary(transferToInterpreterOnException = false)
    public static void set(Object receiver, String name, Object value) {
        switch (receiver) {
            case EbbModule module -> module.set(name, value);
            case EbbClass type when Types.TYPE.lookup(name) instanceof EbbProperty -> setOnInstance(type, name, value);
            case EbbClass type -> {
                if (type.builtin) {
                    throw Errors.typeError("cannot set '" + name + "' attribute of immutable type '" + type.name + "'");
                }
                type.define(name, value);
            }
            default -> {
                Object setter = receiver instanceof EbbObject object ? object.type().lookup("__setattr__") : null;
                if (setter instanceof EbbFunction) {
                    Calls.call(setter, receiver, name, value);
                } else {
                    setOnInstance(receiver, name, value);
                }
            }
        }
    }

    /** As {@link #set}, past the program's own {@code __setattr__}. */
    @TruffleBoundary
    public static void setPlain(Object receiver, String name, Object value) {
        if (receiver instanceof EbbObject) {
            setOnInstance(receiver, name, value);
        } else {
            set(receiver, name, value);
        }
    }

    private static void setOnInstance(Object receiver, String name, Object value) {
        EbbClass type = Types.of(receiver);
        Object inClass = type.lookup(name);
        if (inClass instanceof EbbProperty property) {
            if (property.setter == null || property.setter == EbbNone.NONE) {
                throw Errors.attributeError("property '" + name + "' of '" + type.name + "' object has no setter");
            }
            Calls.call(property.setter, receiver, value);
        } else if (receiver instanceof EbbObject object) {
            setField(object, name, value);
        } else if (Foreign.is(receiver)) {
            try {
                InteropLibrary.getUncached().writeMember(receiver, name, Foreign.give(value));
            } catch (InteropException refusal) {
                throw Foreign.error(refusal);
            }
        } else if (inClass != null) {
            throw Errors.attributeError("'" + type.name + "' object attribute '" + name + "' is read-only");
        } else {
            throw missing(receiver, name);
        }
    }

    /** Writes an attribute past {@code __setattr__}, properties aside. */
    @TruffleBoundary
    public static void setField(EbbObject object, String name, Object value) {
        Object inClass = object.type().lookup(name);
        if (inClass instanceof EbbObject descriptor && !(descriptor instanceof EbbFunction)
                && Calls.callSpecial(descriptor, "__set__", object, value) != null) {
            return;
        }
        Fields.put(object, name, value);
    }

    @TruffleBoundary
    public static void delete(Object receiver, String name) {
        boolean done = switch (receiver) {
            case EbbModule module -> {
                boolean bound = module.get(name) != null;
                module.set(name, null);
                yield bound;
            }
            case EbbClass type -> !type.builtin && type.remove(name);
            case EbbObject object when object.type().lookup("__delattr__") instanceof EbbFunction own -> {
                Calls.call(own, object, name);
                yield true;
            }
            case EbbObject object -> deleteField(object, name);
            default -> Foreign.is(receiver) && deleteForeign(receiver, name);
        };
        if (!done) {
            throw missing(receiver, name);
        }
    }

    private static boolean deleteForeign(Object receiver, String name) {
        var interop = InteropLibrary.getUncached();
        try {
            if (!interop.isMemberRemovable(receiver, name)) {
                return false;
            }
            interop.removeMember(receiver, name);
            return true;
        } catch (InteropException refusal) {
            throw Foreign.error(refusal);
        }
    }

    /** As {@link #delete}, past the program's own {@code __delattr__}. */
    @TruffleBoundary
    public static void deletePlain(Object receiver, String name) {
        if (!(receiver instanceof EbbObject object)) {
            delete(receiver, name);
        } else if (!deleteField(object, name)) {
            throw missing(receiver, name);
        }
    }

    private static boolean deleteField(EbbObject object, String name) {
        Object inClass = object.type().lookup(name);
        if (inClass instanceof EbbProperty property) {
            if (property.deleter == null || property.deleter == EbbNone.NONE) {
                throw Errors.attributeError("property '" + name + "' of '" + object.type().name + "' object has no deleter");
            }
            Calls.call(property.deleter, object);
            return true;
        }
        if (inClass instanceof EbbObject descriptor && !(descriptor instanceof EbbFunction)
                && Calls.callSpecial(descriptor, "__delete__", object) != null) {
            return true;
        }
        return Fields.remove(object, name);
    }

    /** The error for an attribute that is not there. */
    @TruffleBoundary
    public static EbbException missing(Object receiver, String name) {
        EbbException error = Errors.attributeError(switch (receiver) {
            case EbbModule module -> "module '" + module.name + "' has no attribute '" + name + "'";
            case EbbClass type -> "type object '" + type.name + "' has no attribute '" + name + "'";
            default -> "'" + Types.name(receiver) + "' object has no attribute '" + name + "'";
        });
        error.guest.hint = () -> {
            if (receiver instanceof EbbModule module) {
                return Names.hint(module, name);
            }
            String elsewhere = Types.of(receiver) == Types.TENSOR ? Elsewhere.hint("member", name) : "";
            return elsewhere.isEmpty() ? Names.hint(name, known(receiver)) : elsewhere;
        };
        return error;
    }

    /** The error for a call of an attribute that is a value. */
    @TruffleBoundary
    public static EbbException notCallable(Object receiver, String name, Object value) {
        EbbException error = Errors.typeError("'" + Types.name(value) + "' object is not callable");
        error.guest.hint = () -> Types.of(receiver) == Types.TENSOR ? Elsewhere.hint("called", name) : "";
        return error;
    }

    /** The names that the receiver has. */
    private static List<String> known(Object receiver) {
        var names = new ArrayList<String>();
        for (EbbClass type : (receiver instanceof EbbClass own ? own : Types.of(receiver)).order()) {
            names.addAll(type.members().keySet());
        }
        if (receiver instanceof EbbObject object) {
            for (Object field : Fields.names(object)) {
                names.add(field.toString());
            }
        }
        return names;
    }
}
