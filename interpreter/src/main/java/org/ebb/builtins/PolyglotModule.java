package org.ebb.builtins;

import com.oracle.truffle.api.TruffleLanguage.Env;
import com.oracle.truffle.api.source.Source;
import java.util.TreeSet;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Foreign;
import org.ebb.runtime.ForeignItems;
import org.ebb.runtime.Types;

/** The module polyglot: the other languages in the same context, and what they share. */
final class PolyglotModule {

    private PolyglotModule() {}

    static void fill(BuiltinTable table) {
        table.constant("__doc__", "The other languages of the context, as far as the host allows them (Context.newBuilder(...).allowPolyglotAccess(...)).");
        table.simple("eval(language, code)", "Runs a text of another language and returns its value: polyglot.eval('js', '6 * 7').",
                b -> eval(Args.str(b[0], "eval() argument 'language'"), Args.str(b[1], "eval() argument 'code'")));
        table.simple("languages()", "The ids of the languages that eval may be given.", b -> new EbbList(languages(env()).toArray()));
        table.simple("import_value(name)", "The value that some language exported under a name; KeyError where none did.", b -> {
            String name = Args.str(b[0], "import_value() argument 'name'");
            allowBindings();
            Object value = env().importSymbol(name);
            if (value == null) {
                throw Errors.keyError(name);
            }
            return Foreign.in(value);
        });
        table.simple("export_value(name, value, /)", "Gives a value to all languages of the context under a name.", b -> {
            String name = Args.str(b[0], "export_value() argument 'name'");
            allowBindings();
            env().exportSymbol(name, Foreign.out(b[1]));
            return EbbNone.NONE;
        });
        table.simple("type_name(value, /)", "The name that a value's type has in its own language: 'java.util.ArrayList', 'Array'.",
                b -> Foreign.is(b[0]) ? ForeignItems.typeName(b[0]) : Types.name(b[0]));
        table.constant("ForeignError", Types.FOREIGN_EXCEPTION);
    }

    private static Env env() {
        return EbbContext.get(null).env();
    }

    private static TreeSet<String> languages(Env env) {
        return new TreeSet<>(env.getPublicLanguages().keySet());
    }

    private static void allowBindings() {
        if (!env().isPolyglotBindingsAccessAllowed()) {
            throw Errors.forbidden("values of other languages", "allowPolyglotAccess(PolyglotAccess.ALL)");
        }
    }

    private static Object eval(String language, String code) {
        Env env = env();
        var info = env.getPublicLanguages().get(language);
        if (info == null) {
            throw Errors.valueError("there is no language '" + language + "' here that this program may use; there are: "
                    + (languages(env).isEmpty() ? "none" : String.join(", ", languages(env))));
        }
        if (!env.isPolyglotEvalAllowed(info)) {
            throw Errors.forbidden("running " + language, "allowPolyglotAccess(PolyglotAccess.ALL)");
        }
        return Foreign.in(env.parsePublic(Source.newBuilder(language, code, "<" + language + ">").build()).call());
    }
}
