import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.attribute.ModuleHashesAttribute;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The JDK's own modules as jlink wants them. Many JDKs 25 bring no jmod files, and jlink then links from the running image, where the
 * JDK's empty stub of the optimizer hides the real one. So the modules are packed again from what is installed.
 *
 * <p>This leans on the inner layout of the JDK; the image is used only after it has shown that it runs optimized.
 */
record Jmods(Path jdk, Path folder) {

    /** Makes folder/MODULE.jmod unless it is there from an earlier time. */
    void provide(String module) throws IOException {
        Path made = folder.resolve(module + ".jmod");
        Path brought = jdk.resolve("jmods").resolve(made.getFileName());
        if (Files.exists(made)) {
            return;
        }
        Files.createDirectories(folder);
        if (Files.exists(brought)) {
            Files.copy(brought, made);
            return;
        }
        Path work = folder.resolve(module);
        Image.delete(work);
        classes(module, work.resolve("classes"));
        List<String> words = new ArrayList<>(List.of("create", "--compress", "zip-0", "--class-path", work.resolve("classes").toString(),
                "--target-platform", platform(), "--module-version", Runtime.version().toString().replaceAll("\\+.*", "")));
        others(module, work);
        section(words, "--cmds", work.resolve("bin"));
        section(words, "--config", work.resolve("conf"));
        section(words, "--libs", work.resolve("lib"));
        section(words, "--legal-notices", work.resolve("legal"));
        Path unfinished = folder.resolve(module + ".part");
        Files.deleteIfExists(unfinished);
        words.add(unfinished.toString());
        Image.tool("jmod", words);
        Files.move(unfinished, made);
        Image.delete(work);
    }

    private static void section(List<String> words, String option, Path content) {
        if (Files.exists(content)) {
            words.addAll(List.of(option, content.toString()));
        }
    }

    /** The module's classes, without those that the linker generates anew and without the hashes that bind the old modules together. */
    private static void classes(String module, Path target) throws IOException {
        Path source = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", module);
        try (Stream<Path> all = Files.walk(source)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                String name = source.relativize(file).toString();
                boolean generated = name.startsWith("jdk/internal/module/SystemModules$")
                        || name.startsWith("java/lang/invoke/BoundMethodHandle$Species_") && !name.endsWith("$Species_L.class");
                if (!generated) {
                    Path copy = target.resolve(name);
                    Files.createDirectories(copy.getParent());
                    Files.write(copy, name.equals("module-info.class") ? unbound(Files.readAllBytes(file)) : Files.readAllBytes(file));
                }
            }
        }
    }

    private static byte[] unbound(byte[] moduleInfo) {
        ClassFile format = ClassFile.of();
        return format.transformClass(format.parse(moduleInfo), ClassTransform.dropping(part -> part instanceof ModuleHashesAttribute));
    }

    /** Commands, libraries, settings and licences, as the JDK's own list for linking without jmods names them: type|link|hash|path. */
    private void others(String module, Path target) throws IOException {
        Path list = FileSystems.getFileSystem(URI.create("jrt:/"))
                .getPath("modules", "jdk.jlink", "jdk/tools/jlink/internal/runtimelink/fs_" + module + "_files");
        if (!Files.exists(list)) {
            return;
        }
        for (String line : Files.readAllLines(list)) {
            String[] fields = line.split("\\|", 4);
            if (fields.length < 4 || !Files.exists(jdk.resolve(fields[3]))) {
                continue;
            }
            Path file = Path.of(fields[3]);
            String top = file.getName(0).toString();
            int inside = top.equals("legal") ? 2 : 1; // legal/MODULE/...
            if (List.of("bin", "conf", "lib", "legal").contains(top)) {
                Path copy = target.resolve(top).resolve(file.subpath(inside, file.getNameCount()));
                Files.createDirectories(copy.getParent());
                Files.copy(jdk.resolve(file), copy);
            }
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase();
        return (system.startsWith("mac") ? "macos" : system.startsWith("windows") ? "windows" : system) + "-" + System.getProperty("os.arch");
    }
}
