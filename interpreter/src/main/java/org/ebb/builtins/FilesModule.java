package org.ebb.builtins;

import com.oracle.truffle.api.TruffleFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.ebb.file.Npy;
import org.ebb.file.Npz;
import org.ebb.file.Safetensors;
import org.ebb.lib.Library;
import org.ebb.kernel.Poll;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbBytes;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbException;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Tensors;
import org.ebb.runtime.Types;
import org.ebb.tensor.Tensor;

/**
 * The module {@code _files}: tensors in files of other programs, through the context's own file system, which may refuse. A file
 * is written under another name first and then put in place, so that whoever reads sees the old one or the new one whole.
 */
final class FilesModule {

    private FilesModule() {}

    static void fill(BuiltinTable table) {
        table.simple("kind(path, /)", "'npy', 'npz' or 'safetensors', by how the file begins; None for others.",
                b -> read(path(b[0]), (in, size) -> kind(in.readNBytes(16))));
        table.simple("load_npy(path, /)", "The tensor of a .npy file.", b -> read(path(b[0]), (in, size) -> Npy.read(path(b[0]), in, size)));
        table.simple("load_npz(path, /)", "The tensors of a .npz file by name.",
                b -> read(path(b[0]), (in, size) -> dict(Npz.read(path(b[0]), in, size))));
        table.simple("load_safetensors(path, /)", "The pair of tensors by name and texts by name.", b -> read(path(b[0]), (in, size) -> {
            var contents = Safetensors.read(path(b[0]), in, size);
            return new EbbTuple(dict(contents.tensors()), dict(contents.metadata()));
        }));
        table.simple("bundled(name, /)", "The tensors of a data set that comes with the library.", b -> {
            String name = Args.str(b[0], "the name of a data set");
            byte[] bytes = Library.dataSet(name).orElseThrow(() -> Errors.valueError("there is no data set " + name));
            try {
                return dict(Npz.read(name, new ByteArrayInputStream(bytes), bytes.length));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
        table.simple("save_npy(path, x, /)", "Write a tensor.", b -> {
            Tensor x = Tensors.tensor(b[1], "save");
            return write(path(b[0]), out -> Npy.write(x, out));
        });
        table.simple("save_bytes(path, bytes, /)", "Write bytes.", b -> {
            byte[] bytes = ((EbbBytes) b[1]).toArray();
            return write(path(b[0]), out -> out.write(bytes));
        });
        table.simple("save_npz(path, tensors, compressed, /)", "Write a dict of tensors.",
                b -> {
                    Map<String, Tensor> all = tensors(b[1]);
                    return write(path(b[0]), out -> Npz.write(all, (Boolean) b[2], out));
                });
        table.simple("save_safetensors(path, tensors, metadata, /)", "Write a dict of tensors, and a dict of texts.", b -> {
            var texts = new LinkedHashMap<String, String>();
            for (Object key : Iteration.toArray(b[2])) {
                texts.put(Args.str(key, "save_safetensors: a name in metadata"), Args.str(((EbbDict) b[2]).get(key), "save_safetensors: metadata"));
            }
            Map<String, Tensor> all = tensors(b[1]);
            return write(path(b[0]), out -> Safetensors.write(all, texts, out));
        });
    }

    private static Object kind(byte[] start) {
        if (start.length > 5 && (start[0] & 0xff) == 0x93 && start[1] == 'N') {
            return "npy";
        }
        if (start.length > 3 && start[0] == 'P' && start[1] == 'K') {
            return "npz";
        }
        return start.length > 8 && start[8] == '{' ? "safetensors" : EbbNone.NONE;
    }

    private static String path(Object value) {
        return Args.str(value, "a path");
    }

    private static EbbDict dict(Map<String, ?> values) {
        var dict = new EbbDict();
        values.forEach(dict::put);
        return dict;
    }

    private static Map<String, Tensor> tensors(Object value) {
        var tensors = new LinkedHashMap<String, Tensor>();
        var dict = (EbbDict) value;
        for (Object key : Iteration.toArray(dict)) {
            String name = Args.str(key, "a name of a saved tensor");
            tensors.put(name, Tensors.tensor(dict.get(key), name));
        }
        return tensors;
    }

    private interface Reader {
        Object read(InputStream in, long size) throws IOException;
    }

    interface Writer {
        void write(OutputStream out) throws IOException;
    }

    private static TruffleFile file(String path) {
        try {
            return EbbContext.get(null).env().getPublicTruffleFile(path);
        } catch (UnsupportedOperationException | IllegalArgumentException wrong) {
            throw Errors.osError(Types.OS_ERROR, 22, "Invalid argument", path);
        }
    }

    private static Object read(String path, Reader reader) {
        try {
            TruffleFile file = file(path);
            if (file.isDirectory()) {
                throw Errors.osError(Types.IS_A_DIRECTORY_ERROR, 21, "Is a directory", path);
            }
            try (var in = new BufferedInputStream(new Read(file.newInputStream()), 1 << 16)) {
                return reader.read(in, file.size());
            }
        } catch (IOException refusal) {
            throw error(refusal, path);
        } catch (SecurityException refusal) {
            throw Errors.noFiles(path);
        }
    }

    static Object write(String path, Writer writer) {
        try {
            TruffleFile file = file(path);
            if (file.isDirectory()) {
                throw Errors.osError(Types.IS_A_DIRECTORY_ERROR, 21, "Is a directory", path);
            }
            if (file.exists() && !file.isRegularFile()) { // a pipe or a terminal holds nothing that could be lost
                try (var out = new BufferedOutputStream(new Written(file.newOutputStream()))) {
                    writer.write(out);
                }
                return EbbNone.NONE;
            }
            String mark = Long.toHexString(ThreadLocalRandom.current().nextLong());
            TruffleFile aside = file.getAbsoluteFile().resolveSibling("." + file.getName() + "." + mark + ".tmp");
            boolean done = false;
            try {
                try (var out = new BufferedOutputStream(new Written(
                        aside.newOutputStream(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)), 1 << 16)) {
                    writer.write(out);
                }
                aside.move(file.getAbsoluteFile(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                done = true;
            } finally {
                if (!done && aside.exists()) {
                    aside.delete();
                }
            }
            return EbbNone.NONE;
        } catch (IOException refusal) {
            throw error(refusal, path);
        } catch (SecurityException refusal) {
            throw Errors.noFiles(path);
        }
    }

    private static EbbException error(IOException refusal, String path) {
        if (refusal instanceof ClosedByInterruptException) {
            Poll.now(); // the host's interruption closed the file: that is the end to tell of
        }
        return switch (refusal) {
            case NoSuchFileException missing -> Errors.fileNotFound(path);
            case AccessDeniedException denied -> Errors.osError(Types.PERMISSION_ERROR, 13, "Permission denied", path);
            case IOException full when full.getMessage() != null && full.getMessage().contains("No space left") ->
                    Errors.osError(Types.OS_ERROR, 28, "No space left on device", path);
            default -> Errors.osError(Types.OS_ERROR, 5, "Input/output error", path);
        };
    }

    /** Looks up before each block: what reads the elements knows nothing of programs. */
    private static final class Read extends FilterInputStream {
        Read(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            Poll.now();
            return super.read(bytes, from, count);
        }
    }

    private static final class Written extends FilterOutputStream {
        Written(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            Poll.now();
            out.write(bytes, from, count);
        }
    }
}
