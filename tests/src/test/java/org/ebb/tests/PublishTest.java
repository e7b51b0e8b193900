package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mvn install} of a copy of the sources into an empty repository, and the sample project built from there: see -Pdist. */
@Tag("dist")
class PublishTest {

    @TempDir
    Path folder;

    @Test
    void theSampleBuildsFromWhatIsInstalled() throws Exception {
        Path sources = folder.resolve("sources");
        for (String what : List.of("pom.xml", "grammar/pom.xml", "grammar/src/main", "stdlib/pom.xml", "stdlib/src/main", "interpreter/pom.xml",
                "interpreter/src/main", "interpreter/bom/pom.xml", "repl/pom.xml", "tests/pom.xml", "tests/polyglot/pom.xml", "examples/embed/sample/pom.xml",
                "examples/embed/sample/src")) {
            copy(Repository.ROOT.resolve(what), sources.resolve(what));
        }
        // What is not ours comes from the repository of this build, and nothing goes there.
        Path settings = Files.writeString(folder.resolve("settings.xml"), "<settings><mirrors><mirror><id>here</id><mirrorOf>*</mirrorOf><url>"
                + Path.of(System.getProperty("user.home"), ".m2/repository").toUri() + "</url></mirror></mirrors></settings>");
        mvn(sources, settings, "-Ppublish", "-Dmaven.test.skip=true", "-pl", "grammar,stdlib,interpreter,interpreter/bom", "-am", "install");
        for (String room : List.of("grammar", "stdlib", "interpreter")) {
            Path published = folder.resolve("repository/org/ebb/ebb-" + room + "/0.1.0");
            for (String kind : List.of("", "-sources", "-javadoc")) {
                assertTrue(Files.isRegularFile(published.resolve("ebb-" + room + "-0.1.0" + kind + ".jar")), room + kind);
            }
        }
        Path sample = sources.resolve("examples/embed/sample");
        mvn(sample, settings, "package");
        for (boolean modules : new boolean[] {true, false}) {
            for (boolean optimized : new boolean[] {true, false}) {
                List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
                if (optimized) {
                    command.addAll(List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+EnableJVMCI", "--upgrade-module-path=target/graal"));
                }
                command.addAll(List.of("--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=" + (modules ? "org.graalvm.truffle" : "ALL-UNNAMED")));
                command.addAll(modules ? List.of("-p", "target/mods:target/sample-1.jar", "-m", "sample/sample.Main")
                        : List.of("-cp", "target/mods/*:target/sample-1.jar", "sample.Main"));
                String out = run(sample, command);
                assertTrue(out.startsWith("engine: " + (optimized ? "GraalVM CE" : "Interpreted") + "\n18.0 [12.0, 9.0]\n"), command + ": " + out);
            }
        }
    }

    private void mvn(Path where, Path settings, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q", "-s", settings.toString(),
                "-Dmaven.repo.local=" + folder.resolve("repository")));
        command.addAll(List.of(words));
        run(where, command);
    }

    private static String run(Path where, List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return out;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(Files.isDirectory(file) ? target : target.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, target);
                }
            }
        }
    }
}
