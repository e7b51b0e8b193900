package org.ebb.op;

import java.util.List;
import org.ebb.tensor.DType;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** Places of running extremes, places in sorted rows, and sums of rows by class. */
public final class Searching {

    private Searching() {}

    /** The place of the largest element so far: the last of equals, and nan where one came. */
    private static final class Places extends Along {
        private final int sign;

        Places(String name, int sign, String sentence) {
            super(name, name + "(x, axis=0)", sentence);
            this.sign = sign;
        }

        @Override
        DType resultType(DType dtype) {
            return DType.INT64;
        }

        @Override
        Folds.RowMap map(Axes axes) {
            return (in, from, n, out, to) -> {
                int best = 0;
                for (int i = 0; i < n; i++) {
                    double x = in.getDouble(from + i);
                    double most = in.getDouble(from + best);
                    if (x != x || most == most && (x - most) * sign >= 0 || x == most) {
                        best = i;
                    }
                    out.setLong(to + i, best);
                }
            };
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }

    public static final Op CUMMAX_PLACES = new Places("_cummax_places", 1, "The place of the largest element so far.");
    public static final Op CUMMIN_PLACES = new Places("_cummin_places", -1, "The place of the smallest element so far.");

    public static final Op SEARCHSORTED = new Op("searchsorted", "searchsorted(sorted, values, side='left')", """
            Where each value would have to be put to keep a vector sorted.

            sorted: a vector in rising order; values: a tensor of any shape; side: 'left' for the first such place, 'right' for
            the last. The result has the shape of values, int64. Raises ValueError where sorted is no vector.

            >>> print(searchsorted(tensor([1., 3., 5.]), tensor([3., 4.])))
            [1 2]""") {

        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public List<String> samples() {
            return List.of("[4] [2,3]", "[4] [3] side='right'", "[0] [2]", "[3] []");
        }

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            if (inputs[0].shape().rank() != 1) {
                throw badShape("sorted must be a vector, not of shape " + inputs[0].shape());
            }
            if (!"left".equals(values[0]) && !"right".equals(values[0])) {
                throw badValue("side must be 'left' or 'right'");
            }
            return "right".equals(values[0]);
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            boolean right = (Boolean) options;
            double[] sorted = Dense.tensor(inputs[0]).toDoubles();
            Tensor values = Dense.tensor(inputs[1]);
            Storage out = Storage.zeros(DType.INT64, values.size());
            for (int i = 0; i < values.size(); i++) {
                double value = values.getDouble(i);
                int low = 0;
                int high = sorted.length;
                while (low < high) {
                    int middle = (low + high) >>> 1;
                    double x = sorted[middle];
                    boolean before = right ? !(value < x) : x < value || value != value && x == x;
                    if (before) {
                        low = middle + 1;
                    } else {
                        high = middle;
                    }
                }
                out.setLong(i, low);
            }
            return Dense.result(out, values.shape(), values.flavour());
        }

        @Override
        public boolean differentiable() {
            return false;
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            return new Value[2];
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            return null;
        }
    };

    public static final Op SEGMENT_SUM = new LinearRow("_segment_sum", "_segment_sum(x, ids, count)",
            "The sums of those rows of x to which ids gives the same number below count.", "[3,2] ids=(0,1,0) count=2",
            "[4] ids=(2,2,0,2) count=4", "[0,2] ids=() count=3") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            Shape shape = inputs[0].shape();
            Tensor ids = Arguments.indices(name, values[0]);
            long count = Arguments.integer(name, "count", values[1]);
            if (shape.rank() == 0 || ids.rank() != 1 || ids.size() != shape.dim(0)) {
                throw badShape("rows of shape " + shape + " need a vector of as many numbers, not shape " + ids.shape());
            }
            Shape base = shape.with(0, count);
            long each = shape.rank() == 1 ? 1 : base.strides()[0];
            long[] at = new long[Math.toIntExact(shape.size())];
            long[] places = ids.toLongs();
            for (int i = 0; i < at.length; i++) {
                long place = places[(int) (i / each)];
                if (place < 0 || place >= count) {
                    throw new org.ebb.tensor.TensorException.BadIndex("segment_sum: number " + place + " is not from 0 to "
                            + (count - 1));
                }
                at[i] = place * each + i % each;
            }
            return new Window.Positions(base, shape, at);
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            return Windows.UNVIEW.forward(options, inputs);
        }

        @Override
        Value transpose(Trace t, Object options, Value input, Value cotangent) {
            return t.apply(Windows.VIEW, options, cotangent);
        }
    };
}
