package org.ebb.builtins;

import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbDType;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.Errors;
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
        table.simple("permutation(n, mxnet=False)", "The numbers below n in random order.", b -> permutation(TensorArguments.integer(b[0]),
                generator(b[1]).generator()));
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
        for (int k = places.length - 1; k > 0; k--) {
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
