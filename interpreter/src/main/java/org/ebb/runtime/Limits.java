package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RootNode;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Future;
import org.ebb.kernel.Poll;

/**
 * How many steps and how much time one evaluation may take: all that happens from a host's call until it returns. Every evaluation has the
 * whole of it. A step is what a program can do for ever: a turn of a loop, a call of a function, or a look-up of long work in the library.
 *
 * <p>A program cannot catch the end that a limit makes; what it wrote to clean up runs, as far as it takes no further step and a tenth of a second.
 */
public final class Limits {

    /** Who cleans up longer than so many times a {@link #GRACE} has no more chance to: that would be a way to run for ever. */
    private static final int PATIENCE = 20;
    static final long GRACE = 100_000_000;

    private final EbbContext context;
    private final long steps;
    private final long nanos;

    /** How many steps the evaluation has left; below 0 once it asked for more. */
    private long left;

    /** When the evaluation, if one runs, must have ended. */
    private volatile long deadline;
    private int ended;

    /** 0 is any number, or any time. */
    public Limits(EbbContext context, long steps, Duration time) {
        this.context = context;
        this.steps = steps == 0 ? Long.MAX_VALUE : steps;
        this.nanos = time.toNanos();
        if (steps != 0) {
            Poll.chargeBy(Limits::charge);
        }
    }

    /** To be called where a function of the program begins: the outermost begins an evaluation. */
    public void enter() {
        if (context.depth == 1) {
            left = steps;
            ended = 0;
            if (nanos != 0) {
                deadline = System.nanoTime() + nanos;
            }
        }
    }

    /** The node takes a step. */
    public void step(Node node) {
        if (--left < 0) {
            CompilerDirectives.transferToInterpreter();
            throw tooManySteps(node);
        }
    }

    /** Work of the library counts too; it has no node. */
    private static void charge(int steps) {
        Limits own = EbbContext.get(null).limits;
        if (own != null && own.context.depth > 0) { // what a host has read is no evaluation yet
            own.left = Math.max(-1, own.left - steps);
            if (own.left < 0) {
                throw own.tooManySteps(null);
            }
        }
    }

    private EbbException tooManySteps(Node node) {
        return limit(String.format(Locale.ROOT, "the program took more than the %,d steps it may", steps), node);
    }

    @TruffleBoundary
    private EbbException limit(String message, Node node) {
        EbbException end = Errors.of(Types.LIMIT_ERROR, message);
        // In the library, and where a function ends, the engine names a node of its own or none: then the program's node around it adds its place.
        return node == null || node instanceof RootNode || node.getEncapsulatingSourceSection() == null ? end : end.at(node);
    }

    /** Whether an evaluation runs longer than it may. Asked by {@link Clock}. */
    boolean isLate(long now) {
        return nanos != 0 && context.depth > 0 && now - deadline > 0;
    }

    /** Whether the program was told to end so often that it runs nothing more on its way out. */
    boolean isHopeless() {
        return ended > PATIENCE;
    }

    /** Ends the evaluation where it next looks up. */
    Future<Void> end() {
        long late = deadline;
        return context.env().submitThreadLocal(null, new ThreadLocalAction(true, false) {
            @Override
            protected void perform(Access access) {
                if (deadline == late && context.depth > 0) { // else that evaluation has ended meanwhile
                    end(access.getLocation());
                }
            }
        });
    }

    private void end(Node at) {
        ended++;
        throw limit("the program ran longer than the " + text() + " it may", at);
    }

    private String text() {
        return nanos % 1_000_000_000 == 0 ? nanos / 1_000_000_000 + " s" : nanos % 1_000_000 == 0 && nanos < 1_000_000_000 ? nanos / 1_000_000 + " ms"
                : nanos / 1e9 + " s";
    }
}
