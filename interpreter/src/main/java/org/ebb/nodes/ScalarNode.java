package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.nodes.Node;
import org.ebb.grad.Tape;
import org.ebb.op.Elementwise;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.NodePlace;
import org.ebb.tensor.Recording;
import org.ebb.tensor.Scalar;

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
        if (tape.recording && (a.recording != null || b.recording != null)) {
            return push(tape, kind, entry(tape, a), entry(tape, b), a.value, b.value, Scalar.round(value, kind));
        }
        return new Scalar(Scalar.round(value, kind), kind, null, 0);
    }

    /** The right operand is a plain number. */
    public Scalar left(Scalar a, double b, double value) {
        int kind = leftKind(a);
        Tape tape = EbbContext.get(this).tape();
        if (tape.recording && a.recording != null) {
            return push(tape, kind, entry(tape, a), 0, a.value, b, Scalar.round(value, kind));
        }
        return new Scalar(Scalar.round(value, kind), kind, null, 0);
    }

    /** The left operand is a plain number. */
    public Scalar right(double a, Scalar b, double value) {
        int kind = rightKind(b);
        Tape tape = EbbContext.get(this).tape();
        if (tape.recording && b.recording != null) {
            return push(tape, kind, 0, entry(tape, b), a, b.value, Scalar.round(value, kind));
        }
        return new Scalar(Scalar.round(value, kind), kind, null, 0);
    }

    /** A row of one operand. */
    public Scalar one(Scalar a, double value) {
        int kind = leftKind(a);
        double rounded = Scalar.round(value, kind);
        Tape tape = EbbContext.get(this).tape();
        if (tape.recording && a.recording != null) {
            return push(tape, kind, entry(tape, a), 0, a.value, rounded, rounded);
        }
        return new Scalar(rounded, kind, null, 0);
    }

    private Scalar push(Tape tape, int kind, long left, long right, double x, double y, double value) {
        if (site == UNKNOWN) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            site = EbbContext.get(this).sites().number(op, new NodePlace(this));
        }
        if (tape.full()) {
            // Growing as a call would cost every push: leaving compiled code costs only the one that grows.
            CompilerDirectives.transferToInterpreter();
            tape.grow();
        }
        return new Scalar(value, kind, tape.current, tape.push(Tape.node(site, kind), left, right, x, y));
    }

    private long entry(Tape tape, Scalar s) {
        Recording recording = s.recording;
        if (recording == tape.current || recording == null) {
            return s.id;
        }
        if (recording.adoptedBy != tape.current) {
            CompilerDirectives.transferToInterpreter();
            tape.place = new NodePlace(this);
            tape.adopt(recording, s);
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
