package org.ebb.tensor;

import org.ebb.kernel.Walk;

/** Copies between strided windows, with a change of dtype where they differ. */
public final class Moves {

    private Moves() {}

    /**
     * Writes x's elements over those of {@code to}, which has the same shape and does not overlap x. Knows nothing of history.
     */
    public static void copy(Tensor x, Tensor to) {
        if (x.isContiguous() && to.isContiguous() && x.size() > 0) {
            row(x.cell.storage, (int) x.offset, 1, to.cell.storage, (int) to.offset, 1, (int) x.size());
            return;
        }
        for (var w = Walk.over(x.shape().dims(), x.strides(), x.offset, to.strides(), to.offset); w.more(); w.next()) {
            row(x.cell.storage, w.at(0), w.step(0), to.cell.storage, w.at(1), w.step(1), w.length);
        }
    }

    /** Copies one row of n elements. */
    public static void row(Storage from, int at, int step, Storage to, int toAt, int toStep, int n) {
        if (from.dtype() == to.dtype() && step == 1 && toStep == 1) {
            System.arraycopy(from.array(), at, to.array(), toAt, n);
        } else if (from instanceof Storage.Floats f && to instanceof Storage.Floats t) {
            for (int i = 0; i < n; i++) {
                t.array[toAt + i * toStep] = f.array[at + i * step];
            }
        } else if (from instanceof Storage.Doubles f && to instanceof Storage.Doubles t) {
            for (int i = 0; i < n; i++) {
                t.array[toAt + i * toStep] = f.array[at + i * step];
            }
        } else if (from instanceof Storage.Floats f && to instanceof Storage.Doubles t) {
            for (int i = 0; i < n; i++) {
                t.array[toAt + i * toStep] = f.array[at + i * step];
            }
        } else if (from instanceof Storage.Doubles f && to instanceof Storage.Floats t) {
            for (int i = 0; i < n; i++) {
                t.array[toAt + i * toStep] = (float) f.array[at + i * step];
            }
        } else if (from instanceof Storage.Halves f && to instanceof Storage.Floats t) {
            for (int i = 0; i < n; i++) {
                t.array[toAt + i * toStep] = f.get(at + i * step);
            }
        } else if (from instanceof Storage.Floats f && to instanceof Storage.Halves t) {
            for (int i = 0; i < n; i++) {
                t.set(toAt + i * toStep, f.array[at + i * step]);
            }
        } else if (from.dtype().isFloat()) {
            for (int i = 0; i < n; i++) {
                to.setDouble(toAt + i * toStep, from.getDouble(at + i * step));
            }
        } else {
            for (int i = 0; i < n; i++) {
                to.setLong(toAt + i * toStep, from.getLong(at + i * step));
            }
        }
    }
}
