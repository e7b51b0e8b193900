package org.ebb.builtins;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ebb.lib.Library;
import org.ebb.runtime.BuiltinTable;

/** The modules written in Java. Those whose names start with an underscore serve modules of the library written in Ebb. */
final class BuiltinModules {

    private static final Map<String, Consumer<BuiltinTable>> ALL = Map.ofEntries(
            Map.entry("math", MathModule::fill),
            Map.entry("time", TimeModule::fill),
            Map.entry("sys", SysModule::fill),
            Map.entry("os", OsModule::fill),
            Map.entry("os.path", OsModule::fillPath),
            Map.entry("re", ReModule::fill),
            Map.entry("operator", OperatorModule::fill),
            Map.entry("_itertools", ItertoolsModule::fill),
            Map.entry("_json", JsonModule::fill),
            Map.entry("_errors", ExceptionTypes::fillModule),
            Map.entry("_random", RandomModule::fill),
            Map.entry("_draw", RandomTensors::fill),
            Map.entry("_files", FilesModule::fill),
            Map.entry("_rows", RowsModule::fill),
            Map.entry("_nests", FormsModule::fill),
            Map.entry("_steps", StepsModule::fill),
            Map.entry("_embed", EmbedModule::fill),
            Map.entry("_plot", PlotModule::fill),
            Map.entry("polyglot", PolyglotModule::fill),
            Map.entry("_profile", ProfileModule::fill),
            Map.entry("autograd", RecordingFunctions::fill),
            Map.entry("_collections", CollectionsModule::fill));

    private BuiltinModules() {}

    /** What fills a module of that name, or null if none is written in Java. */
    static Consumer<BuiltinTable> named(String name) {
        return ALL.get(name);
    }

    /** The names of all modules that come with Ebb. */
    static List<Object> names() {
        return Stream.concat(ALL.keySet().stream(), Library.names().stream()).sorted().map(name -> (Object) name).toList();
    }
}
