package org.ebb.builtins;

import org.ebb.builtins.LineProfile.Line;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;

/** The module {@code _profile}: the line profile of the running program, as rows. The library's {@code profile} shows them. */
final class ProfileModule {

    private ProfileModule() {}

    static void fill(BuiltinTable table) {
        table.simple("start()", "Measure from now on, and forget what was measured.", b -> {
            if (!profile().start(EbbContext.get(null))) {
                throw Errors.runtimeError("another program of this engine is being measured");
            }
            return EbbNone.NONE;
        });
        table.simple("stop()", "Measure no more.", b -> {
            profile().stop();
            return EbbNone.NONE;
        });
        table.simple("rows()", "A tuple (file, line, text, hits, forward s, backward s, operations, bytes) for each line that ran.", b -> {
            EbbList rows = new EbbList();
            for (Line line : profile().lines()) {
                rows.append(EbbTuple.of(line.source.getName(), (long) line.number, text(line), line.hits, line.forward * 1e-9, line.backward * 1e-9,
                        line.operations, line.bytes));
            }
            return rows;
        });
        table.simple("elapsed()", "The pair of the seconds measured, and those in which no line of a program ran.", b -> {
            LineProfile profile = profile();
            return EbbTuple.of(profile.wall() * 1e-9, profile.elsewhere() * 1e-9);
        });
    }

    private static String text(Line line) {
        return line.source.hasCharacters() ? line.source.getCharacters(line.number).toString().strip() : "";
    }

    private static LineProfile profile() {
        var env = EbbContext.get(null).env();
        var instrument = env.getInstruments().get(ProfileInstrument.ID);
        LineProfile found = instrument == null ? null : env.lookup(instrument, LineProfile.class);
        if (found == null) {
            throw Errors.runtimeError("this program's host does not let it measure itself");
        }
        return found;
    }
}
