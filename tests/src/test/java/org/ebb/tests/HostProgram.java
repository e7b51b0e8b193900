package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** A Java program as users write them, compiled and run here; {@code // prints: text} comments say what it prints, with {@code ...} for what varies. */
final class HostProgram implements AutoCloseable {

    private final Path folder;
    private final URLClassLoader loader;
    private final String source;
    private final String name;

    /** Compiles a source file whose class has the file's name. */
    HostProgram(Path file) throws IOException {
        this(Repository.read(file), file.getFileName().toString().replace(".java", ""));
    }

    HostProgram(String source, String name) throws IOException {
        this.source = source;
        this.name = name;
        this.folder = Files.createTempDirectory(Files.createDirectories(Repository.ROOT.resolve("tests/target/hosts")), name);
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        var compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            assertTrue(compiler.getTask(messages, files, null, List.of("-d", folder.toString(), "-cp", path, "-proc:none"), null,
                    files.getJavaFileObjects(file)).call(), messages::toString);
        }
        this.loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
    }

    /** Its class, to call what it offers. */
    Class<?> type() throws ClassNotFoundException {
        return loader.loadClass(name);
    }

    /** What its main method prints. */
    String run(String... arguments) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            type().getMethod("main", String[].class).invoke(null, (Object) arguments);
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Fails unless it prints what its comments say. */
    void check() throws Exception {
        String expected = String.join("\n", source.lines().filter(line -> line.contains("// prints: "))
                .map(line -> line.replaceFirst(".*// prints: ", "")).toList());
        assertFalse(expected.isEmpty());
        String printed = run().strip();
        String pattern = Pattern.quote(expected).replace("...", "\\E[^\n]*\\Q");
        if (!printed.matches(pattern)) {
            assertEquals(expected, printed);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
