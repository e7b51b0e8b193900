package org.ebb.builtins;

import com.oracle.truffle.api.TruffleFile;
import java.io.IOException;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbModule;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Terminal;
import org.ebb.runtime.Types;

/** The modules os and os.path, as far as text programs need them. Files go through the context, which may refuse. */
final class OsModule {

    private OsModule() {}

    private static String path(Object value) {
        return Args.str(value, "path");
    }

    private static TruffleFile file(Object value) {
        try {
            return EbbContext.get(null).env().getPublicTruffleFile(path(value));
        } catch (SecurityException refused) {
            throw Errors.noFiles(path(value));
        }
    }

    /** A question about a file; one that the context does not show is not there. */
    private static boolean ask(Object path, java.util.function.Predicate<TruffleFile> question) {
        try {
            return question.test(file(path));
        } catch (SecurityException hidden) {
            return false;
        }
    }

    static void fillPath(BuiltinTable table) {
        table.constant("sep", "/");
        table.simple("join(path, *paths)", "Parts of a path joined by slashes.", b -> {
            String joined = path(b[0]);
            for (Object part : (Object[]) b[1]) {
                String next = path(part);
                joined = next.startsWith("/") ? next : joined.isEmpty() || joined.endsWith("/") ? joined + next : joined + "/" + next;
            }
            return joined;
        });
        table.simple("basename(path, /)", "What follows the last slash.", b -> path(b[0]).substring(path(b[0]).lastIndexOf('/') + 1));
        table.simple("dirname(path, /)", "What is before the last slash.", b -> directory(path(b[0])));
        table.simple("split(path, /)", "dirname and basename.",
                b -> new EbbTuple(directory(path(b[0])), path(b[0]).substring(path(b[0]).lastIndexOf('/') + 1)));
        table.simple("splitext(path, /)", "The path without its extension, and the extension.", b -> {
            String path = path(b[0]);
            int name = path.lastIndexOf('/') + 1;
            while (name < path.length() && path.charAt(name) == '.') {
                name++;
            }
            int dot = path.lastIndexOf('.');
            return dot >= name && dot > 0 ? new EbbTuple(path.substring(0, dot), path.substring(dot)) : new EbbTuple(path, "");
        });
        table.simple("exists(path, /)", "True if there is such a file.", b -> ask(b[0], TruffleFile::exists));
        table.simple("isfile(path, /)", "True if it is a regular file.", b -> ask(b[0], TruffleFile::isRegularFile));
        table.simple("isdir(path, /)", "True if it is a directory.", b -> ask(b[0], TruffleFile::isDirectory));
        table.simple("isabs(path, /)", "True if the path starts at the root.", b -> path(b[0]).startsWith("/"));
        table.simple("abspath(path, /)", "The path from the root.", b -> file(b[0]).getAbsoluteFile().normalize().getPath());
        table.simple("realpath(path, /)", "The path from the root.", b -> file(b[0]).getAbsoluteFile().normalize().getPath());
        table.simple("normpath(path, /)", "The path without detours.", b -> {
            String plain = java.nio.file.Path.of(path(b[0])).normalize().toString();
            return plain.isEmpty() ? "." : plain;
        });
        table.simple("getsize(path, /)", "The size of a file in bytes.", b -> {
            try {
                return file(b[0]).size();
            } catch (IOException absent) {
                throw Errors.fileNotFound(path(b[0]));
            }
        });
        table.simple("expanduser(path, /)", "The path itself: Ebb does not know the user.", b -> path(b[0]));
    }

    private static String directory(String path) {
        int slash = path.lastIndexOf('/');
        String head = path.substring(0, slash + 1);
        String trimmed = head.replaceAll("/+$", "");
        return trimmed.isEmpty() ? head : trimmed;
    }

    static void fill(BuiltinTable table) {
        table.constant("sep", "/").constant("linesep", "\n").constant("name", "posix").constant("pardir", "..").constant("curdir", ".");
        var path = new EbbModule("os.path");
        fillPath(BuiltinTable.of(path));
        table.constant("path", path);
        table.constant("environ", environment());
        table.simple("_terminal_size()", "Columns and lines of the terminal of standard input and output, or None where there is none.", b -> {
            int[] size = Terminal.size();
            return size == null ? EbbNone.NONE : new EbbTuple((long) size[0], (long) size[1]);
        });
        table.simple("getcwd()", "The working directory.", b -> EbbContext.get(null).env().getCurrentWorkingDirectory().getPath());
        table.simple("getenv(key, default=None)", "A variable of the environment, or default.", b -> {
            Object value = environment().get(b[0]);
            return value == null ? b[1] : value;
        });
        table.simple("listdir(path='.')", "The names in a directory.", b -> {
            try {
                var names = new EbbList();
                for (TruffleFile each : file(b[0]).list()) {
                    names.append(each.getName());
                }
                return names;
            } catch (IOException absent) {
                throw Errors.fileNotFound(path(b[0]));
            } catch (SecurityException refused) {
                throw Errors.noFiles(path(b[0]));
            }
        });
        change(table, "mkdir(path, mode=511)", "Make a directory.", TruffleFile::createDirectory);
        change(table, "makedirs(path, mode=511, exist_ok=False)", "Make a directory and those above it.", TruffleFile::createDirectories);
        change(table, "remove(path)", "Delete a file.", TruffleFile::delete);
        change(table, "unlink(path)", "Delete a file.", TruffleFile::delete);
        change(table, "rmdir(path)", "Delete an empty directory.", TruffleFile::delete);
    }

    private interface Change {
        void apply(TruffleFile file) throws IOException;
    }

    private static void change(BuiltinTable table, String signature, String doc, Change change) {
        table.simple(signature, doc, b -> {
            try {
                change.apply(file(b[0]));
                return EbbNone.NONE;
            } catch (java.nio.file.NoSuchFileException absent) {
                throw Errors.fileNotFound(path(b[0]));
            } catch (java.nio.file.FileAlreadyExistsException there) {
                throw Errors.osError(Types.FILE_EXISTS_ERROR, 17, "File exists", path(b[0]));
            } catch (IOException refused) {
                throw Errors.osError(Types.OS_ERROR, 5, "Input/output error", path(b[0]));
            } catch (SecurityException refused) {
                throw Errors.noFiles(path(b[0]));
            }
        });
    }

    /** What the host lets the context see of the environment. */
    private static EbbDict environment() {
        var all = new EbbDict();
        EbbContext.get(null).env().getEnvironment().forEach(all::put);
        return all;
    }
}
