package org.ebb.tensor;

import org.ebb.kernel.Glance;
import org.ebb.kernel.Walk;

/** Copies between strided windows, with a change of dtype where they differ. */
public final class Moves {

    /** Below this many elements the order in which memory is read does not count. */
    private static final int MUCH = 1 << 12;

    private Moves() {}

    /**
     * Writes x's elements over those of {@code to}, which has the same shape and does not overlap x. Knows nothing of history.
     */
    public static void copy(Tensor x, Tensor to) {
        if (x.cell.storage instanceof Storage.Pieces || to.cell.storage instanceof Storage.Pieces) {
            far(x, to);
            return;
        }
        if (x.isContiguous() && to.isContiguous() && x.size() > 0) {
            Glance.blocks((int) x.size(), (begin, end) -> row(x.cell.storage, (int) x.offset + begin, 1, to.cell.storage,
                    (int) to.offset + begin, 1, end - begin));
            return;
        }
        if (x.size() >= MUCH && Turning.copy(x, to)) {
            return;
        }
        for (var w = Walk.over(x.shape().dims(), x.strides(), x.offset, to.strides(), to.offset); w.more(); w.next()) {
            row(x.cell.storage, w.at(0), w.step(0), to.cell.storage, w.at(1), w.step(1), w.length);
        }
    }

    /** The same where one of the two is in pieces. */
    private static void far(Tensor x, Tensor to) {
        if (x.size() > PART) {
            int axis = 0;
            while (x.shape().dim(axis) == 1) {
                axis++;
            }
            long length = x.shape().dim(axis);
            long several = Math.max(1, PART / (x.size() / length));
            for (long start = 0; start < length; start += several) {
                long n = Math.min(several, length - start);
                far(Views.slice(x, axis, start, 1, n), Views.slice(to, axis, start, 1, n));
            }
        } else if (x.isContiguous() && to.isContiguous()) {
            run(x.cell.storage, x.offset, to.cell.storage, to.offset, x.size());
        } else {
            for (var w = Walk.over(x.shape().dims(), x.strides(), x.offset, to.strides(), to.offset); w.more(); w.next()) {
                if (w.longStep(0) == 1 && w.longStep(1) == 1) {
                    run(x.cell.storage, w.longAt(0), to.cell.storage, w.longAt(1), w.length);
                } else {
                    one(x.cell.storage, to.cell.storage, w);
                }
            }
        }
    }

    /** Elements that are copied in one go, so that their number fits an int. */
    private static final long PART = 1 << 28;

    /** Element by element. */
    private static void one(Storage from, Storage to, Walk w) {
        boolean isFloat = from.dtype().isFloat();
        long at = w.longAt(0);
        long toAt = w.longAt(1);
        for (int i = 0; i < w.length; i++, at += w.longStep(0), toAt += w.longStep(1)) {
            if (isFloat) {
                to.setDouble(toAt, from.getDouble(at));
            } else {
                to.setLong(toAt, from.getLong(at));
            }
        }
    }

    /** Contiguous elements, from piece to piece. */
    private static void run(Storage from, long at, Storage to, long toAt, long n) {
        for (long done = 0; done < n; ) {
            long left = n - done;
            Storage in = from;
            Storage out = to;
            int a = (int) (at + done);
            int b = (int) (toAt + done);
            if (from instanceof Storage.Pieces p) {
                in = p.piece(at + done);
                a = p.place(at + done);
                left = Math.min(left, in.length() - a);
            }
            if (to instanceof Storage.Pieces p) {
                out = p.piece(toAt + done);
                b = p.place(toAt + done);
                left = Math.min(left, out.length() - b);
            }
            row(in, a, 1, out, b, 1, (int) left);
            done += left;
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
