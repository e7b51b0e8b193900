package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.nodes.Node;
import org.ebb.grad.Tape;
import org.ebb.op.Elementwise;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.Errors;
import org.ebb.runtime.NodePlace;
import org.ebb.tensor.Recording;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.TensorException;

/**
 * Makes the result of one row on light scalars, and its tape entry where that is recorded. The caller computes the value, so that
 * compiled code sees plain arithmetic; nothing here allocates once escape analysis has seen the result used.
 */
public final class ScalarNode extends Node {

    private static final int UNKNOWN = -1;
    private static final int ANY = -2;

    private final Elementwise op;
    @CompilationFinal private int site = UNKNOWN;
    @CompilationFinal private int leftKind = UNKNOWN;
    @CompilationFinal private int rightKind = UNKNOWN;

    public ScalarNode(Elementwise op) {
        this.op = op;
    }

    /** Both operands are scalars. */
    public Scalar both(Scalar a, Scalar b, double value) {
        int kind = Scalar.join(leftKind(a), rightKind(b));
        Tape tape = EbbContext.get(this).tape();
        long id = tape.recording && (a.recording != null || b.recording != null)
                ? push(tape, kind, entry(tape, a), entry(tape, b), a.value, b.value) : 0;
        return result(tape, value, kind, id);
    }

    /** The right operand is a plain number. */
    public Scalar left(Scalar a, double b, double value) {
        int kind = leftKind(a);
        Tape tape = EbbContext.get(this).tape();
        long id = tape.recording && a.recording != null ? push(tape, kind, entry(tape, a), 0, a.value, b) : 0;
        return result(tape, value, kind, id);
    }

    /** The left operand is a plain number. */
    public Scalar right(double a, Scalar b, double value) {
        int kind = rightKind(b);
        Tape tape = EbbContext.get(this).tape();
        long id = tape.recording && b.recording != null ? push(tape, kind, 0, entry(tape, b), a, b.value) : 0;
        return result(tape, value, kind, id);
    }

    /** A row of one operand. */
    public Scalar one(Scalar a, double value) {
        int kind = leftKind(a);
        Tape tape = EbbContext.get(this).tape();
        long id = tape.recording && a.recording != null ? push(tape, kind, entry(tape, a), 0, a.value, Scalar.round(value, kind)) : 0;
        return result(tape, value, kind, id);
    }

    /** The only place that makes a scalar: where two ways each made one, compiled code would put both on the heap. */
    private static Scalar result(Tape tape, double value, int kind, long id) {
        return new Scalar(Scalar.round(value, kind), kind, id == 0 ? null : tape.current, id);
    }

    private long push(Tape tape, int kind, long left, long right, double x, double y) {
        if (site == UNKNOWN) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            site = EbbContext.get(this).sites().number(op, NodePlace.of(this));
        }
        if (CompilerDirectives.injectBranchProbability(CompilerDirectives.SLOWPATH_PROBABILITY, tape.full())) {
            grow(tape);
        }
        return tape.push(Tape.node(site, kind), left, right, x, y);
    }

    /** The value is not handed over as it is, since a call would put it on the heap. */
    @TruffleBoundary
    private void adopt(Tape tape, Recording recording, double value, int kind) {
        tape.place = NodePlace.of(this);
        try {
            tape.adopt(recording, new Scalar(value, kind, null, 0));
        } catch (TensorException refusal) {
            throw Errors.from(refusal).at(this);
        }
    }

    @TruffleBoundary
    private void grow(Tape tape) {
        try {
            tape.grow();
        } catch (TensorException refusal) {
            throw Errors.from(refusal).at(this);
        }
    }

    private long entry(Tape tape, Scalar s) {
        Recording recording = s.recording;
        if (recording == tape.current || recording == null) {
            return s.id;
        }
        if (CompilerDirectives.injectBranchProbability(CompilerDirectives.SLOWPATH_PROBABILITY, recording.adoptedBy != tape.current)) {
            adopt(tape, recording, s.value, s.kind);
        }
        return recording.entry(s.id);
    }

    /** The operand's kind, a constant in compiled code as long as only one kind was seen. */
    private int leftKind(Scalar s) {
        if (leftKind == s.kind) {
            return leftKind;
        }
        if (leftKind != ANY) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            leftKind = leftKind == UNKNOWN ? s.kind : ANY;
        }
        return s.kind;
    }

    private int rightKind(Scalar s) {
        if (rightKind == s.kind) {
            return rightKind;
        }
        if (rightKind != ANY) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            rightKind = rightKind == UNKNOWN ? s.kind : ANY;
        }
        return s.kind;
    }
}
