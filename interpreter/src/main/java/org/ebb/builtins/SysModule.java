package org.ebb.builtins;

import java.util.List;
import org.ebb.kernel.Kernels;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbFile;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbModule;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Types;

/** The module sys. */
final class SysModule {

    /** Beyond this a gigabyte of stack comes to its end, and on the way there the collector of memory walks it again and again. */
    private static final int DEEPEST = 500_000;

    private SysModule() {}

    static void fill(BuiltinTable table) {
        EbbContext.get(null).sys = table.module();
        table.constant("stdin", EbbFile.standardInput());
        table.constant("stdout", EbbFile.standardOutput());
        table.constant("stderr", EbbFile.standardError());
        table.constant("__stdout__", EbbFile.standardOutput());
        table.constant("__stderr__", EbbFile.standardError());
        table.constant("argv", arguments());
        table.constant("maxsize", Long.MAX_VALUE);
        table.constant("maxunicode", (long) Character.MAX_CODE_POINT);
        table.constant("byteorder", "little");
        table.constant("platform", "ebb");
        table.constant("version", "3.11.0 (Ebb)");
        table.constant("version_info", new EbbTuple(3L, 11L, 0L, "final", 0L));
        table.constant("hexversion", 0x030b00f0L);
        var implementation = new EbbModule("implementation");
        implementation.set("name", "ebb");
        implementation.set("version", new EbbTuple(3L, 11L, 0L, "final", 0L));
        table.constant("implementation", implementation);
        table.constant("path", EbbContext.get(null).modules().path());
        table.constant("modules", new EbbDict());
        table.constant("executable", "");
        fillExit(table, "exit");
        table.simple("getrecursionlimit()", "How deep functions may call each other.", b -> (long) EbbContext.get(null).depthLimit);
        table.simple("setrecursionlimit(limit, /)", "How deep functions may call each other from now on; half a million at most.", b -> {
            int limit = Numbers.requireSmall(b[0]);
            if (limit < 1) {
                throw Errors.valueError("recursion limit must be greater or equal than 1");
            }
            EbbContext.get(null).depthLimit = Math.min(limit, DEEPEST);
            return EbbNone.NONE;
        });
        table.simple("get_int_max_str_digits()", "How many decimal digits an int may have as text; 0 is any number.",
                b -> (long) EbbContext.get(null).digitLimit);
        table.simple("set_int_max_str_digits(maxdigits)", "How many decimal digits an int may have as text from now on; 0 is any number.", b -> {
            int limit = Numbers.requireSmall(b[0]);
            if (limit != 0 && limit < 640) {
                throw Errors.valueError("maxdigits must be 0 or larger than 640");
            }
            EbbContext.get(null).digitLimit = limit;
            return EbbNone.NONE;
        });
        table.simple("intern(string, /)", "The string.", b -> Args.str(b[0], "intern() argument"));
        table.simple("getsizeof(object, default=?, /)", "A rough size in bytes.", b -> 64L);
        table.simple("module_names()", "The names of the modules that come with Ebb, as a list.",
                b -> new EbbList(BuiltinModules.names().toArray()));
        table.simple("kernel_info()", "The kernels, the native library and the number of threads that tensors use, as text.",
                b -> Kernels.description());
        table.simple("exc_info()", "Type and value of the exception being handled.", b -> {
            var handling = EbbContext.get(null).handling;
            return handling == null ? new EbbTuple(EbbNone.NONE, EbbNone.NONE, EbbNone.NONE)
                    : new EbbTuple(Types.of(handling), handling, EbbNone.NONE);
        });
    }

    /** Also a builtin, as {@code exit} and as {@code quit}. */
    static void fillExit(BuiltinTable table, String name) {
        table.simple(name + "(status=None, /)", "End the program with an exit status.", b -> {
            throw b[0] == EbbNone.NONE ? Errors.of(Types.SYSTEM_EXIT) : Errors.of(Types.SYSTEM_EXIT, b[0]);
        });
    }

    /** The script's name, then what the host gave. */
    private static EbbList arguments() {
        var list = new EbbList();
        List<String> given = List.of(EbbContext.get(null).env().getApplicationArguments());
        list.append(EbbContext.get(null).program);
        given.forEach(list::append);
        return list;
    }
}
