package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.ebb.kernel.Glance;
import org.ebb.kernel.Memory;
import org.ebb.kernel.Poll;

/** A text file or standard stream. Text is UTF-8; lines end in {@code \n} on both sides. An iterator over its lines. */
public final class EbbFile extends EbbIterator {

    /** Long texts are written and read so many characters at a time, with a look up between. */
    private static final int PART = 1 << 20;

    public final String name;
    public final String mode;
    private InputStream in;
    private OutputStream out;
    private boolean closed;

    /** One byte taken too far when looking for the end of a line; -1 when there is none. */
    private int ahead = -1;

    /** Over all calls: many short lines are long work too. */
    private final Glance glance = new Glance();

    /** Bytes that are read, and counted before there is room for more of them. */
    private static final class Taken {
        private byte[] bytes = new byte[128];
        private int count;

        void add(int b) {
            if (count == bytes.length) {
                int most = Integer.MAX_VALUE - 8;
                if (count == most) {
                    throw Errors.tooLong("string", most + 1L);
                }
                int wanted = count > most / 2 ? most : 2 * count;
                Memory.claim(wanted);
                bytes = Arrays.copyOf(bytes, wanted);
            }
            bytes[count++] = (byte) b;
        }
    }

    private EbbFile(String name, String mode, InputStream in, OutputStream out) {
        this.name = name;
        this.mode = mode;
        this.in = in;
        this.out = out;
    }

    public static EbbFile standardOutput() {
        var context = EbbContext.get(null);
        return context.stream(1, () -> new EbbFile("<stdout>", "w", null, context.out()));
    }

    public static EbbFile standardError() {
        var context = EbbContext.get(null);
        return context.stream(2, () -> new EbbFile("<stderr>", "w", null, context.err()));
    }

    public static EbbFile standardInput() {
        var context = EbbContext.get(null);
        return context.stream(0, () -> new EbbFile("<stdin>", "r", context.in(), null));
    }

    /** One of the program's three standard streams. */
    public boolean isStandard() {
        return List.of("<stdin>", "<stdout>", "<stderr>").contains(name);
    }

    /** {@code open(path, mode)} through the context's file system, which may refuse. */
    @TruffleBoundary
    public static EbbFile open(String path, String mode, Object encoding) {
        String kind = mode.replace("t", "");
        if (kind.contains("b")) {
            throw Errors.notImplemented("binary files are not part of Ebb");
        }
        if (kind.contains("+")) {
            throw Errors.notImplemented("files that are read and written at once (mode '" + mode + "')");
        }
        if (kind.length() != 1 || "rwax".indexOf(kind) < 0) {
            throw Errors.valueError("invalid mode: '" + mode + "'");
        }
        if (encoding instanceof String s && !s.toLowerCase(java.util.Locale.ROOT).replace("-", "").replace("_", "").matches("utf8|ascii|usascii")) {
            throw Errors.notImplemented("encoding '" + s + "': Ebb reads and writes UTF-8");
        }
        var context = EbbContext.get(null);
        try {
            TruffleFile file = context.env().getPublicTruffleFile(path);
            if (file.isDirectory()) {
                throw Errors.osError(Types.IS_A_DIRECTORY_ERROR, 21, "Is a directory", path);
            }
            EbbFile opened = switch (kind.charAt(0)) {
                case 'w' -> new EbbFile(path, mode, null, new BufferedOutputStream(file.newOutputStream(StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)));
                case 'a' -> new EbbFile(path, mode, null,
                        new BufferedOutputStream(file.newOutputStream(StandardOpenOption.CREATE, StandardOpenOption.APPEND)));
                case 'x' -> new EbbFile(path, mode, null,
                        new BufferedOutputStream(file.newOutputStream(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)));
                default -> new EbbFile(path, mode, new java.io.BufferedInputStream(file.newInputStream()), null);
            };
            context.openFiles().add(opened);
            return opened;
        } catch (IOException refusal) {
            throw error(refusal, path);
        } catch (SecurityException refusal) {
            throw Errors.noFiles(path);
        } catch (UnsupportedOperationException | IllegalArgumentException wrong) {
            throw Errors.osError(Types.OS_ERROR, 22, "Invalid argument", path);
        }
    }

    private static EbbException error(IOException refusal, String path) {
        if (refusal instanceof ClosedByInterruptException) {
            Poll.now(); // the host's interruption closed the file: that is the end to tell of
        }
        return switch (refusal) {
            case NoSuchFileException missing -> Errors.fileNotFound(path);
            case FileAlreadyExistsException there -> Errors.osError(Types.FILE_EXISTS_ERROR, 17, "File exists", path);
            case AccessDeniedException denied -> Errors.osError(Types.PERMISSION_ERROR, 13, "Permission denied", path);
            case IOException full when "No space left on device".equals(full.getMessage()) -> Errors.osError(Types.OS_ERROR, 28,
                    "No space left on device", path);
            case IOException gone when "Broken pipe".equals(gone.getMessage()) -> Errors.osError(Types.BROKEN_PIPE_ERROR, 32,
                    "Broken pipe", null);
            default -> Errors.osError(Types.OS_ERROR, 5, "Input/output error", path);
        };
    }

    @Override
    public String typeName() {
        return "_io.TextIOWrapper";
    }

    public boolean isClosed() {
        return closed;
    }

    private InputStream reader() {
        if (closed) {
            throw Errors.valueError("I/O operation on closed file.");
        }
        if (in == null) {
            throw Errors.osError(Types.OS_ERROR, 9, "not readable", null);
        }
        return in;
    }

    private OutputStream writer() {
        if (closed) {
            throw Errors.valueError("I/O operation on closed file.");
        }
        if (out == null) {
            throw Errors.osError(Types.OS_ERROR, 9, "not writable", null);
        }
        return out;
    }

    /** How many characters were written. */
    @TruffleBoundary
    public long write(String text) {
        try {
            for (int from = 0; from < text.length() || from == 0; ) {
                int to = Math.min(text.length(), from + PART);
                to -= to > from && to < text.length() && Character.isLowSurrogate(text.charAt(to)) ? 1 : 0;
                writer().write(text.substring(from, to).getBytes(StandardCharsets.UTF_8));
                if (to == text.length()) {
                    break;
                }
                from = to;
                Poll.now();
            }
            glance.steps(text.length());
            return Strings.length(text);
        } catch (IOException broken) {
            throw error(broken, name);
        }
    }

    @TruffleBoundary
    public void flush() {
        try {
            if (out != null && !closed) {
                out.flush();
            }
        } catch (IOException broken) {
            throw error(broken, name);
        }
    }

    /** The next line with its end; empty at the end of the file. */
    @TruffleBoundary
    public String readLine() {
        return readLine(-1);
    }

    /** The next line, or so many characters of it where the count is not negative. */
    @TruffleBoundary
    public String readLine(int count) {
        try {
            var taken = new Taken();
            for (int n = 0; n != count; n++) {
                glance.step();
                int c = take();
                if (c < 0) {
                    break;
                }
                taken.add(c);
                for (int more = followers(c); more > 0; more--) {
                    taken.add(take());
                }
                if (c == '\n') {
                    break;
                }
            }
            return text(taken);
        } catch (IOException broken) {
            throw error(broken, name);
        }
    }

    /** One byte, with the ends of lines made one. */
    private int take() throws IOException {
        int c = ahead >= 0 ? ahead : reader().read();
        ahead = -1;
        if (c != '\r') {
            return c;
        }
        int next = reader().read();
        ahead = next == '\n' ? -1 : next;
        return '\n';
    }

    /** So many characters, or all that is left where the count is negative. */
    @TruffleBoundary
    public String read(int count) {
        try {
            if (count < 0) {
                var taken = new Taken();
                for (int c = take(); c >= 0; c = take()) {
                    glance.step();
                    taken.add(c);
                }
                return text(taken);
            }
            var taken = new Taken();
            for (int n = 0; n < count; n++) {
                glance.step();
                int c = take();
                if (c < 0) {
                    break;
                }
                taken.add(c);
                for (int more = followers(c); more > 0; more--) {
                    taken.add(take());
                }
            }
            return text(taken);
        } catch (IOException broken) {
            throw error(broken, name);
        }
    }

    /** How many bytes of UTF-8 follow a first one. */
    private static int followers(int first) {
        return first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
    }

    private static String text(Taken taken) throws CharacterCodingException {
        try {
            var in = ByteBuffer.wrap(taken.bytes, 0, taken.count);
            Memory.claim(taken.count);
            var decoder = StandardCharsets.UTF_8.newDecoder();
            if (taken.count <= PART) {
                return Strings.held(decoder.decode(in).toString());
            }
            var text = new StringBuilder(taken.count);
            var part = CharBuffer.allocate(PART);
            CoderResult result;
            do {
                Poll.now();
                result = decoder.decode(in, part, true);
                if (result.isError()) {
                    result.throwException();
                }
                text.append(part.flip());
                part.clear();
            } while (result.isOverflow());
            return Strings.held(text.toString());
        } catch (CharacterCodingException wrong) {
            throw Errors.unicodeError("'utf-8' codec can't decode the file: it holds bytes that are no UTF-8 text");
        }
    }

    @Override
    public Object next() {
        String line = readLine();
        return line.isEmpty() ? END : line;
    }

    @TruffleBoundary
    public void close() {
        if (closed) {
            return;
        }
        flush();
        closed = true;
        try {
            if (in != null) {
                in.close();
            }
            if (out != null) {
                out.close();
            }
        } catch (IOException broken) {
            throw error(broken, name);
        }
        EbbContext.get(null).openFiles().remove(this);
    }
}
