package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code examples/embed/sample}, a project that uses Ebb, on the jars of this build: on both paths, with the optimizer and without. */
@Tag("fast")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleTest {

    private static final Path APP = Repository.ROOT.resolve("repl/target/app");

    private Path classes;
    private String jars;

    /** What a host gets from its one dependency: not the command, nor its line editor. */
    @BeforeAll
    void compileIt(@TempDir Path folder) throws IOException {
        classes = folder;
        try (Stream<Path> all = Files.list(APP.resolve("mods"))) {
            jars = all.filter(jar -> !jar.getFileName().toString().matches("(ebb-repl|jline-).*")).map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<Path> sources = Repository.files(Repository.ROOT.resolve("examples/embed/sample/src"), ".java");
            assertTrue(compiler.getTask(messages, files, null, List.of("-d", classes.toString(), "-p", jars, "-Xlint:all"), null,
                    files.getJavaFileObjectsFromPaths(sources)).call(), messages::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void runs(boolean modules, boolean optimized) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (optimized) {
            command.addAll(List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+EnableJVMCI", "--upgrade-module-path=" + APP.resolve("graal")));
        }
        command.addAll(List.of("--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=" + (modules ? "org.graalvm.truffle" : "ALL-UNNAMED")));
        String path = jars + File.pathSeparator + classes;
        command.addAll(modules ? List.of("-p", path, "-m", "sample/sample.Main") : List.of("-cp", path, "sample.Main"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("engine: " + (optimized ? "GraalVM CE" : "Interpreted") + "\n18.0 [12.0, 9.0]\n11.0\nsample.ebb:2: ZeroDivisionError: division by zero\n",
                out);
        assertEquals(0, process.waitFor());
    }
}
