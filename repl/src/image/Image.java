import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/**
 * Makes the runtime image: a folder that runs Ebb without a JDK, with the optimizer linked in and a start-up cache.
 *
 * <p>usage: java Image.java ROOM, where ROOM is the room {@code repl} after its build. ROOM/target/app becomes ROOM/target/image:
 * {@code bin/ebb}, {@code runtime} (what jlink made, and lib/ebb.aot), {@code natives}, {@code tools}, and {@code built}, which carries the time of
 * the build it was made from. The exit status is 1 when there can be no image; why is said in one line, and all in target/image.log.
 *
 * <p>The cache holds loaded classes and, of the methods that were hot in the training programs, what the virtual machine learnt about
 * them: most of these are the optimizer's own, which so compiles sooner what a program needs.
 */
public final class Image {

    /** Found by name only, so that no module requires them. */
    private static final List<String> EXTRA = List.of("jdk.incubator.vector", "jdk.charsets");

    private final Path jdk = Path.of(System.getProperty("java.home"));
    private final Path sources;
    private final Path app;
    private final Path image;
    private final Path work;
    private final Path log;

    private Image(Path room) {
        this.sources = room.resolve("src/image");
        this.app = room.resolve("target/app");
        this.image = room.resolve("target/image");
        this.work = room.resolve("target/image.work");
        this.log = room.resolve("target/image.log");
    }

    public static void main(String[] words) throws Exception {
        Image image = new Image(Path.of(words[0]).toAbsolutePath().normalize());
        FileTime built = Files.getLastModifiedTime(image.app.resolve("mods/ebb-repl.jar"));
        // A build and a program's start may both ask for an image: the second waits, and finds it made.
        try (FileChannel turn = FileChannel.open(image.work.resolveSibling("image.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
             FileLock _ = turn.lock()) {
            image.make(built);
        } catch (Exception trouble) {
            StringWriter trace = new StringWriter();
            trouble.printStackTrace(new PrintWriter(trace));
            image.note(trace.toString());
            delete(image.image);
            Path failed = Files.createDirectories(image.image).resolve("failed");
            Files.writeString(failed, trouble.getMessage() + "\n");
            Files.setLastModifiedTime(failed, built);
            System.err.println("ebb: no runtime image, programs start more slowly: " + trouble.getMessage() + " (see " + image.log + ")");
            System.exit(1);
        }
    }

    private void make(FileTime time) throws Exception {
        String state = state();
        Path mark = image.resolve("built");
        if (!Files.exists(mark) || !Files.readString(mark).equals(state)) {
            Files.deleteIfExists(log);
            delete(work);
            link();
            Files.copy(sources.resolve("ebb"), Files.createDirectories(work.resolve("image/bin")).resolve("ebb"), StandardCopyOption.COPY_ATTRIBUTES);
            copyNatives();
            copyTools();
            train();
            check();
            delete(image);
            Files.move(work.resolve("image"), image);
            delete(work);
            Files.writeString(mark, state);
        }
        Files.setLastModifiedTime(mark, time);
    }

    /** Names the content of all that goes into the image; jars by what is in them, as their times change with every build. */
    private String state() throws IOException {
        TreeMap<String, Long> parts = new TreeMap<>();
        for (Path file : files(app)) {
            if (file.toString().endsWith(".jar")) {
                try (ZipFile jar = new ZipFile(file.toFile())) {
                    jar.stream().filter(entry -> !entry.isDirectory())
                            .forEach(entry -> parts.put(file.getFileName() + "!" + entry.getName(), entry.getCrc()));
                }
            } else {
                parts.put(app.relativize(file).toString(), Files.size(file));
            }
        }
        for (Path file : files(sources)) {
            parts.put(sources.relativize(file).toString(), sum(Files.readAllBytes(file)));
        }
        parts.put(jdk.toString(), sum(Files.readAllBytes(jdk.resolve("release"))));
        return "%08x\n".formatted(sum(parts.toString().getBytes()));
    }

    private static long sum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return sum.getValue();
    }

    /** Links our modules, those of the optimizer and what they need of the JDK to work/image/runtime. */
    private void link() throws Exception {
        Path mods = named(app.resolve("mods"));
        Path compiler = Files.copy(app.resolve("graal/compiler.jar"), work.resolve("compiler.jar"));
        CallSites.replace(Stream.concat(files(mods).stream(), Stream.of(compiler)).toList());
        ModuleFinder ours = ModuleFinder.of(mods, compiler);
        Set<String> roots = new TreeSet<>();
        ours.findAll().forEach(module -> roots.add(module.descriptor().name()));
        Jmods jmods = new Jmods(jdk, Files.createDirectories(work).resolveSibling("jmods-" + Runtime.version()));
        List<String> needed = Configuration.resolve(ours, List.of(ModuleLayer.empty().configuration()), ModuleFinder.ofSystem(), roots)
                .modules().stream().map(module -> module.reference()).filter(Image::ofJdk).map(module -> module.descriptor().name()).toList();
        roots.addAll(EXTRA);
        for (String module : Stream.concat(needed.stream(), EXTRA.stream()).toList()) {
            jmods.provide(module);
        }
        List<String> flags = new ArrayList<>(List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+EnableJVMCI"));
        for (String file : System.getProperty("os.name").equals("Linux") ? List.of("java.flags", "linux.flags") : List.of("java.flags")) {
            Files.readAllLines(sources.resolve(file)).stream().filter(line -> !line.startsWith("#")).forEach(flags::add);
        }
        // Without line numbers of Java's: they took 5 MB of every program's memory and 13 MB of the image. Ebb's own spans are no part of them.
        tool("jlink", List.of("--module-path", String.join(File.pathSeparator, compiler.toString(), mods.toString(), jmods.folder().toString()),
                "--add-modules", String.join(",", roots), "--output", work.resolve("image/runtime").toString(),
                "--no-header-files", "--no-man-pages", "--strip-java-debug-attributes", "--add-options= " + String.join(" ", flags)));
    }

    private static boolean ofJdk(ModuleReference module) {
        return module.location().filter(place -> place.getScheme().equals("jrt")).isPresent();
    }

    /** A copy of a folder of jars in which every jar is a module by its own words: jlink takes no others. */
    private Path named(Path folder) throws Exception {
        Path copies = Files.createDirectories(work.resolve("mods"));
        for (Path jar : files(folder)) {
            Files.copy(jar, copies.resolve(jar.getFileName()));
        }
        for (ModuleReference module : ModuleFinder.of(copies).findAll()) {
            if (module.descriptor().isAutomatic()) {
                Path jar = Path.of(module.location().orElseThrow());
                Path text = work.resolve("named");
                tool("jdeps", List.of("--ignore-missing-deps", "--multi-release", "25", "--module-path", copies.toString(), "--generate-module-info", text.toString(), jar.toString()));
                String name = module.descriptor().name();
                tool("javac", List.of("-nowarn", "-d", text.resolve("classes").toString(), "--module-path", copies.toString(),
                        "--patch-module", name + "=" + jar, files(text).getFirst().toString()));
                tool("jar", List.of("--update", "--file", jar.toString(), "-C", text.resolve("classes").toString(), "module-info.class"));
                delete(text);
            }
        }
        return copies;
    }

    /** The native library is large: the same file under a second name, where the file system can do that. */
    private void copyNatives() throws IOException {
        Path natives = app.resolve("natives");
        if (!Files.isDirectory(natives)) {
            return;
        }
        for (Path file : files(natives)) {
            Path copy = work.resolve("image/natives").resolve(natives.relativize(file));
            Files.createDirectories(copy.getParent());
            try {
                Files.createLink(copy, file);
            } catch (IOException | UnsupportedOperationException noLinks) {
                Files.copy(file, copy);
            }
        }
    }

    /** Debuggers and profilers stay jars beside the image: bin/ebb takes them along when one is asked for. */
    private void copyTools() throws IOException {
        Path tools = Files.createDirectories(work.resolve("image/tools"));
        for (Path jar : files(app.resolve("tools"))) {
            Files.copy(jar, tools.resolve(jar.getFileName()));
        }
    }

    /**
     * Runs the training programs and keeps what was learnt. The Vector API is loaded late, and such classes cannot be kept. Methods compile at
     * the usual counts there: at those of java.flags less is learnt, and W9's one-shot programs took 5 % longer.
     */
    private void train() throws Exception {
        Path runtime = work.resolve("image/runtime");
        Path cache = runtime.resolve("lib/ebb.aot");
        ProcessBuilder training = new ProcessBuilder(runtime.resolve("bin/java").toString(), "-XX:AOTCacheOutput=" + cache, "-XX:CompileThresholdScaling=1",
                "-Xlog:disable", "-Xlog:all=error:stderr", "-Debb.natives=" + work.resolve("image/natives"),
                "-m", "org.ebb.repl/org.ebb.repl.Main", sources.resolve("train/train.ebb").toString());
        training.environment().put("EBB_VECTOR", "off");
        run(training);
        if (!Files.exists(cache)) {
            throw new IOException("the training made no start-up cache");
        }
    }

    /** The image must run, optimized and with its cache. */
    private void check() throws Exception {
        String info = run(new ProcessBuilder(work.resolve("image/bin/ebb").toString(), "--info"));
        for (String wanted : List.of("engine: GraalVM CE", "runtime: image with start-up cache")) {
            if (!info.contains(wanted)) {
                throw new IOException("it does not say '" + wanted + "' but: " + info.strip().replace("\n", ", "));
            }
        }
    }

    /** What the process prints; all of that goes to the log too. */
    private String run(ProcessBuilder process) throws Exception {
        process.environment().keySet().removeAll(List.of("EBB_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        Process running = process.redirectErrorStream(true).start();
        running.getOutputStream().close();
        String text = new String(running.getInputStream().readAllBytes());
        int status = running.waitFor();
        note(String.join(" ", process.command()) + "\n" + text);
        if (status != 0) {
            throw new IOException(process.command().getFirst() + " ended with status " + status);
        }
        return text;
    }

    private void note(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Runs a tool of the JDK in this process. */
    static void tool(String name, List<String> words) throws IOException {
        ToolProvider tool = ToolProvider.findFirst(name).orElseThrow(() -> new IOException("this JDK has no " + name));
        var out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true);
        if (tool.run(stream, stream, words.toArray(String[]::new)) != 0) {
            throw new IOException(name + ": " + out.toString().strip());
        }
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
