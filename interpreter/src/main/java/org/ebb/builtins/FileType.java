package org.ebb.builtins;

import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbFile;
import org.ebb.runtime.EbbIterator;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Terminal;

/** The type of text files and standard streams. */
final class FileType {

    private FileType() {}

    static void fill(BuiltinTable table) {
        table.simple("read(self, size=None, /)", "So many characters, or the rest of the file.", b -> self(b).read(Args.index(b[1], -1)));
        table.simple("readline(self, size=-1, /)", "The next line with its end, or so many characters of it; empty at the end of the file.",
                b -> self(b).readLine(Args.index(b[1], -1)));
        table.simple("readlines(self, /)", "All lines that are left.", b -> {
            var lines = new EbbList();
            for (Object line = self(b).next(); line != EbbIterator.END; line = self(b).next()) {
                lines.append(line);
            }
            return lines;
        });
        table.simple("write(self, text, /)", "Write a string; returns how many characters it has.",
                b -> self(b).write(Args.str(b[1], "write() argument")));
        table.simple("writelines(self, lines, /)", "Write several strings.", b -> {
            for (Object line : Iteration.toArray(b[1])) {
                self(b).write(Args.str(line, "write() argument"));
            }
            return EbbNone.NONE;
        });
        table.simple("flush(self, /)", "Write out what is held back.", b -> {
            self(b).flush();
            return EbbNone.NONE;
        });
        table.simple("close(self, /)", "Flush and close.", b -> {
            self(b).close();
            return EbbNone.NONE;
        });
        table.simple("isatty(self, /)", "True for a standard stream of a program whose input and output are a terminal.",
                b -> self(b).isStandard() && Terminal.isThere());
        table.simple("readable(self, /)", "True if it can be read.", b -> self(b).mode.startsWith("r"));
        table.simple("writable(self, /)", "True if it can be written.", b -> !self(b).mode.startsWith("r"));
        table.simple("__enter__(self, /)", "The file itself.", b -> self(b));
        table.simple("__exit__(self, *args)", "Close the file.", b -> {
            self(b).close();
            return EbbNone.NONE;
        });
        table.simple("__repr__(self, /)", "repr(self)", b -> "<_io.TextIOWrapper name='" + self(b).name + "' mode='" + self(b).mode
                + "' encoding='UTF-8'>");
        table.property("closed", "True after close().", b -> self(b).isClosed());
        table.property("name", "The path it was opened with.", b -> self(b).name);
        table.property("mode", "The mode it was opened with.", b -> self(b).mode);
        table.property("encoding", "UTF-8.", b -> "UTF-8");
    }

    private static EbbFile self(Object[] b) {
        return (EbbFile) b[0];
    }
}
