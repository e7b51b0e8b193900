package org.ebb.builtins;

import org.ebb.grad.Gradients;
import org.ebb.grad.Leaf;
import org.ebb.grad.Writes;
import org.ebb.kernel.FloatSteps;
import org.ebb.kernel.Kernels;
import org.ebb.op.Selection;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Tensors;
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
        table.simple("relu(x, /)", "relu(x) of a value made for this call alone, in its place.", b -> b[0] instanceof Tensor x
                ? Tensors.tape().reluOfLast(x) : Tensors.apply(Selection.RELU, Tensors.required(b[0], "relu")));
        table.simple("adam(parameters, kept, lr, b1, b2, eps, shrink, /)",
                "Adam's step in place, after a multiplication by shrink, for every parameter with a fresh gradient, then fresh no more, whose "
                        + "tensors are whole, of float32 and of one shape, and where kept has begun; the list of the places of the others.",
                b -> {
                    if (!(b[0] instanceof EbbList parameters && b[1] instanceof EbbList kept && parameters.size() == kept.size())) {
                        throw Errors.typeError("an optimiser's parameters and kept must be lists of one length");
                    }
                    return adam(parameters, kept, b);
                });
    }

    private static EbbList adam(EbbList parameters, EbbList kept, Object[] b) {
        EbbContext context = EbbContext.get(null);
        double[] numbers = new double[5];
        boolean known = true;
        for (int k = 0; k < numbers.length; k++) {
            known &= b[2 + k] instanceof Double || b[2 + k] instanceof Long;
            numbers[k] = known ? ((Number) b[2 + k]).doubleValue() : 0;
        }
        var left = new EbbList();
        for (int k = 0; k < parameters.size(); k++) {
            if (!known || !(parameters.get(k) instanceof Tensor x) || !(kept.get(k) instanceof EbbDict own)
                    || !adam(x, context.gradients(), own, numbers, context.writes())) {
                left.append((long) k);
            }
        }
        return left;
    }

    private static boolean adam(Tensor x, Gradients gradients, EbbDict kept, double[] numbers, Writes writes) {
        Leaf leaf = gradients.leaf(x);
        if (leaf == null || !leaf.fresh || leaf.grad == null || !(kept.get("mean") instanceof Tensor mean)
                || !(kept.get("square") instanceof Tensor square) || !(kept.get("count") instanceof Long before)) {
            return false;
        }
        Tensor g = leaf.grad;
        Tensor[] all = {x, g, mean, square};
        for (int k = 0; k < all.length; k++) {
            Tensor t = all[k];
            if (!(t.cell.storage instanceof Storage.Floats f) || !t.isContiguous() || f.array.length != t.size() || !t.shape().equals(x.shape())
                    || k != 1 && !writes.keepsVersion(t)) {
                return false;
            }
            for (int other = 0; other < k; other++) {
                if (all[other].cell == t.cell) {
                    return false;
                }
            }
        }
        long n = before + 1;
        kept.put("count", n);
        double lr = numbers[0], b1 = numbers[1], b2 = numbers[2], shrink = numbers[4];
        double rate = lr / (1 - Math.pow(b1, n));
        double scale = 1 / Math.sqrt(1 - Math.pow(b2, n));
        FloatSteps.adam(written(x), ((Storage.Floats) g.cell.storage).array, written(mean), written(square), (int) x.size(), b1, b2, rate, scale,
                numbers[3], shrink);
        leaf.fresh = false;
        return true;
    }

    private static float[] written(Tensor t) {
        return ((Storage.Floats) t.cell.writable()).array;
    }
}
