package org.ebb.op;

import org.ebb.kernel.Walk;
import org.ebb.tensor.Storage;

/** The loops of elementwise rows over storages; the output is row-major from 0. */
final class Loops {

    private Loops() {}

    static void unary(Elementwise op, Storage x, Storage out, Walk walk) {
        int to = 0;
        for (; walk.more(); walk.next()) {
            int a = walk.at(0);
            int as = walk.step(0);
            int n = walk.length;
            if (x instanceof Storage.Floats f && out instanceof Storage.Floats g) {
                for (int i = 0; i < n; i++) {
                    g.array[to + i] = (float) op.apply(f.array[a + i * as]);
                }
            } else if (x instanceof Storage.Doubles f && out instanceof Storage.Doubles g) {
                for (int i = 0; i < n; i++) {
                    g.array[to + i] = op.apply(f.array[a + i * as]);
                }
            } else if (op.wholeOn(x.dtype())) {
                for (int i = 0; i < n; i++) {
                    out.setLong(to + i, op.apply(x.getLong(a + (long) i * as)));
                }
            } else {
                for (int i = 0; i < n; i++) {
                    out.setDouble(to + i, op.apply(x.getDouble(a + (long) i * as)));
                }
            }
            to += n;
        }
    }

    static void binary(Elementwise op, Storage x, Storage y, Storage out, Walk walk) {
        int to = 0;
        for (; walk.more(); walk.next()) {
            int a = walk.at(0);
            int b = walk.at(1);
            int as = walk.step(0);
            int bs = walk.step(1);
            int n = walk.length;
            if (x instanceof Storage.Floats f && y instanceof Storage.Floats g && out instanceof Storage.Floats h) {
                op.kernel().floats(f.array, a, as, g.array, b, bs, h.array, to, n);
            } else if (x instanceof Storage.Doubles f && y instanceof Storage.Doubles g && out instanceof Storage.Doubles h) {
                op.kernel().doubles(f.array, a, as, g.array, b, bs, h.array, to, n);
            } else if (op.wholeOn(x.dtype())) {
                for (int i = 0; i < n; i++) {
                    out.setLong(to + i, op.apply(x.getLong(a + (long) i * as), y.getLong(b + (long) i * bs)));
                }
            } else {
                for (int i = 0; i < n; i++) {
                    out.setDouble(to + i, op.apply(x.getDouble(a + (long) i * as), y.getDouble(b + (long) i * bs)));
                }
            }
            to += n;
        }
    }

    static void ternary(Elementwise op, Storage x, Storage y, Storage z, Storage out, Walk walk) {
        boolean whole = !out.dtype().isFloat() && op.wholeOn(out.dtype());
        int to = 0;
        for (; walk.more(); walk.next()) {
            for (int i = 0; i < walk.length; i++) {
                long a = walk.at(0) + (long) i * walk.step(0);
                long b = walk.at(1) + (long) i * walk.step(1);
                long c = walk.at(2) + (long) i * walk.step(2);
                if (whole) {
                    long first = op.conditional ? x.getDouble(a) != 0 ? 1 : 0 : x.getLong(a);
                    out.setLong(to + i, op.apply(first, y.getLong(b), z.getLong(c)));
                } else {
                    out.setDouble(to + i, op.apply(x.getDouble(a), y.getDouble(b), z.getDouble(c)));
                }
            }
            to += walk.length;
        }
    }
}
