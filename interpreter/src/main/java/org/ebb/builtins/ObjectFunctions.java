package org.ebb.builtins;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import java.util.Arrays;
import java.util.TreeSet;
import org.ebb.lib.GlobalNames;
import org.ebb.runtime.Attributes;
import org.ebb.runtime.BuiltinNode;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Calls;
import org.ebb.runtime.Compare;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbModule;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Fields;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.Foreign;
import org.ebb.runtime.Modules;
import org.ebb.runtime.Sequences;
import org.ebb.runtime.Text;
import org.ebb.runtime.EbbUnion;
import org.ebb.runtime.Truth;
import org.ebb.runtime.Types;

/** Builtin functions on any object: len, isinstance, getattr and its kin, repr, hash, dir, vars, help. */
final class ObjectFunctions {

    private ObjectFunctions() {}

    static void fill(BuiltinTable table) {
        table.function("len(obj, /)", "Return the number of items in a container.", ObjectFunctionsFactory.LenNodeGen::create);
        table.function("isinstance(obj, class_or_tuple, /)", "True if an object is an instance of a class or of one of several.",
                ObjectFunctionsFactory.IsInstanceNodeGen::create);
        table.simple("issubclass(cls, class_or_tuple, /)", "True if a class inherits from a class or from one of several.", b -> {
            if (!(b[0] instanceof EbbClass type)) {
                throw Errors.typeError("issubclass() arg 1 must be a class");
            }
            return isSubclass(type, b[1], "issubclass");
        });
        table.simple("getattr(object, name, default=?, /)", "The attribute of an object, or default.", b -> {
            String name = name(b[1]);
            Object value = b[2] == null ? Attributes.get(b[0], name) : Attributes.find(b[0], name);
            return value == null ? b[2] : value;
        });
        table.simple("hasattr(obj, name, /)", "True if the object has the attribute.", b -> has(b[0], name(b[1])));
        table.simple("setattr(obj, name, value, /)", "Set an attribute.", b -> {
            Attributes.set(b[0], name(b[1]), b[2]);
            return EbbNone.NONE;
        });
        table.simple("delattr(obj, name, /)", "Delete an attribute.", b -> {
            Attributes.delete(b[0], name(b[1]));
            return EbbNone.NONE;
        });
        table.simple("repr(obj, /)", "The text of an object as a program would write it.", b -> Text.repr(b[0]));
        table.simple("ascii(obj, /)", "As repr, with all but ASCII escaped.", b -> Text.ascii(b[0]));
        table.simple("format(value, format_spec='', /)", "The text of a value, laid out by a specification.",
                b -> Text.format(b[0], Args.str(b[1], "format() argument 2")));
        table.simple("hash(obj, /)", "The hash of an object.", b -> Compare.hash(b[0]));
        table.simple("id(obj, /)", "A number that tells objects apart.", b -> id(b[0]));
        table.simple("callable(obj, /)", "True if the object can be called.", b -> Calls.isCallable(b[0]));
        table.simple("dir(object=?, /)", "The names of an object's attributes.", b -> names(b[0]));
        table.simple("vars(object=?, /)", "The attributes of an object as a dict.", b -> fields(b[0]));
        table.simple("__import__(name, globals=None, locals=None, fromlist=None, level=0)",
                "Import a module by its name and give the outermost package of it, as the statement import does.", b -> {
            String dotted = Args.str(b[0], "__import__() argument 1");
            Modules modules = EbbContext.get(null).modules();
            EbbModule module = modules.load(dotted);
            return Truth.of(b[3]) ? module : modules.load(dotted.split("\\.", 2)[0]);
        });
        SysModule.fillExit(table, "exit");
        SysModule.fillExit(table, "quit");
        table.simple("help(object=?, /)", "Print what an object is for.", b -> {
            Streams.print(HelpText.of(b[0]) + "\n");
            return EbbNone.NONE;
        });
    }

    private static String name(Object value) {
        if (EbbObject.unwrap(value) instanceof String s) {
            return s;
        }
        throw Errors.typeError("attribute name must be string, not '" + Types.name(value) + "'");
    }

    private static boolean has(Object object, String name) {
        try {
            return Attributes.find(object, name) != null;
        } catch (org.ebb.runtime.EbbException error) {
            if (error.is(Types.ATTRIBUTE_ERROR)) {
                return false;
            }
            throw error;
        }
    }

    private static long id(Object value) {
        return switch (value) {
            case Long l -> 0x7f00_0000_0000L + l * 32;
            case String s -> 0x7e00_0000_0000L + (s.hashCode() & 0xffffffffL) * 16;
            case Boolean b -> b ? 0x7d00_0000_0020L : 0x7d00_0000_0000L;
            case Double d -> 0x7c00_0000_0000L + (Double.hashCode(d) & 0xffffffffL) * 16;
            default -> 0x7f00_0000_0000L + Compare.identity(value) * 16;
        };
    }

    @TruffleBoundary
    static boolean isInstance(Object value, Object type) {
        if (type instanceof EbbClass single && Types.of(value).isSubclassOf(single)) {
            return true;
        }
        if (Foreign.is(type)) {
            try {
                return InteropLibrary.getUncached().isMetaInstance(type, value);
            } catch (UnsupportedMessageException noType) {
                throw noClass("isinstance");
            }
        }
        return isSubclass(Types.of(value), type, "isinstance");
    }

    private static final String HOOK = "__subclasshook__";

    /** Whether a class decides itself what counts as its subclass. */
    static boolean hasHook(EbbClass type) {
        return type.own(HOOK) != null;
    }

    private static boolean isSubclass(EbbClass type, Object classes, String function) {
        if (classes instanceof EbbClass single) {
            return type.isSubclassOf(single) || hasHook(single) && Truth.of(Calls.callMethod(single, HOOK, type));
        }
        if (classes instanceof EbbUnion union) {
            return isSubclass(type, EbbTuple.of(Arrays.stream(union.members).map(each -> each == EbbNone.NONE ? Types.NONE_TYPE : each).toArray()),
                    function);
        }
        if (EbbObject.unwrap(classes) instanceof EbbTuple several) {
            for (Object each : several.items) {
                if (isSubclass(type, each, function)) {
                    return true;
                }
            }
            return false;
        }
        throw noClass(function);
    }

    private static RuntimeException noClass(String function) {
        String kinds = function.equals("isinstance") ? "a type, a tuple of types, or a union" : "a class, a tuple of classes, or a union";
        return Errors.typeError(function + "() arg 2 must be " + kinds);
    }

    static EbbList names(Object object) {
        if (object == null) {
            Object[] own = FrameFunctions.locals(FrameFunctions.caller()).keyArray();
            Sorting.sort(own, EbbNone.NONE, false);
            return new EbbList(own);
        }
        Object own = object instanceof EbbModule module && module.get("__dir__") instanceof Object listing ? Calls.call(listing)
                : Calls.callSpecial(object, "__dir__");
        if (own != null) {
            Object[] items = org.ebb.runtime.Iteration.toArray(own);
            Sorting.sort(items, EbbNone.NONE, false);
            return new EbbList(items);
        }
        var names = new TreeSet<String>();
        if (object instanceof EbbModule module) {
            names.addAll(module.members().keySet());
            if (module == EbbContext.get(null).builtins()) {
                GlobalNames.all().forEach(names::add); // those of modules that are not loaded yet
            }
            return new EbbList(names.toArray());
        }
        EbbClass type = object instanceof EbbClass self ? self : Types.of(object);
        for (EbbClass each : type.order()) {
            names.addAll(each.members().keySet());
        }
        for (Object key : fieldNames(object)) {
            names.add((String) key);
        }
        return new EbbList(names.toArray());
    }

    private static Object[] fieldNames(Object object) {
        return object instanceof EbbObject fields ? Fields.names(fields) : new Object[0];
    }

    static EbbDict fields(Object object) {
        var all = new EbbDict();
        switch (object) {
            case EbbModule module -> {
                return module.dict();
            }
            case EbbClass type -> type.members().forEach(all::put);
            case EbbObject fields -> {
                return Fields.dict(fields);
            }
            case null -> {
                return FrameFunctions.locals(FrameFunctions.caller());
            }
            default -> throw Errors.typeError("vars() argument must have __dict__ attribute");
        }
        return all;
    }

    abstract static class LenNode extends BuiltinNode {
        @Override
        public final Object execute(Object[] bound) {
            return executeWith(bound[0]);
        }

        abstract Object executeWith(Object value);

        @Specialization
        long list(EbbList list) {
            return list.size();
        }

        @Specialization
        long tuple(EbbTuple tuple) {
            return tuple.size();
        }

        @Specialization
        long dict(EbbDict dict) {
            return dict.size();
        }

        @Specialization(replaces = {"list", "tuple", "dict"})
        long any(Object value) {
            return Sequences.length(value);
        }
    }

    abstract static class IsInstanceNode extends BuiltinNode {

        static boolean hasHook(EbbClass type) {
            return ObjectFunctions.hasHook(type);
        }

        @Override
        public final Object execute(Object[] bound) {
            return executeWith(bound[0], bound[1]);
        }

        abstract Object executeWith(Object value, Object type);

        @Specialization(guards = {"type == known", "!decides"}, limit = "2")
        boolean known(Object value, @SuppressWarnings("unused") EbbClass type,
                @com.oracle.truffle.api.dsl.Cached("type") EbbClass known,
                @SuppressWarnings("unused") @com.oracle.truffle.api.dsl.Cached("hasHook(known)") boolean decides) {
            return Types.of(value).isSubclassOf(known);
        }

        @Specialization(replaces = "known")
        boolean any(Object value, Object type) {
            return isInstance(value, type);
        }
    }
}
