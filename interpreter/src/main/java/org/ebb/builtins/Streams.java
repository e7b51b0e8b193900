package org.ebb.builtins;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Calls;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbFile;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Text;
import org.ebb.runtime.Truth;
import org.ebb.runtime.Types;

/** Builtin functions that read and write: print, input, open. */
final class Streams {

    private Streams() {}

    static void fill(BuiltinTable table) {
        table.simple("print(*args, sep=None, end=None, file=None, flush=False)", "Write the texts of values.", b -> {
            Object[] values = (Object[]) b[0];
            String separator = Args.absent(b[1]) ? " " : separator(b[1], "sep");
            String end = Args.absent(b[2]) ? "\n" : separator(b[2], "end");
            var text = new StringBuilder();
            for (int i = 0; i < values.length; i++) {
                text.append(i == 0 ? "" : separator).append(Text.str(values[i]));
            }
            write(b[3], text.append(end).toString());
            if (Truth.of(b[4])) {
                flush(b[3]);
            }
            return EbbNone.NONE;
        });
        table.simple("input(prompt=?, /)", "Read a line from standard input.", b -> {
            if (b[0] != null) {
                print(Text.str(b[0]));
            }
            flush(EbbNone.NONE);
            String line = EbbFile.standardInput().readLine();
            if (line.isEmpty()) {
                throw Errors.eofError("EOF when reading a line");
            }
            return line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
        });
        table.simple("open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None)", "Open a text file.",
                b -> EbbFile.open(Args.str(b[0], "open() argument 'file'"), Args.str(b[1], "open() argument 'mode'"), b[3]));
    }

    private static String separator(Object value, String name) {
        if (EbbObject.unwrap(value) instanceof String s) {
            return s;
        }
        throw Errors.typeError(name + " must be None or a string, not " + Types.name(value));
    }

    /** Writes to the program's standard output, wherever it may have turned it. */
    @TruffleBoundary
    static void print(String text) {
        write(EbbNone.NONE, text);
    }

    /** None where the program has set standard output to None: then nothing is written. */
    private static Object target(Object file) {
        if (file != EbbNone.NONE) {
            return file;
        }
        var sys = EbbContext.get(null).sys;
        Object turned = sys == null ? null : sys.get("stdout");
        return turned == null ? EbbFile.standardOutput() : turned;
    }

    private static void write(Object file, String text) {
        Object target = target(file);
        if (target instanceof EbbFile own) {
            own.write(text);
        } else if (target != EbbNone.NONE) {
            Calls.callMethod(target, "write", text);
        }
    }

    private static void flush(Object file) {
        Object target = target(file);
        if (target instanceof EbbFile own) {
            own.flush();
        } else if (target != EbbNone.NONE) {
            Calls.callMethod(target, "flush");
        }
    }
}
