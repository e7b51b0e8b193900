package org.ebb.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The files of oneDNN: from the jar {@code org.bytedeco:dnnl} of this platform, either unpacked into the folder that the system
 * property {@code ebb.natives} names (the {@code ebb} command does so), or on the class path; then they are unpacked once into the
 * user's cache.
 */
final class NativeLibrary {

    /** Where the jar holds the files. */
    private static final String FOLDER = "org/bytedeco/dnnl/linux-x86_64/";

    /** In the order in which they must be loaded. */
    private static final List<String> FILES = List.of("libgomp.so.1", "libdnnl.so.3");

    private NativeLibrary() {}

    /** The files in loading order; empty if there is no library for this platform here. */
    static List<Path> files() throws IOException {
        boolean platform = System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64");
        if (!platform) {
            return List.of();
        }
        String told = System.getProperty("ebb.natives");
        if (told != null) {
            List<Path> files = FILES.stream().map(Path.of(told).resolve(FOLDER)::resolve).toList();
            return files.stream().allMatch(Files::isReadable) ? files : List.of();
        }
        return unpacked();
    }

    private static List<Path> unpacked() throws IOException {
        ClassLoader loader = NativeLibrary.class.getClassLoader();
        Path folder = null;
        for (String file : FILES) {
            URL source = loader.getResource(FOLDER + file);
            if (source == null) {
                return List.of();
            }
            byte[] digest = digest(source);
            if (folder == null) {
                folder = cache(HexFormat.of().formatHex(digest, 0, 8));
            }
            place(source, digest, folder.resolve(file));
        }
        Path complete = folder;
        return FILES.stream().map(complete::resolve).toList();
    }

    /** A folder that only this user can write to: in the cache, or where that cannot be made, a temporary one. */
    private static Path cache(String name) throws IOException {
        String told = System.getenv("XDG_CACHE_HOME");
        Path base = told != null && Path.of(told).isAbsolute() ? Path.of(told) : Path.of(System.getProperty("user.home"), ".cache");
        Path folder = base.resolve("ebb").resolve("natives-" + name);
        try {
            Files.createDirectories(folder);
            if (Files.isWritable(folder)) {
                return folder;
            }
        } catch (IOException readOnly) {
            // Then the temporary folder below: unpacked anew by each process, and deleted with it.
        }
        Path temporary = Files.createTempDirectory("ebb-natives");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(temporary)));
        return temporary;
    }

    private static void remove(Path folder) {
        try {
            for (String file : FILES) {
                Files.deleteIfExists(folder.resolve(file));
            }
            Files.delete(folder);
        } catch (IOException left) {
            // The process is ending, and nobody waits for this folder.
        }
    }

    /** Makes the file what the jar holds. It appears complete or not at all, whoever else does the same at the same time. */
    private static void place(URL source, byte[] digest, Path file) throws IOException {
        if (Files.isRegularFile(file) && MessageDigest.isEqual(digest(file.toUri().toURL()), digest)) {
            return;
        }
        Path part = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".part");
        try (InputStream in = source.openStream()) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException _) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static byte[] digest(URL source) throws IOException {
        try (InputStream in = source.openStream()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
