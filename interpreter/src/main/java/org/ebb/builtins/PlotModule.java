package org.ebb.builtins;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.ebb.grad.Lineage;
import org.ebb.grad.Listing;
import org.ebb.grad.Place;
import org.ebb.plot.Pictures;
import org.ebb.plot.Spec;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Types;
import org.ebb.tensor.Value;

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
        table.simple("history(y, most, /)", "What y was computed from.", b -> history(b[0], Numbers.requireSmall(b[1])));
        table.simple("sixel(figures, columns, width, height, /)", "The figures as sixels.",
                b -> Pictures.sixel(figures(b[0]), columns(b[1]), size(b[2]), size(b[3])));
    }

    /** What {@code graph} draws: the number of entries left out, then a tuple for each of the others, the latest first. */
    private static EbbTuple history(Object y, int most) {
        EbbContext context = EbbContext.get(null);
        if (!(y instanceof Value value) || !context.gradients().isTracked(value)) {
            throw Errors.of(Types.GRAD_ERROR, "graph: the value has no history; why_no_grad(y) names the statement that took it away");
        }
        Place used = Lineage.usedUpBy(context.tape(), value);
        if (used != null) {
            throw Errors.of(Types.GRAD_ERROR, "graph: what was recorded for the value was used up by the backward at " + used.where()
                    + "; draw it before, or give backward `retain_graph=True`");
        }
        long[] before = new long[1];
        var entries = new EbbList();
        for (Listing.Entry entry : Listing.history(context.tape(), value, most, before)) {
            var parents = new EbbList();
            entry.parents().forEach(parents::append);
            Place place = entry.place();
            entries.append(EbbTuple.of(entry.id(), entry.op(), place == null ? "" : place.where(), place == null ? "" : place.text(), parents, entry.result()));
        }
        return EbbTuple.of(before[0], entries);
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
