package org.ebb.tests;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every public function and class of the library for training says what it does and shows it in an example (which {@link DocsTest} runs), and
 * every public method says what it does.
 */
class LibraryDocsTest {

    private static final String UNDOCUMENTED = """
            INHERITED = "forward", "update", "log_prob", "entropy"       # the base class says what they do
            def missing(module):
                wrong = []
                for name in dir(module):
                    value = getattr(module, name)
                    if name.startswith("_") or not callable(value) or type(value).__name__ == "builtin_function_or_method":
                        continue
                    if not value.__doc__ or ">>>" not in value.__doc__:
                        wrong.append(name)
                    if isinstance(value, type):
                        wrong += [f"{name}.{part}" for part, method in vars(value).items() if not part.startswith("_")
                                  and part not in INHERITED and callable(method) and not method.__doc__]
                return wrong
            """;

    @TestFactory
    Stream<DynamicTest> publicNames() {
        return Stream.of("nn", "initialisers", "optim", "data", "metrics", "losses", "warnings", "stats", "progress", "files", "ode", "solve")
                .map(module -> DynamicTest.dynamicTest(module, () -> {
                    try (Console console = new Console()) {
                        console.run("docs.ebb", UNDOCUMENTED + "import " + module + "\nassert len([n for n in dir(" + module
                                + ") if not n.startswith('_')]) > 2\nassert missing(" + module + ") == [], missing(" + module + ")\n");
                    }
                }));
    }
}
