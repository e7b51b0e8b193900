package org.ebb.builtins;

import com.oracle.truffle.api.instrumentation.Instrumenter;
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
        LineProfile profile = profile(EbbContext.get(null));
        table.simple("start()", "Measure from now on, and forget what was measured.", b -> {
            profile.start();
            return EbbNone.NONE;
        });
        table.simple("stop()", "Measure no more.", b -> {
            profile.stop();
            return EbbNone.NONE;
        });
        table.simple("rows()", "A tuple (file, line, text, hits, forward s, backward s, operations, bytes) for each line that ran.", b -> {
            EbbList rows = new EbbList();
            for (Line line : profile.lines()) {
                rows.append(EbbTuple.of(line.source.getName(), (long) line.number, text(line), line.hits, line.forward * 1e-9, line.backward * 1e-9,
                        line.operations, line.bytes));
            }
            return rows;
        });
        table.simple("elapsed()", "The pair of the seconds measured, and those in which no line of a program ran.",
                b -> EbbTuple.of(profile.wall() * 1e-9, profile.elsewhere() * 1e-9));
    }

    private static String text(Line line) {
        return line.source.hasCharacters() ? line.source.getCharacters(line.number).toString().strip() : "";
    }

    private static LineProfile profile(EbbContext context) {
        var instrument = context.env().getInstruments().get(ProfileInstrument.ID);
        Instrumenter found = instrument == null ? null : context.env().lookup(instrument, Instrumenter.class);
        if (found == null) {
            throw Errors.runtimeError("this program's host does not let it measure itself");
        }
        return new LineProfile(found, context);
    }
}
