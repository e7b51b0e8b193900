import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * Packs the runtime image for people without a JDK: {@code java Pack.java ROOM VERSION} makes
 * ROOM/target/ebb-VERSION-PLATFORM.tar.gz and beside it its SHA-256 checksum, as {@code sha256sum -c} reads it.
 */
public final class Pack {

    private Pack() {}

    public static void main(String[] words) throws Exception {
        Path room = Path.of(words[0]).toAbsolutePath().normalize();
        Path root = room.getParent();
        Path target = room.resolve("target");
        String name = "ebb-" + words[1];
        Path folder = target.resolve("pack").resolve(name);
        Image.delete(folder.getParent());
        copy(target.resolve("image"), folder);
        Files.delete(folder.resolve("built"));
        copy(root.resolve("examples"), folder.resolve("examples"));
        for (String text : List.of("LICENSE", "THIRD-PARTY.md", "CHANGELOG.md")) {
            Files.copy(root.resolve(text), folder.resolve(text));
        }
        Path archive = target.resolve(name + "-" + platform() + ".tar.gz");
        Process tar = new ProcessBuilder("tar", "-czf", archive.toString(), "-C", folder.getParent().toString(), name).inheritIO().start();
        if (tar.waitFor() != 0) {
            throw new IOException("tar ended with status " + tar.exitValue());
        }
        Files.writeString(target.resolve(archive.getFileName() + ".sha256"), checksum(archive) + "  " + archive.getFileName() + "\n");
        Image.delete(folder.getParent());
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : Image.files(from)) {
            Path copy = to.resolve(from.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase();
        String machine = System.getProperty("os.arch");
        return (system.startsWith("mac") ? "macos" : system) + "-" + (machine.equals("amd64") || machine.equals("x86_64") ? "x64" : machine);
    }

    private static String checksum(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
