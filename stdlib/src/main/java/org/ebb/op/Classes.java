package org.ebb.op;

import java.util.Arrays;
import java.util.List;
import org.ebb.kernel.Glance;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;
import org.ebb.tensor.Views;

/** The loss of scores for classes. Composed of softmax, picking and masking it would be twenty small operations in each step of a training. */
public final class Classes {

    /** What a function of the library says its name is in errors. */
    private static final String CALLER = "cross_entropy";

    private enum Give { MEAN, SUM, EACH }

    /**
     * The class at each place, row-major; -1 where it is ignored. A place is one of the batch (the first axis) and of the axes after
     * that of the classes.
     */
    private record Targets(int[] classes, int valid, Give give) {

        /** The part of the loss of one place in the result. */
        double share() {
            return give != Give.MEAN ? 1 : valid == 0 ? 0 : 1.0 / valid;
        }

        /** What stands beside the cotangent of place {@code k}, of one for each place or one for all. */
        double share(Value cotangent, int k) {
            return classes[k] < 0 ? 0 : share() * (cotangent instanceof Scalar s ? s.value : ((Tensor) cotangent).getDouble(give == Give.EACH ? k : 0));
        }
    }

    private Classes() {}

    /** See {@code cross_entropy} of the library. */
    public static final Op CROSS_ENTROPY = new Op("_cross_entropy", "_cross_entropy(x, target, ignore_index, reduction)",
            "Minus log_softmax(x, 1) at the target of each place, their mean or their sum; targets that are ignore_index do not count.") {

        @Override
        public List<String> samples() {
            return List.of("[2,3] target=(0,2) ignore_index=-100 reduction='mean'", "[3,2] target=(1,7,0) ignore_index=7 reduction='mean'",
                    "[2,3] target=(0,2) ignore_index=-100 reduction='sum'", "[3,4] target=(3,-1,1) ignore_index=-1 reduction='none'",
                    "[2,3,2] target=((0,2),(1,1)) ignore_index=-100 reduction='mean'", "[2,2,3] target=((0,1,9),(1,0,1)) ignore_index=9 reduction='none'",
                    "[0,3] target=() ignore_index=-100 reduction='sum'");
        }

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            Give give = switch (values[2] instanceof String name ? name : "") {
                case "mean" -> Give.MEAN;
                case "sum" -> Give.SUM;
                case "none" -> Give.EACH;
                default -> throw Arguments.badValue(CALLER, "reduction must be 'mean', 'sum' or 'none'", values[2]);
            };
            Shape shape = inputs[0].shape();
            Tensor target = values[0] instanceof Tensor t ? t : Arguments.indices(CALLER, values[0]);
            if (shape.rank() < 2 || !target.shape().equals(places(shape))) {
                throw new TensorException.BadShape(CALLER + ": targets of shape " + target.shape() + " do not fit predictions of shape " + shape);
            }
            return targets(target, shape, Arguments.number(CALLER, "ignore_index", values[1]), give);
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            var targets = (Targets) options;
            Tensor x = Dense.tensor(inputs[0]);
            Shape places = places(x.shape());
            DType dtype = x.dtype().isFloat() ? x.dtype() : DType.FLOAT32;
            Storage each = losses(rows(x, dtype), targets, dtype);
            if (targets.give == Give.EACH) {
                return Dense.result(each, places, x.flavour());
            }
            Storage one = Storage.zeros(dtype, 1);
            double sum = Folds.sum(each, 0, targets.classes.length);
            one.setDouble(0, targets.give == Give.MEAN ? sum / targets.valid : sum);
            return Dense.result(one, x.flavour() == Flavour.ND ? Shape.of(1) : Shape.SCALAR, x.flavour());
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            Value slope = slope(t, (Targets) options, inputs[0]);
            Value g = ((Targets) options).give == Give.EACH ? t.apply(Linear.RESHAPE, inputs[0].shape().with(1, 1), cotangent) : cotangent;
            return new Value[] {Linear.match(t, Reduction.scale(t, g, slope), inputs[0])};
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            Value terms = Reduction.scale(t, tangents[0], slope(t, (Targets) options, inputs[0]));
            Value sum = t.apply(Reductions.SUM, ((Targets) options).give == Give.EACH ? Axes.of(1) : Axes.all(inputs[0].shape().rank()), terms);
            return Linear.spread(t, sum, output);
        }

        /** softmax(x) less 1 at the target, times the share of the place in the result; strictly 0 where the target is ignored. */
        private static Value slope(Trace t, Targets targets, Value x) {
            DType dtype = x.dtype();
            Shape places = x.shape().with(1, 1);
            Storage hits = Storage.zeros(dtype, x.shape().size());
            Storage valid = Storage.zeros(DType.BOOL, places.size());
            int classes = (int) x.shape().dim(1);
            int run = run(x.shape());
            for (int k = 0; k < targets.classes.length; k++) {
                if (targets.classes[k] >= 0) {
                    hits.setDouble((long) (k / run) * classes * run + (long) targets.classes[k] * run + k % run, 1);
                    valid.setLong(k, 1);
                }
            }
            Value hit = Tensor.of(hits, x.shape(), x.flavour());
            Value apart = t.apply(Arithmetic.SUB, null, t.apply(Softmaxes.SOFTMAX, Axes.of(1), x), hit);
            Value shared = targets.share() == 1 ? apart : Reduction.mul(t, apart, Scalar.of(targets.share()));
            return targets.valid == targets.classes.length ? shared
                    : t.apply(Selection.WHERE, null, Tensor.of(valid, places, x.flavour()), shared, Scalar.of(0));
        }

        @Override
        public boolean pull(Object options, Value[] inputs, Value output, Value cotangent, Sums sums) {
            if (!(inputs[0] instanceof Tensor x) || x.dtype() != DType.FLOAT32 || !cotangent.dtype().isFloat() || x.size() == 0
                    || !cotangent.shape().equals(output.shape())) {
                return false;
            }
            var targets = (Targets) options;
            boolean begins = sums.begins(0);
            slopes(((Storage.Floats) rows(x, DType.FLOAT32)).array, targets, cotangent, run(x.shape()), sums.floats(0), begins);
            return true;
        }
    };

    private static Shape places(Shape x) {
        long[] dims = x.dims();
        return Shape.of(java.util.stream.IntStream.range(0, dims.length).filter(axis -> axis != 1).mapToLong(axis -> dims[axis]).toArray());
    }

    /** How many places share a place of the batch: those of the axes after the classes. */
    private static int run(Shape x) {
        int run = 1;
        for (int axis = 2; axis < x.rank(); axis++) {
            run *= (int) x.dim(axis);
        }
        return run;
    }

    private static Targets targets(Tensor target, Shape x, double ignored, Give give) {
        int[] found = new int[(int) target.size()];
        int valid = found.length;
        long[] whole = target.dtype().isFloat() ? null : target.toLongs();
        for (int k = 0; k < found.length; k++) {
            double given = whole == null ? target.getDouble(k) : whole[k];
            if (given != Math.rint(given)) {
                throw new TensorException.BadIndex(CALLER + ": a target is no whole number; probabilities have the shape of the predictions, "
                        + x);
            }
            if (given == ignored) {
                found[k] = -1;
                valid--;
            } else if (given >= 0 && given < x.dim(1)) {
                found[k] = (int) given;
            } else {
                throw new TensorException.BadIndex(CALLER + ": a target is " + (long) given + ", but the " + x.dim(1) + " classes are 0 to "
                        + (x.dim(1) - 1));
            }
        }
        return new Targets(found, valid, give);
    }

    /** The scores of one place after the other, from 0 on. */
    private static Storage rows(Tensor x, DType dtype) {
        int[] order = new int[x.rank()];
        Arrays.setAll(order, k -> k == 0 ? 0 : k == x.rank() - 1 ? 1 : k + 1);
        Tensor rows = Views.permute(x.dtype() == dtype ? x : x.astype(dtype), order).contiguous();
        return rows.offset == 0 && rows.cell.storage.length() == rows.size() ? rows.cell.storage : rows.copy().cell.storage;
    }

    private static Storage losses(Storage rows, Targets targets, DType dtype) {
        int n = targets.classes.length;
        Storage out = Storage.zeros(dtype, n);
        int classes = n == 0 ? 0 : (int) (rows.length() / n);
        if (classes == 0) {
            return out; // all are ignored
        }
        if (rows instanceof Storage.Floats f) {
            Exponentials.each(f.array, 0, classes, n, (k, e, at, max, sum) -> {
                int target = targets.classes[k];
                if (target >= 0) {
                    out.setDouble(k, Math.log(sum) - (f.array[k * classes + target] - max));
                }
            });
            return out;
        }
        double[] logs = new double[classes];
        var log = new Storage.Doubles(logs);
        var softmax = new Exponentials(true);
        var glance = new Glance();
        for (int k = 0; k < n; k++) {
            glance.steps(classes);
            if (targets.classes[k] >= 0) {
                softmax.run(rows, k * classes, classes, log, 0);
                out.setDouble(k, 0 - logs[targets.classes[k]]);
            }
        }
        return out;
    }

    /** Writes or adds the cotangents of the scores, which lie in {@code sum} with {@code run} places beside each other. */
    private static void slopes(float[] rows, Targets targets, Value cotangent, int run, float[] sum, boolean begins) {
        int n = targets.classes.length;
        int classes = rows.length / n;
        Exponentials.each(rows, 0, classes, n, (k, e, at, max, total) -> {
            double share = targets.share(cotangent, k);
            double factor = share == 0 ? 0 : share / total;
            int to = k / run * classes * run + k % run;
            for (int c = 0; c < classes; c++) {
                double own = share == 0 ? 0 : e[at + c] * factor - (c == targets.classes[k] ? share : 0);
                sum[to + c * run] = (float) (begins ? own : sum[to + c * run] + own);
            }
        });
    }
}
