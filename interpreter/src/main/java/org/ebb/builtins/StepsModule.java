package org.ebb.builtins;

import org.ebb.kernel.FloatSteps;
import org.ebb.kernel.Kernels;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbNone;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;

/** The module {@code _steps}, for training: what its steps need, and steps of optimisers in one pass where the tensors are of the usual kind. */
final class StepsModule {

    private StepsModule() {}

    static void fill(BuiltinTable table) {
        table.simple("prepare()", "Say that large products are likely to come: what they need is made ready behind the program.", b -> {
            Kernels.prepare();
            return EbbNone.NONE;
        });
        table.simple("adam(x, g, mean, square, b1, b2, rate, scale, eps, /)",
                "Adam's step in place, if x, g, mean and square are whole float32 tensors of one shape, and nothing is recorded; else False.",
                b -> {
                    Tensor[] all = new Tensor[4];
                    for (int k = 0; k < 4; k++) {
                        if (!(b[k] instanceof Tensor t) || !(t.cell.storage instanceof Storage.Floats f) || !t.isContiguous()
                                || f.array.length != t.size() || !t.shape().equals(((Tensor) b[0]).shape())
                                || k != 1 && !EbbContext.get(null).writes().keepsVersion(t)) {
                            return false;
                        }
                        for (int other = 0; other < k; other++) {
                            if (all[other].cell == t.cell) {
                                return false;
                            }
                        }
                        all[k] = t;
                    }
                    double[] numbers = new double[5];
                    for (int k = 0; k < 5; k++) {
                        if (!(b[4 + k] instanceof Double number)) {
                            return false;
                        }
                        numbers[k] = number;
                    }
                    FloatSteps.adam(written(all[0]), ((Storage.Floats) all[1].cell.storage).array, written(all[2]), written(all[3]),
                            (int) all[0].size(), numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
                    return true;
                });
    }

    private static float[] written(Tensor t) {
        return ((Storage.Floats) t.cell.writable()).array;
    }
}
