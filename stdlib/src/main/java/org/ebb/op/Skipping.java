package org.ebb.op;

import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;

/**
 * The sums of {@link Convolving} term by term, in double, without the terms whose cotangent is exactly 0: the repair of a result
 * that is not finite. Slow, and used for nothing else.
 */
final class Skipping {

    private final Places p;
    private final Tensor[] operands = new Tensor[3];
    private final int gives;
    private final int strong;

    Skipping(Places p, Tensor a, Tensor b, int gives) {
        this.p = p;
        this.gives = gives;
        int first = gives == 0 ? 2 : 0;
        int second = gives == 1 ? 2 : 1;
        operands[first] = a;
        operands[second] = b;
        this.strong = p.strong() == 0 ? first : second;
    }

    Storage result() {
        Shape shape = gives == 0 ? p.inShape() : gives == 1 ? p.kernelShape() : p.outShape();
        double[] sums = new double[Math.toIntExact(shape.size())];
        int inner = p.channelsIn() / p.groups();
        int outer = p.channelsOut() / p.groups();
        int outs = Places.size(p.out());
        int kernels = Places.size(p.kernel());
        int ins = Places.size(p.in());
        for (int o = 0; o < outs; o++) {
            for (int k = 0; k < kernels; k++) {
                int i = place(o, k);
                for (int image = 0; i >= 0 && image < p.batch(); image++) {
                    for (int co = 0; co < p.channelsOut(); co++) {
                        for (int c = 0; c < inner; c++) {
                            int x = (image * p.channelsIn() + co / outer * inner + c) * ins + i;
                            int w = (co * inner + c) * kernels + k;
                            int y = (image * p.channelsOut() + co) * outs + o;
                            add(sums, x, w, y);
                        }
                    }
                }
            }
        }
        Storage out = Storage.zeros(operands[strong].dtype(), sums.length);
        for (int i = 0; i < sums.length; i++) {
            out.setDouble(i, sums[i]);
        }
        return out;
    }

    private void add(double[] sums, int x, int w, int y) {
        int[] at = {x, w, y};
        int other = 3 - gives - strong;
        double g = operands[strong].getDouble(at[strong]);
        if (g != 0) {
            sums[at[gives]] += g * operands[other].getDouble(at[other]);
        }
    }

    /** The place of the image that output place {@code o} sees with kernel element {@code k}, or -1 outside. */
    private int place(int o, int k) {
        int place = 0;
        int step = 1;
        for (int d = p.in().length - 1; d >= 0; d--) {
            long at = o % p.out()[d] * p.stride()[d] + k % p.kernel()[d] * p.dilation()[d] - p.padding()[d];
            if (at < 0 || at >= p.in()[d]) {
                return -1;
            }
            place += (int) at * step;
            step *= (int) p.in()[d];
            o /= (int) p.out()[d];
            k /= (int) p.kernel()[d];
        }
        return place;
    }
}
