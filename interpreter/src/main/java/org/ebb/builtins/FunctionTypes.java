package org.ebb.builtins;

import java.util.Arrays;
import org.ebb.runtime.Attributes;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.CellBox;
import org.ebb.runtime.Calls;
import org.ebb.runtime.ClassMethod;
import org.ebb.runtime.Compare;
import org.ebb.runtime.EbbBoundMethod;
import org.ebb.runtime.EbbBuiltin;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbException;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.EbbGenerator;
import org.ebb.runtime.EbbIterator;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbProperty;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Signature;
import org.ebb.runtime.StaticMethod;
import org.ebb.runtime.Thrown;
import org.ebb.runtime.Types;

/** The attributes of functions, methods and generators, and the decorators property, staticmethod and classmethod. */
final class FunctionTypes {

    private FunctionTypes() {}

    static void install() {
        Types.FUNCTION.fillWith(FunctionTypes::function);
        Types.METHOD.fillWith(FunctionTypes::method);
        Types.BUILTIN_FUNCTION.fillWith(FunctionTypes::builtin);
        Types.PROPERTY.fillWith(FunctionTypes::property);
        Types.STATIC_METHOD.fillWith(FunctionTypes::staticMethod);
        Types.CLASS_METHOD.fillWith(FunctionTypes::classMethod);
        Types.GENERATOR.fillWith(FunctionTypes::generator);
    }

    private static EbbFunction self(Object[] b) {
        return (EbbFunction) b[0];
    }

    private static void function(BuiltinTable table) {
        table.property("__name__", "The name of a function.", b -> self(b).name(), b -> {
            self(b).rename(Args.str(b[1], "__name__"));
            return EbbNone.NONE;
        });
        table.property("__qualname__", "The name of a function with what it stands in.", b -> self(b).qualifiedName(), b -> {
            self(b).requalify(Args.str(b[1], "__qualname__"));
            return EbbNone.NONE;
        });
        table.property("__doc__", "What a function is for.", b -> self(b).doc(), b -> {
            self(b).document(b[1]);
            return EbbNone.NONE;
        });
        table.property("__module__", "The module a function was made in.", b -> self(b).moduleName(), b -> {
            self(b).move(b[1]);
            return EbbNone.NONE;
        });
        table.property("__annotations__", "The annotations of parameters and result.", b -> {
            if (self(b).annotations == null) {
                self(b).annotations = new EbbDict();
            }
            return self(b).annotations;
        }, b -> {
            self(b).annotations = b[1];
            return EbbNone.NONE;
        });
        table.property("__defaults__", "The defaults of positional parameters.", b -> defaults(self(b)));
        table.property("__kwdefaults__", "The defaults of keyword-only parameters.", b -> keywordDefaults(self(b)));
        table.property("__closure__", "The values of enclosing variables.", b -> closure(self(b)));
        table.property("__globals__", "The names of the function's module.", b -> self(b).module.dict());
        table.simple("__call__(self, /, *args, **kwargs)", "Call the function.", b -> Calls.call(b[0], (Object[]) b[1], (EbbDict) b[2]));
        table.simple("__get__(self, instance, owner=None, /)", "The function as a method of an instance.",
                b -> b[1] == EbbNone.NONE ? b[0] : new EbbBoundMethod(b[1], b[0]));
    }

    private static Object defaults(EbbFunction function) {
        Signature signature = function.code.signature;
        if (function.defaults == null || signature.needed == signature.positional) {
            return EbbNone.NONE;
        }
        return EbbTuple.of(Arrays.copyOfRange(function.defaults, signature.needed, signature.positional));
    }

    private static Object keywordDefaults(EbbFunction function) {
        Signature signature = function.code.signature;
        EbbDict all = new EbbDict();
        for (int slot = signature.positional; slot < signature.size(); slot++) {
            if (function.defaults != null && function.defaults[slot] != null) {
                all.put(signature.names[slot], function.defaults[slot]);
            }
        }
        return all.size() == 0 ? EbbNone.NONE : all;
    }

    private static Object closure(EbbFunction function) {
        if (function.closure.length == 0) {
            return EbbNone.NONE;
        }
        Object[] values = new Object[function.closure.length];
        for (int i = 0; i < values.length; i++) {
            CellBox cell = function.closure[i];
            values[i] = cell.value == null ? EbbNone.NONE : cell.value;
        }
        return EbbTuple.of(values);
    }

    private static void method(BuiltinTable table) {
        table.simple("__eq__(self, value, /)", "The same function of the same object.", b -> b[1] instanceof EbbBoundMethod other
                && other.self == ((EbbBoundMethod) b[0]).self && other.function == ((EbbBoundMethod) b[0]).function);
        table.simple("__hash__(self, /)", "Return hash(self).",
                b -> Compare.identity(((EbbBoundMethod) b[0]).self) ^ Compare.identity(((EbbBoundMethod) b[0]).function));
        table.property("__self__", "The object a method was taken from.", b -> ((EbbBoundMethod) b[0]).self);
        table.property("__func__", "The function of a method.", b -> ((EbbBoundMethod) b[0]).function);
        table.property("__doc__", "What a method is for.",
                b -> Attributes.get(((EbbBoundMethod) b[0]).function, "__doc__"));
        table.simple("__call__(self, /, *args, **kwargs)", "Call the method.", b -> Calls.call(b[0], (Object[]) b[1], (EbbDict) b[2]));
    }

    private static void builtin(BuiltinTable table) {
        table.property("__name__", "The name of a builtin.", b -> ofBuiltin(b[0]).name);
        table.property("__qualname__", "The name of a builtin with its type.",
                b -> ofBuiltin(b[0]).owner == null ? ofBuiltin(b[0]).name : ofBuiltin(b[0]).owner.name + "." + ofBuiltin(b[0]).name);
        table.property("__module__", "The module of a builtin.", b -> "builtins");
        table.property("__doc__", "What a builtin is for.", b -> ofBuiltin(b[0]).doc);
        table.property("__self__", "The object a method was taken from.",
                b -> b[0] instanceof EbbBoundMethod method ? method.self : EbbNone.NONE);
        table.simple("__call__(self, /, *args, **kwargs)", "Call the builtin.", b -> Calls.call(b[0], (Object[]) b[1], (EbbDict) b[2]));
    }

    private static EbbBuiltin ofBuiltin(Object value) {
        return (EbbBuiltin) (value instanceof EbbBoundMethod method ? method.function : value);
    }

    private static void property(BuiltinTable table) {
        table.staticMethod("__new__(cls, fget=None, fset=None, fdel=None, doc=None)", "An attribute that is computed.", b -> new EbbProperty(
                orNull(b[1]), orNull(b[2]), orNull(b[3]), b[4]));
        table.simple("getter(self, fget, /)", "The property with another getter.", b -> {
            EbbProperty old = (EbbProperty) b[0];
            return new EbbProperty(b[1], old.setter, old.deleter, old.doc);
        });
        table.simple("setter(self, fset, /)", "The property with another setter.", b -> {
            EbbProperty old = (EbbProperty) b[0];
            return new EbbProperty(old.getter, b[1], old.deleter, old.doc);
        });
        table.simple("deleter(self, fdel, /)", "The property with another deleter.", b -> {
            EbbProperty old = (EbbProperty) b[0];
            return new EbbProperty(old.getter, old.setter, b[1], old.doc);
        });
        table.property("fget", "The getter.", b -> orNone(((EbbProperty) b[0]).getter));
        table.property("fset", "The setter.", b -> orNone(((EbbProperty) b[0]).setter));
        table.property("fdel", "The deleter.", b -> orNone(((EbbProperty) b[0]).deleter));
        table.property("__doc__", "What the property is for.", b -> {
            EbbProperty property = (EbbProperty) b[0];
            return property.doc != EbbNone.NONE || property.getter == null ? property.doc
                    : Attributes.get(property.getter, "__doc__");
        });
    }

    private static Object orNull(Object value) {
        return value == EbbNone.NONE ? null : value;
    }

    private static Object orNone(Object value) {
        return value == null ? EbbNone.NONE : value;
    }

    private static void staticMethod(BuiltinTable table) {
        table.staticMethod("__new__(cls, function, /)", "A method that is not given the instance.", b -> new StaticMethod(b[1]));
        table.property("__func__", "The function.", b -> ((StaticMethod) b[0]).function());
    }

    private static void classMethod(BuiltinTable table) {
        table.staticMethod("__new__(cls, function, /)", "A method that is given the class.", b -> new ClassMethod(b[1]));
        table.property("__func__", "The function.", b -> ((ClassMethod) b[0]).function());
    }

    private static EbbGenerator generatorOf(Object[] b) {
        return (EbbGenerator) b[0];
    }

    private static void generator(BuiltinTable table) {
        table.simple("__iter__(self, /)", "The generator itself.", b -> b[0]);
        table.simple("__next__(self, /)", "The next value.", b -> orStop(generatorOf(b), generatorOf(b).next()));
        table.simple("send(self, value, /)", "Go on with a value for the yield; the next value.",
                b -> orStop(generatorOf(b), generatorOf(b).send(b[1])));
        table.simple("throw(self, typ, val=?, tb=?, /)", "Raise at the yield; the next value.", b -> {
            Object error = b[2] != null && b[2] != EbbNone.NONE ? Types.of(b[2]).isSubclassOf(Types.BASE_EXCEPTION) ? b[2] : Calls.call(b[1], b[2]) : b[1];
            if (!(Thrown.of(error) instanceof EbbException own)) {
                throw Errors.typeError("exceptions must be classes or instances deriving from BaseException, not " + Types.name(error));
            }
            return orStop(generatorOf(b), generatorOf(b).raise(own));
        });
        table.simple("close(self, /)", "End the generator.", b -> {
            generatorOf(b).close();
            return EbbNone.NONE;
        });
        table.property("__name__", "The name of the generator's function.", b -> generatorOf(b).name);
        table.property("gi_running", "Whether the generator runs right now.", b -> generatorOf(b).isRunning());
    }

    /** A generator's end as the exception that programs see; what the function returned is its value. */
    private static Object orStop(EbbGenerator generator, Object value) {
        if (value != EbbIterator.END) {
            return value;
        }
        throw generator.stop();
    }
}
