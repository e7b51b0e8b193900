package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.io.FileSystem;
import org.graalvm.polyglot.io.IOAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Saved trainings: a file that was cut is refused in one line, and a full disk leaves the file of before. */
class CheckpointsTest {

    private static final String SAVE = """
            import nn, optim
            model = nn.Dense(3, 2)
            optimiser = optim.Adam(model)
            save("%s", {"model": model, "optimiser": optimiser, "epoch": %d, "note": "caf\u00e9"})
            """;

    @TempDir
    Path folder;

    private String run(String program, IOAccess access) {
        var out = new ByteArrayOutputStream();
        try (Context context = Context.newBuilder("ebb").allowIO(access).out(out).currentWorkingDirectory(folder.toAbsolutePath()).build()) {
            context.eval("ebb", program);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.npz", "run.safetensors"})
    void aFileThatWasCutIsRefused(String name) throws IOException {
        run(SAVE.formatted(name, 3), IOAccess.ALL);
        assertEquals("3 caf\u00e9\n", run("kept = load('" + name + "')\nprint(kept['epoch'], kept['note'])", IOAccess.ALL));
        byte[] whole = Files.readAllBytes(folder.resolve(name));
        try (Context context = Context.newBuilder("ebb").allowIO(IOAccess.ALL).currentWorkingDirectory(folder.toAbsolutePath()).build()) {
            for (int length = 0; length < whole.length; length += 1 + whole.length / 40) {
                Files.write(folder.resolve(name), Arrays.copyOf(whole, length));
                var refused = assertThrows(PolyglotException.class, () -> context.eval("ebb", "load('" + name + "')"), "length " + length);
                assertTrue(refused.isGuestException() && refused.getMessage().startsWith("ValueError: " + name + ": "),
                        "length " + length + ": " + refused.getMessage());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.npz", "run.safetensors"})
    void aFullDiskLeavesTheFileOfBefore(String name) throws IOException {
        run(SAVE.formatted(name, 1), IOAccess.ALL);
        byte[] before = Files.readAllBytes(folder.resolve(name));
        for (int room : new int[] {0, 100, 400}) {
            var full = IOAccess.newBuilder().fileSystem(withRoomFor(room)).build();
            var refused = assertThrows(PolyglotException.class, () -> run(SAVE.formatted(name, 2), full));
            assertEquals("OSError: [Errno 28] No space left on device: '" + name + "'", refused.getMessage());
            assertArrayEquals(before, Files.readAllBytes(folder.resolve(name)));
        }
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count(), "nothing is left beside");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"savetxt('table', ones(%d))", "write_csv('table', {'caf\u00e9': list(range(%d))})"})
    void aFullDiskLeavesTheTableOfBefore(String write) throws IOException {
        String imports = "from data import write_csv\n";
        run(imports + write.formatted(2), IOAccess.ALL);
        byte[] before = Files.readAllBytes(folder.resolve("table"));
        for (int room : new int[] {0, 20}) {
            var full = IOAccess.newBuilder().fileSystem(withRoomFor(room)).build();
            var refused = assertThrows(PolyglotException.class, () -> run(imports + write.formatted(50), full));
            assertEquals("OSError: [Errno 28] No space left on device: 'table'", refused.getMessage());
            assertArrayEquals(before, Files.readAllBytes(folder.resolve("table")));
        }
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count(), "nothing is left beside");
        }
    }

    @Test
    void anotherModelIsRefusedBeforeAnythingIsWritten() {
        run(SAVE.formatted("run.npz", 1), IOAccess.ALL);
        String refused = assertThrows(PolyglotException.class,
                () -> run("import nn\nrestore('run.npz', {'model': nn.Dense(3, 4)})", IOAccess.ALL)).getMessage();
        assertEquals("ValueError: restore: run.npz, model: load_state: the state has other shapes than Dense: "
                + "weight (2, 3), not (4, 3); bias (2,), not (4,)", refused);
    }

    /** The default file system on a disk that takes so many bytes more in each file. */
    private static FileSystem withRoomFor(int room) {
        FileSystem real = FileSystem.newDefaultFileSystem();
        return (FileSystem) Proxy.newProxyInstance(FileSystem.class.getClassLoader(), new Class<?>[] {FileSystem.class}, (self, method, arguments) -> {
            try {
                Object result = method.invoke(real, arguments);
                return result instanceof SeekableByteChannel channel && arguments[1].toString().contains("WRITE") ? new Full(channel, room) : result;
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        });
    }

    private static final class Full implements SeekableByteChannel {

        private final SeekableByteChannel channel;
        private int room;

        Full(SeekableByteChannel channel, int room) {
            this.channel = channel;
            this.room = room;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (bytes.remaining() > room) {
                throw new IOException("No space left on device");
            }
            room -= bytes.remaining();
            return channel.write(bytes);
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            return channel.read(bytes);
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public SeekableByteChannel position(long place) throws IOException {
            return channel.position(place);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            return channel.truncate(size);
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
