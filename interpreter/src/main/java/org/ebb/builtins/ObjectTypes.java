package org.ebb.builtins;

import com.oracle.truffle.api.object.DynamicObjectLibrary;
import org.ebb.runtime.Attributes;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Calls;
import org.ebb.runtime.Compare;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbConstant;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbModule;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.EbbSuper;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Fields;
import org.ebb.runtime.Instances;
import org.ebb.runtime.ObjectText;
import org.ebb.runtime.Text;
import org.ebb.runtime.Truth;
import org.ebb.runtime.Types;

/** The methods that every object has, those of classes, and super. */
final class ObjectTypes {

    private ObjectTypes() {}

    static void install() {
        Types.OBJECT.fillWith(ObjectTypes::object);
        Types.TYPE.fillWith(ObjectTypes::type);
        Types.SUPER.fillWith(ObjectTypes::superType);
    }

    private static void object(BuiltinTable table) {
        table.staticMethod("__new__(cls, *args, **kwargs)", "A new instance of a class.",
                b -> {
                    if (!(b[0] instanceof EbbClass type)) {
                        throw Errors.typeError("object.__new__(X): X is not a type object (" + Types.name(b[0]) + ")");
                    }
                    EbbClass base = type.builtinBase();
                    if (type.builtin && type != Types.OBJECT && !type.isSubclassOf(Types.BASE_EXCEPTION)) {
                        throw Errors.typeError("object.__new__(" + base.name + ") is not safe, use " + base.name + ".__new__()");
                    }
                    return Instances.allocate(type, (Object[]) b[1]);
                });
        table.simple("__init__(self, /, *args, **kwargs)", "Set the instance up; does nothing here.", b -> {
            boolean given = ((Object[]) b[1]).length > 0 || ((EbbDict) b[2]).size() > 0;
            if (given && Types.of(b[0]).lookup("__new__") == Types.OBJECT.lookup("__new__")) {
                throw Errors.typeError("object.__init__() takes exactly one argument (the instance to initialize)");
            }
            return EbbNone.NONE;
        });
        table.simple("__eq__(self, value, /)", "Return self==value.", b -> b[0] == b[1] ? (Object) true : EbbConstant.NOT_IMPLEMENTED);
        table.simple("__ne__(self, value, /)", "Return self!=value.", b -> {
            Object equal = Calls.callSpecial(b[0], "__eq__", b[1]);
            return equal == null || equal == EbbConstant.NOT_IMPLEMENTED ? EbbConstant.NOT_IMPLEMENTED : (Object) !Truth.of(equal);
        });
        table.simple("__hash__(self, /)", "Return hash(self).", b -> Compare.identity(b[0]));
        table.simple("__repr__(self, /)", "Return repr(self).", b -> ObjectText.of(b[0]));
        table.simple("__str__(self, /)", "Return str(self).", b -> Text.repr(b[0]));
        table.simple("__getattribute__(self, name, /)", "Return getattr(self, name).", b -> {
            String name = Args.str(b[1], "attribute name");
            Object found = Attributes.findPlain(b[0], name);
            if (found == null) {
                throw Attributes.missing(b[0], name);
            }
            return found;
        });
        table.simple("__setattr__(self, name, value, /)", "Set an attribute.", b -> {
            Attributes.setPlain(b[0], Args.str(b[1], "attribute name"), b[2]);
            return EbbNone.NONE;
        });
        table.simple("__delattr__(self, name, /)", "Delete an attribute.", b -> {
            Attributes.deletePlain(b[0], Args.str(b[1], "attribute name"));
            return EbbNone.NONE;
        });
        table.classMethod("__init_subclass__(cls)", "Called when a class inherits from this one.", b -> EbbNone.NONE);
        table.property("__class__", "The class of an object.", b -> Types.of(b[0]), ObjectTypes::setClass);
        table.property("__dict__", "The attributes of an object.", b -> dict(b[0]), b -> {
            if (!(b[0] instanceof EbbObject object) || !(b[1] instanceof EbbDict dict)) {
                throw Errors.typeError("__dict__ must be set to a dictionary, not a '" + Types.name(b[1]) + "'");
            }
            Fields.setDict(object, dict);
            return EbbNone.NONE;
        });
        table.property("__doc__", "What the object's class is for.", b -> doc(Types.of(b[0])));
    }

    private static Object setClass(Object[] b) {
        if (!(b[0] instanceof EbbObject object) || !(b[1] instanceof EbbClass type) || type.builtin || object.type().builtin
                || type.builtinBase() != object.type().builtinBase()) {
            throw Errors.typeError("__class__ assignment only supported for classes of one program");
        }
        DynamicObjectLibrary.getUncached().setDynamicType(object, type);
        return EbbNone.NONE;
    }

    private static Object dict(Object value) {
        if (value instanceof EbbObject object) {
            return Fields.dict(object);
        }
        if (value instanceof EbbModule module) {
            return module.dict();
        }
        throw Attributes.missing(value, "__dict__");
    }

    private static Object doc(EbbClass type) {
        Object doc = type.members().get("__doc__");
        return doc instanceof String ? doc : EbbNone.NONE;
    }

    private static void type(BuiltinTable table) {
        table.property("__name__", "The name of a class.", b -> {
            String name = ((EbbClass) b[0]).name;
            return name.substring(name.lastIndexOf('.') + 1);
        });
        table.property("__qualname__", "The name of a class with what it stands in.", b -> own(b[0], "__qualname__", ((EbbClass) b[0]).name),
                b -> set(b, "__qualname__"));
        table.property("__module__", "The module a class was made in.", b -> own(b[0], "__module__", "builtins"), b -> set(b, "__module__"));
        table.property("__doc__", "What a class is for.", b -> doc((EbbClass) b[0]), b -> set(b, "__doc__"));
        table.property("__bases__", "What a class inherits from.", b -> EbbTuple.of((Object[]) ((EbbClass) b[0]).bases().clone()));
        table.property("__base__", "The first class that a class inherits from.",
                b -> ((EbbClass) b[0]).bases().length == 0 ? EbbNone.NONE : ((EbbClass) b[0]).bases()[0]);
        table.property("__mro__", "The order in which names are looked up.", b -> EbbTuple.of((Object[]) ((EbbClass) b[0]).order().clone()));
        table.property("__dict__", "The names of a class.", b -> {
            EbbDict all = new EbbDict();
            ((EbbClass) b[0]).members().forEach(all::put);
            return all;
        });
        table.simple("mro(self, /)", "The order in which names are looked up.", b -> EbbList.of((Object[]) ((EbbClass) b[0]).order()));
        table.simple("__subclasses__(self, /)", "The classes that inherit directly.", b -> new EbbList(((EbbClass) b[0]).subclasses()));
        table.simple("__instancecheck__(self, instance, /)", "Check if an object is an instance.",
                b -> Types.isInstance(b[1], (EbbClass) b[0]));
        table.simple("__call__(self, /, *args, **kwargs)", "Make an instance.", b -> Calls.call(b[0], (Object[]) b[1], (EbbDict) b[2]));
    }

    private static Object own(Object type, String name, Object otherwise) {
        Object value = ((EbbClass) type).members().get(name);
        return value == null ? otherwise : value;
    }

    private static Object set(Object[] b, String name) {
        EbbClass type = (EbbClass) b[0];
        if (type.builtin) {
            throw Errors.typeError("cannot set '" + name + "' attribute of immutable type '" + type.name + "'");
        }
        type.define(name, b[1]);
        return EbbNone.NONE;
    }

    private static void superType(BuiltinTable table) {
        table.staticMethod("__new__(cls, type=?, obj=?, /)", "Looks names up in the classes behind a class.", b -> {
            if (b[1] == null) {
                throw Errors.runtimeError("super(): no arguments");
            }
            if (!(b[1] instanceof EbbClass start)) {
                throw Errors.typeError("super() argument 1 must be a type, not " + Types.name(b[1]));
            }
            if (b[2] == null) {
                throw Errors.notImplemented("super(type) without an object");
            }
            if (!Types.isInstance(b[2], start) && !(b[2] instanceof EbbClass own && own.isSubclassOf(start))) {
                throw Errors.typeError("super(type, obj): obj must be an instance or subtype of type");
            }
            return new EbbSuper(start, b[2]);
        });
    }
}
