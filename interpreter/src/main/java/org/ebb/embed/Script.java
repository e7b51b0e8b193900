package org.ebb.embed;

import java.util.Objects;
import org.ebb.embed.EbbException.Kind;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/**
 * A text that was compiled once. It has global names of its own, for each thread; it is run again for each thread that first needs it, and
 * after a call that ran into the limit of steps.
 */
public final class Script {

    private final Ebb ebb;
    private final Source source;

    Script(Ebb ebb, String name, String text) {
        this.ebb = ebb;
        this.source = Source.newBuilder("ebb", text, name).option("ebb.OwnModule", "true").buildLiteral();
        Program program = ebb.program();
        program.run(() -> program.module(this));
    }

    Source source() {
        return source;
    }

    Ebb ebb() {
        return ebb;
    }

    /**
     * A function of the script that takes floats: as many as it has parameters without a default.
     *
     * @throws EbbException where the script has no function of that name
     */
    public DifferentiableFunction function(String name) {
        return new DifferentiableFunction(this, name, -1, false);
    }

    /** A function of the script that is called with so many floats. */
    public DifferentiableFunction function(String name, int inputs) {
        return new DifferentiableFunction(this, name, natural(inputs), false);
    }

    /** A function of the script that takes one float64 tensor of so many elements: better than many floats from some ten inputs on. */
    public DifferentiableFunction vectorFunction(String name, int inputs) {
        return new DifferentiableFunction(this, name, natural(inputs), true);
    }

    private static int natural(int inputs) {
        if (inputs < 1) {
            throw new IllegalArgumentException("a function of " + inputs + " inputs has nothing to differentiate");
        }
        return inputs;
    }

    /**
     * Calls a function of the script with data and gives back data: null, Boolean, Long, Double, BigInteger, String, List, Map, and for a
     * tensor double[], double[][] or a list of such. Arguments are the same, and arrays of numbers; those are lists in the script, and
     * {@code tensor(them)} a tensor.
     *
     * <pre>{@code ebb.compile("def greet(who):\n    return 'Good day, ' + who").call("greet", "Ada")   // "Good day, Ada" }</pre>
     */
    public Object call(String name, Object... arguments) {
        Program program = ebb.program();
        return program.run(() -> Data.of(find(program, name).execute(arguments)));
    }

    /** The value of a global name of the script, as data; null where there is none. */
    public Object get(String name) {
        Program program = ebb.program();
        return program.run(() -> Data.of(program.module(this).getMember(Objects.requireNonNull(name, "name"))));
    }

    /** To be called while the program runs. */
    Value find(Program program, String name) {
        Value found = program.module(this).getMember(Objects.requireNonNull(name, "name"));
        if (found == null || !found.canExecute()) {
            throw new EbbException(Kind.SCRIPT, "the script has no function '" + name + "'", source);
        }
        return found;
    }
}
