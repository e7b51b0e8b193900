package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed distribution, unpacked at another place and run where no Java can be found: see -Pdist. */
@Tag("dist")
class DistTest {

    @TempDir
    static Path elsewhere;

    private static Path archive;
    private static Path home;

    @BeforeAll
    static void unpack() throws Exception {
        archive = Repository.files(Repository.ROOT.resolve("repl/target"), ".tar.gz").getFirst();
        Path folder = Files.createDirectories(elsewhere.resolve("an other place"));
        assertEquals("", run(Map.of(), List.of("/bin/tar", "-xzf", archive.toString(), "-C", folder.toString())));
        home = onlyOne(folder);
    }

    @Test
    void runsOptimizedWithItsCacheAndWithoutAJdk() throws Exception {
        String info = ebb("--info");
        assertTrue(info.contains("\nengine: GraalVM CE\n"), info);
        assertTrue(info.contains("\nruntime: image with start-up cache, Java "), info);
        assertTrue(info.contains("\nnative library: oneDNN"), info);
    }

    @Test
    void runsItsExamples() throws Exception {
        assertTrue(ebb(home.resolve("examples/tour.ebb").toString()).startsWith("871 needs 178 steps\n"));
    }

    @Test
    void compilesWhatIsHot() throws Exception {
        String program = "total = 0.0\nfor i in range(1000000):\n    total += i * 0.5\nprint(total)\n";
        String out = run(Map.of("EBB_JAVA_OPTS", "-Dpolyglot.engine.TraceCompilation=true -Dpolyglot.engine.BackgroundCompilation=false"
                + " -Dpolyglot.engine.AllowExperimentalOptions=true"), command("-c", program));
        assertTrue(out.contains("opt done"), out);
    }

    @Test
    void isFoundThroughALinkFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(elsewhere.resolve("ebb"), home.resolve("bin/ebb"));
        assertEquals("42\n", run(Map.of(), List.of(link.toString(), "-c", "print(6 * 7)")));
    }

    @Test
    void theChecksumIsRight() throws Exception {
        Path sum = archive.resolveSibling(archive.getFileName() + ".sha256");
        String[] fields = Repository.read(sum).strip().split("  ");
        assertEquals(archive.getFileName().toString(), fields[1]);
        assertEquals(run(Map.of(), List.of("/usr/bin/sha256sum", archive.toString())).split(" ")[0], fields[0]);
    }

    @Test
    void isNoLargerThanPromised() throws IOException {
        assertTrue(Files.size(archive) <= 110_000_000, () -> archive + " is too large");
    }

    private static Path onlyOne(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            List<Path> found = inside.toList();
            assertEquals(1, found.size(), found::toString);
            return found.getFirst();
        }
    }

    private static List<String> command(String... words) {
        return Stream.concat(Stream.of(home.resolve("bin/ebb").toString()), Stream.of(words)).toList();
    }

    private static String ebb(String... words) throws Exception {
        return run(Map.of(), command(words));
    }

    /** With an environment in which there is no Java. */
    private static String run(Map<String, String> environment, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Path commands = Files.createDirectories(elsewhere.resolve("bin"));
        for (String name : List.of("readlink", "gzip")) {
            Path copy = commands.resolve(name);
            if (!Files.exists(copy)) {
                Files.copy(Path.of("/bin", name), copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        builder.environment().put("PATH", commands.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), text);
        return text;
    }
}
