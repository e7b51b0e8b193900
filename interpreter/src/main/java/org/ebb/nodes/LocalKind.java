package org.ebb.nodes;

import com.oracle.truffle.api.Assumption;
import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;

/**
 * What a local variable has held so far, shared by the nodes that write it: ints only, floats only, recorded floats, or anything. It
 * only ever widens. Compiled code takes it as a constant: asked for at every write, it was a quarter of the code of a loop over floats.
 */
public final class LocalKind {

    private static final int NOTHING = 0;
    private static final int LONG = 1;
    private static final int DOUBLE = 2;
    private static final int OBJECT = 3;

    /**
     * A variable that has held a recorded float holds every float in that form: one that holds now one and now the other would make
     * compiled code put both on the heap wherever ways join.
     */
    private static final int ACTIVE = 4;

    @CompilationFinal private volatile int kind;
    @CompilationFinal private volatile Assumption stays = Assumption.create("kind of a local variable");

    private int now() {
        if (CompilerDirectives.inCompiledCode() && !stays.isValid()) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
        }
        return kind;
    }

    private void become(int next) {
        CompilerDirectives.transferToInterpreterAndInvalidate();
        Assumption before = stays;
        kind = next;
        stays = Assumption.create("kind of a local variable");
        before.invalidate();
    }

    boolean isActive() {
        return now() == ACTIVE;
    }

    void activate() {
        if (now() != ACTIVE) {
            become(ACTIVE);
        }
    }

    /** Whether an int can be kept as a bare long. */
    boolean holdsLong() {
        return holds(LONG);
    }

    /** Whether a float can be kept as a bare double. */
    boolean holdsDouble() {
        return holds(DOUBLE);
    }

    /** From now on there are values that are neither. */
    void holdsObject() {
        holds(OBJECT);
    }

    private boolean holds(int wanted) {
        int now = now();
        if (now == NOTHING) {
            become(wanted);
            return true;
        }
        if (now == LONG && wanted != LONG || now == DOUBLE && wanted != DOUBLE) {
            become(OBJECT);
            return false;
        }
        return now == wanted;
    }
}
