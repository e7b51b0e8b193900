package org.ebb.op;

import java.util.List;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** More elements around a tensor: a constant, or its own elements again. */
public final class Padding {

    private Padding() {}

    /** Where each element of the result comes from, and what stands where it comes from nowhere. */
    private record Pads(Window.Positions window, double constant) {}

    public static final Op PAD = new Op("pad", "pad(x, pad_width, mode='constant', constant_values=0)", """
            x with elements around it.

            x: a tensor; pad_width: an int for all sides, a pair (before, after) for all axes, or one pair for each axis.
            mode: 'constant' (constant_values), 'edge' or 'replicate' (the last element again), 'reflect' (mirrored at the last
            element), 'symmetric' (mirrored behind it), 'wrap' or 'circular' (the other end).
            Raises ValueError where the pairs do not match the axes or are negative, or there is nothing to repeat.

            >>> print(pad(tensor([1., 2.]), (1, 2)))
            [0. 1. 2. 0. 0.]""") {

        @Override
        public List<String> samples() {
            return List.of("[2,3] pad_width=1", "[3] pad_width=(1,2)", "[2,3] pad_width=((0,1),(2,0)) constant_values=2.5",
                    "[0] pad_width=1", "[3] pad_width=4 mode='reflect'", "[2,3] pad_width=2 mode='edge'",
                    "[3] pad_width=5 mode='symmetric'", "[3] pad_width=4 mode='wrap'", "[1] pad_width=2 mode='reflect'");
        }

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            Shape shape = inputs[0].shape();
            long[][] pairs = pairs(values[0], shape);
            String mode = values[1] instanceof String s ? s : "";
            boolean constant = mode.equals("constant");
            if (!List.of("constant", "edge", "replicate", "reflect", "symmetric", "wrap", "circular").contains(mode)) {
                throw Arguments.badValue(name, "mode must be 'constant', 'edge', 'reflect', 'symmetric' or 'wrap'", values[1]);
            }
            long[] dims = shape.dims();
            for (int axis = 0; axis < pairs.length; axis++) {
                dims[axis] = Placing.sum(Placing.sum(dims[axis], pairs[axis][0]), pairs[axis][1]);
                if (!constant && shape.dim(axis) == 0 && dims[axis] > 0) {
                    throw badShape("axis " + axis + " of " + shape + " has no element to repeat");
                }
            }
            var window = Placing.positions(shape, Shape.of(dims), (to, from) -> {
                for (int axis = 0; axis < from.length; axis++) {
                    long n = shape.dim(axis);
                    from[axis] = to[axis] - pairs[axis][0];
                    if (from[axis] < 0 || from[axis] >= n) {
                        if (constant) {
                            return false;
                        }
                        from[axis] = repeated(mode, from[axis], n);
                    }
                }
                return true;
            });
            return new Pads(window, Arguments.number(name, "constant_values", values[2]));
        }

        private static long repeated(String mode, long at, long n) {
            return switch (mode) {
                case "edge", "replicate" -> at < 0 ? 0 : n - 1;
                case "wrap", "circular" -> Math.floorMod(at, n);
                case "reflect" -> {
                    long place = n == 1 ? 0 : Math.floorMod(at, 2 * n - 2);
                    yield Math.min(place, 2 * n - 2 - place);
                }
                default -> {
                    long place = Math.floorMod(at, 2 * n);
                    yield Math.min(place, 2 * n - 1 - place);
                }
            };
        }

        private long[][] pairs(Object width, Shape shape) {
            long[][] pairs = new long[shape.rank()][];
            Object[] given = width instanceof Object[] several ? several : new Object[] {width, width};
            boolean nested = given.length > 0 && given[0] instanceof Object[];
            if (nested && given.length != shape.rank() && given.length != 1) {
                throw badShape(given.length + " pairs do not match the axes of " + shape);
            }
            for (int axis = 0; axis < pairs.length; axis++) {
                long[] pair = Arguments.integers(name, "pad_width", nested ? given[given.length == 1 ? 0 : axis] : given);
                pairs[axis] = pair.length == 1 ? new long[] {pair[0], pair[0]} : pair;
                if (pairs[axis].length != 2 || pairs[axis][0] < 0 || pairs[axis][1] < 0) {
                    throw badShape("pad_width needs pairs (before, after) that are not negative");
                }
            }
            return pairs;
        }

        @Override
        public Value forward(Object options, Value[] inputs) {
            var pads = (Pads) options;
            Value padded = Windows.VIEW.forward(pads.window, inputs);
            if (pads.constant != 0 && padded instanceof Tensor t) {
                for (int i = 0; i < pads.window.at().length; i++) {
                    if (pads.window.at()[i] < 0) {
                        t.setDouble(i, pads.constant);
                    }
                }
            }
            return padded;
        }

        @Override
        public boolean readsInput(int k) {
            return false;
        }

        @Override
        public Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted) {
            return new Value[] {Linear.match(t, t.apply(Windows.UNVIEW, ((Pads) options).window, cotangent), inputs[0])};
        }

        @Override
        public Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents) {
            return t.apply(Windows.VIEW, ((Pads) options).window, tangents[0]);
        }
    };
}
