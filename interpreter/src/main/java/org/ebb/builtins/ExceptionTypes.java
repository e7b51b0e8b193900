package org.ebb.builtins;

import org.ebb.runtime.Traceback;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.ExceptionObject;
import org.ebb.runtime.ExceptionText;
import org.ebb.runtime.Fields;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Text;
import org.ebb.runtime.Thrown;
import org.ebb.runtime.Truth;
import org.ebb.runtime.Types;

/** The attributes of exceptions. */
final class ExceptionTypes {

    private ExceptionTypes() {}

    /** The module _errors: what the module traceback asks for. */
    static void fillModule(BuiltinTable table) {
        table.simple("whole(error, /)", "The traceback of an exception and of those it came from.", b -> Traceback.whole(error(b[0])));
        table.simple("single(error, /)", "The traceback of an exception alone.", b -> Traceback.single(error(b[0])));
        table.simple("end(error, /)", "The last lines of its traceback.", b -> Traceback.end(error(b[0])));
    }

    private static ExceptionObject error(Object value) {
        if (value instanceof ExceptionObject error) {
            return error;
        }
        throw Errors.typeError("Exception expected for value, " + Types.name(value) + " found");
    }

    static void install() {
        Types.BASE_EXCEPTION.fillWith(ExceptionTypes::base);
        Types.STOP_ITERATION.fillWith(table -> table.property("value", "What the generator returned.", b -> argument(b, 0)));
        Types.SYSTEM_EXIT.fillWith(table -> table.property("code", "The exit status.", b -> argument(b, 0)));
        Types.OS_ERROR.fillWith(table -> {
            table.property("errno", "The number of the error.", b -> self(b).arguments.length < 2 ? EbbNone.NONE : argument(b, 0));
            table.property("strerror", "What went wrong.", b -> argument(b, 1));
            table.property("filename", "The file it went wrong with.", b -> argument(b, 2));
        });
        Types.UNICODE_ERROR.fillWith(table -> {
            String[] names = {"encoding", "object", "start", "end", "reason"};
            for (int i = 0; i < names.length; i++) {
                int at = i;
                table.property(names[i], "What a codec could not do: " + names[i] + ".", b -> argument(b, at));
            }
        });
        Types.IMPORT_ERROR.fillWith(table -> table.property("msg", "The message.", b -> argument(b, 0)));
        Types.SYNTAX_ERROR.fillWith(ExceptionTypes::syntax);
    }

    private static ExceptionObject self(Object[] b) {
        return (ExceptionObject) b[0];
    }

    private static Object argument(Object[] b, int index) {
        Object[] arguments = self(b).arguments;
        return index < arguments.length ? arguments[index] : EbbNone.NONE;
    }

    private static Object orNone(Object value) {
        return value == null ? EbbNone.NONE : value;
    }

    private static void base(BuiltinTable table) {
        table.simple("__init__(self, /, *args, **kwargs)", "Keep the arguments.", b -> {
            if (((EbbDict) b[2]).size() > 0) {
                throw Errors.typeError(Types.name(b[0]) + "() takes no keyword arguments");
            }
            self(b).arguments = (Object[]) b[1];
            return EbbNone.NONE;
        });
        table.simple("__str__(self, /)", "Return str(self).", b -> ExceptionText.plain(self(b)));
        table.simple("__repr__(self, /)", "Return repr(self).", b -> {
            Object[] arguments = self(b).arguments;
            return Types.name(b[0]) + (arguments.length == 1 ? "(" + Text.repr(arguments[0]) + ")" : Text.repr(EbbTuple.of(arguments)));
        });
        table.property("args", "The arguments.", b -> EbbTuple.of(self(b).arguments), b -> {
            self(b).arguments = Iteration.toArray(b[1]);
            return EbbNone.NONE;
        });
        table.property("__cause__", "The exception named by raise ... from.", b -> orNone(self(b).cause), b -> {
            Thrown.setCause(self(b), b[1]);
            return EbbNone.NONE;
        });
        table.property("__context__", "The exception that was being handled.", b -> orNone(self(b).context), b -> {
            self(b).context = b[1] instanceof ExceptionObject ? b[1] : null;
            return EbbNone.NONE;
        });
        table.property("__suppress_context__", "Whether the context is not shown.", b -> self(b).suppressContext, b -> {
            self(b).suppressContext = Truth.of(b[1]);
            return EbbNone.NONE;
        });
        table.property("__traceback__", "Where it was raised: here only None.", b -> EbbNone.NONE, b -> EbbNone.NONE);
        table.simple("with_traceback(self, tb, /)", "The exception itself.", b -> b[0]);
        table.simple("add_note(self, note, /)", "Add a line to what is shown.", b -> {
            if (!(Fields.get(self(b), "__notes__") instanceof EbbList)) {
                Fields.put(self(b), "__notes__", new EbbList());
            }
            ((EbbList) Fields.get(self(b), "__notes__")).append(Args.str(b[1], "note"));
            return EbbNone.NONE;
        });
    }

    private static void syntax(BuiltinTable table) {
        table.property("msg", "The message.", b -> argument(b, 0));
        table.property("lineno", "The line.", b -> self(b).place == null ? EbbNone.NONE : (Object) (long) self(b).place.getStartLine());
        table.property("offset", "The column.", b -> self(b).place == null ? EbbNone.NONE : (Object) (long) self(b).place.getStartColumn());
        table.property("filename", "The file.", b -> self(b).place == null ? EbbNone.NONE : self(b).place.getSource().getName());
    }
}
