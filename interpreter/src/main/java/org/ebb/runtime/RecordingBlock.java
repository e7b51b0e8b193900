package org.ebb.runtime;

import org.ebb.grad.Tape;

/** What stands behind {@code with} to turn recording or training on or off: {@code record}, {@code pause}, {@code train_mode}, {@code predict_mode}. */
public final class RecordingBlock extends EbbValue {

    public enum Kind { RECORD, PAUSE, TRAIN, PREDICT }

    public final Kind kind;
    private final boolean train;

    public RecordingBlock(Kind kind, boolean train) {
        this.kind = kind;
        this.train = train;
    }

    /** Starts the block; its end gives the result to {@link Tape#restore}. */
    public Tape.Mode enter(Tape tape) {
        return switch (kind) {
            case RECORD -> tape.enter(true, train);
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
