package org.ebb.builtins;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.ebb.plot.Pictures;
import org.ebb.plot.Spec;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Numbers;

/** The module {@code _plot}: figures, as the library's {@code plot} describes them, drawn into files and for terminals. */
final class PlotModule {

    private static final int LARGEST = 20_000;

    private PlotModule() {}

    static void fill(BuiltinTable table) {
        table.simple("save(path, kind, figures, columns, width, height, scale, /)", "Draw into a file of kind 'png' or 'svg'.", b -> {
            byte[] content = b[1].equals("svg") ? Pictures.svg(figures(b[2]), columns(b[3]), size(b[4]), size(b[5])).getBytes(StandardCharsets.UTF_8)
                    : png(b, 2);
            return FilesModule.write(Args.str(b[0], "a path"), out -> out.write(content));
        });
        table.simple("save_text(path, text, /)", "Write a text.",
                b -> FilesModule.write(Args.str(b[0], "a path"), out -> out.write(Args.str(b[1], "text").getBytes(StandardCharsets.UTF_8))));
        table.simple("base64(figures, columns, width, height, scale, /)", "A PNG file's content as base64.",
                b -> Base64.getEncoder().encodeToString(png(b, 0)));
        table.simple("sixel(figures, columns, width, height, /)", "The figures as sixels.",
                b -> Pictures.sixel(figures(b[0]), columns(b[1]), size(b[2]), size(b[3])));
    }

    private static byte[] png(Object[] b, int first) {
        return Pictures.png(figures(b[first]), columns(b[first + 1]), size(b[first + 2]), size(b[first + 3]), Numbers.requireDouble(b[first + 4]));
    }

    private static List<Spec> figures(Object list) {
        var figures = new ArrayList<Spec>();
        for (Object figure : Iteration.toArray(list)) {
            figures.add(new Spec((EbbDict) figure));
        }
        return figures;
    }

    private static int columns(Object value) {
        return Numbers.requireSmall(value);
    }

    private static int size(Object value) {
        int size = Numbers.requireSmall(value);
        if (size < 50 || size > LARGEST) {
            throw Errors.valueError("plot: a width or height of " + size + "; it must be from 50 to " + LARGEST);
        }
        return size;
    }
}
