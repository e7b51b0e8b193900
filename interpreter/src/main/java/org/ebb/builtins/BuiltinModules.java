package org.ebb.builtins;

import java.util.Map;
import java.util.function.Consumer;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbModule;

/** The modules written in Java. Those whose names start with an underscore serve modules of the library written in Ebb. */
public final class BuiltinModules {

    private static final Map<String, Consumer<EbbModule>> ALL = Map.ofEntries(
            Map.entry("math", table(MathModule::fill)),
            Map.entry("time", table(TimeModule::fill)),
            Map.entry("sys", SysModule::fill),
            Map.entry("os", table(OsModule::fill)),
            Map.entry("os.path", table(OsModule::fillPath)),
            Map.entry("re", ReModule::fill),
            Map.entry("operator", table(OperatorModule::fill)),
            Map.entry("_itertools", table(ItertoolsModule::fill)),
            Map.entry("_json", table(JsonModule::fill)),
            Map.entry("_random", table(RandomModule::fill)),
            Map.entry("_collections", table(CollectionsModule::fill)));

    private BuiltinModules() {}

    private static Consumer<EbbModule> table(Consumer<BuiltinTable> fill) {
        return module -> fill.accept(BuiltinTable.of(module));
    }

    /** A fresh module for the running context, or null if no module of that name is written in Java. */
    public static EbbModule create(String name) {
        var fill = ALL.get(name);
        if (fill == null) {
            return null;
        }
        var module = new EbbModule(name);
        fill.accept(module);
        if (name.equals("os")) {
            module.set("path", create("os.path"));
        }
        return module;
    }
}
