package org.ebb.builtins;

import org.ebb.op.Counts;
import org.ebb.kernel.Glance;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbDType;
import org.ebb.runtime.EbbLibraryValue;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.IteratorTypes;
import org.ebb.runtime.Tensors;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Generator;
import org.ebb.tensor.MersenneTwister;
import org.ebb.tensor.Philox;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;

/** The module {@code _draw}: random tensors from one of the context's two generators, Ebb's own (Philox) and MXNet's (the twister). */
final class RandomTensors {

    private RandomTensors() {}

    static void fill(BuiltinTable table) {
        table.simple("seed(seed, mxnet=False)", "Start the sequence of a seed.", b -> {
            long seed = TensorArguments.integer(b[0]);
            if ((Boolean) b[1]) {
                context().twister = new MersenneTwister((int) seed);
            } else {
                context().philox = new Philox(seed);
            }
            return EbbNone.NONE;
        });
        table.simple("uniform(low, high, shape, dtype=None, mxnet=False)", "Numbers from [low, high).",
                b -> generator(b[4]).uniform(TensorArguments.number(b[0], "uniform"), TensorArguments.number(b[1], "uniform"),
                        TensorArguments.size(b[2], "uniform"), b[3]));
        table.simple("normal(mean, deviation, shape, dtype=None, mxnet=False)", "Numbers of the normal distribution.",
                b -> generator(b[4]).normal(TensorArguments.number(b[0], "normal"), TensorArguments.number(b[1], "normal"),
                        TensorArguments.size(b[2], "normal"), b[3]));
        table.simple("integers(low, high, shape, dtype=None, mxnet=False)", "Whole numbers from low to high - 1.", b -> {
            long low = TensorArguments.integer(b[0]);
            long high = TensorArguments.integer(b[1]);
            if (low >= high) {
                throw Errors.valueError("randint: low (" + low + ") must be below high (" + high + ")");
            }
            return generator(b[4]).generator().integers(low, high, EbbDType.read(b[3], DType.INT64), TensorArguments.size(b[2], "randint"),
                    Flavour.PLAIN);
        });
        table.simple("stream(seed=None)", "A stream of a seed; that of the program itself without one.",
                b -> new Stream(b[0] == EbbNone.NONE ? null : new Philox(TensorArguments.integer(b[0]))));
        table.simple("permutation(n, mxnet=False)", "The numbers below n in random order.", b -> permutation(TensorArguments.integer(b[0]),
                generator(b[1]).generator()));
    }

    /** A stream of random numbers with a state of its own; that of the program itself where philox is null. */
    private static final class Stream extends EbbLibraryValue {
        private Philox philox;

        Stream(Philox philox) {
            super(STREAM);
            this.philox = philox;
        }

        Philox philox() {
            return philox == null ? (Philox) generator(false).generator() : philox;
        }
    }

    private static final EbbClass STREAM = IteratorTypes.plain("_draw.Stream");

    static {
        STREAM.fillWith(RandomTensors::fillStream);
    }

    private static Philox self(Object[] b) {
        return ((Stream) b[0]).philox();
    }

    private static void fillStream(BuiltinTable table) {
        table.simple("uniform(self, shape, dtype=None)", "Numbers from [0, 1).",
                b -> new Source(self(b)).uniform(0, 1, TensorArguments.size(b[1], "uniform"), b[2]));
        table.simple("normal(self, shape, dtype=None)", "Numbers of the normal distribution.",
                b -> new Source(self(b)).normal(0, 1, TensorArguments.size(b[1], "normal"), b[2]));
        table.simple("integers(self, low, high, shape, dtype=None)", "Whole numbers from low to high - 1.",
                b -> self(b).integers(TensorArguments.integer(b[1]), TensorArguments.integer(b[2]), EbbDType.read(b[4], DType.INT64),
                        TensorArguments.size(b[3], "randint"), Flavour.PLAIN));
        table.simple("permutation(self, n)", "The numbers below n in random order.",
                b -> permutation(TensorArguments.integer(b[1]), self(b)));
        table.simple("poisson(self, mean, shape)", "Poisson numbers.", b -> Counts.poisson(self(b), Tensors.required(b[1], "poisson"),
                TensorArguments.size(b[2], "poisson")));
        table.simple("binomial(self, trials, chance, shape)", "Binomial numbers.", b -> Counts.binomial(self(b),
                Tensors.required(b[1], "binomial"), Tensors.required(b[2], "binomial"), TensorArguments.size(b[3], "binomial")));
        table.simple("split(self)", "A stream that is independent of this one.", b -> new Stream(self(b).split()));
        table.simple("state(self)", "Seed, sequence and place.",
                b -> new EbbTuple(self(b).seed(), self(b).stream(), self(b).place()));
        table.simple("restore(self, seed, stream, place)", "Go on from a state.", b -> {
            var philox = new Philox(TensorArguments.integer(b[1]), TensorArguments.integer(b[2]), TensorArguments.integer(b[3]));
            if (((Stream) b[0]).philox == null) {
                context().philox = philox;
            } else {
                ((Stream) b[0]).philox = philox;
            }
            return EbbNone.NONE;
        });
    }

    /** A generator with the arguments as the language gives them. */
    private record Source(Generator generator) {
        Tensor uniform(double low, double high, Shape shape, Object dtype) {
            return generator.uniform(low, high, TensorArguments.dtype(dtype), shape, Flavour.PLAIN);
        }

        Tensor normal(double mean, double deviation, Shape shape, Object dtype) {
            return generator.normal(mean, deviation, TensorArguments.dtype(dtype), shape, Flavour.PLAIN);
        }
    }

    private static Tensor permutation(long n, Generator generator) {
        long[] places = new long[Math.toIntExact(n)];
        for (int k = 0; k < places.length; k++) {
            places[k] = k;
        }
        var glance = new Glance();
        for (int k = places.length - 1; k > 0; k--) {
            glance.steps(10);
            int other = (int) generator.below(k + 1L);
            long kept = places[k];
            places[k] = places[other];
            places[other] = kept;
        }
        return org.ebb.tensor.Creation.of(places);
    }

    private static EbbContext context() {
        return EbbContext.get(null);
    }

    private static Source generator(Object mxnet) {
        EbbContext context = context();
        if ((Boolean) mxnet) {
            if (context.twister == null) {
                context.twister = new MersenneTwister(0);
            }
            return new Source(context.twister);
        }
        if (context.philox == null) {
            context.philox = new Philox(0);
        }
        return new Source(context.philox);
    }
}
