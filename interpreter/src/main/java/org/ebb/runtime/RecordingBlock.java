package org.ebb.runtime;

import org.ebb.grad.Tape;

/** What stands behind {@code with} to turn recording or training on or off: {@code record}, {@code pause}, {@code train_mode}, {@code predict_mode}. */
public final class RecordingBlock extends EbbValue {

    public enum Kind { RECORD, PAUSE, TRAIN, PREDICT }

    public final Kind kind;
    private final boolean train;

    /** Is nan or inf, in the value or in a gradient, an error and not only worth a warning? */
    private final boolean checked;

    public RecordingBlock(Kind kind, boolean train) {
        this(kind, train, false);
    }

    public RecordingBlock(Kind kind, boolean train, boolean checked) {
        this.kind = kind;
        this.train = train;
        this.checked = checked;
    }

    /** Starts the block; its end gives the result to {@link Tape#restore}. */
    public Tape.Mode enter(Tape tape) {
        return switch (kind) {
            case RECORD -> {
                Tape.Mode before = tape.enter(true, train);
                tape.current.checked |= checked;
                yield before;
            }
            case PAUSE -> tape.enter(false, train);
            case TRAIN, PREDICT -> tape.train(train);
        };
    }

    @Override
    public EbbClass type() {
        return Types.RECORDING_BLOCK;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case RECORD -> train ? "record" : "record(train_mode=False)";
            case PAUSE -> train ? "pause(train_mode=True)" : "pause";
            case TRAIN -> "train_mode";
            case PREDICT -> "predict_mode";
        };
    }
}
