package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import org.ebb.grad.Session;
import org.ebb.grad.Tape;

/** One recording, as {@code with record as tape} names it. */
public final class RecordedTape extends EbbValue {

    public final Tape tape;

    /** Null where the block records nothing. */
    public final Session session;

    public RecordedTape(Tape tape) {
        this.tape = tape;
        this.session = tape.current;
    }

    /** What {@code with block as name} binds. */
    @TruffleBoundary
    public static Object of(RecordingBlock block, Tape tape) {
        return block.kind == RecordingBlock.Kind.RECORD ? new RecordedTape(tape) : EbbNone.NONE;
    }

    @Override
    public EbbClass type() {
        return Types.TAPE;
    }
}
