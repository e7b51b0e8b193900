package org.ebb.tensor;

import org.ebb.kernel.Poll;

/**
 * A source of random numbers with a state of its own.
 *
 * <p>The next number is drawn by {@link #uniformFloat} and its neighbours; the methods that fill tensors draw element by element
 * in row-major order, so a tensor holds what a loop would have drawn.
 */
public abstract sealed class Generator permits MersenneTwister, Philox {

    /** 32 random bits. */
    public abstract int bits();

    /** From [0, 1), as float32. */
    public abstract float uniformFloat();

    /** From [0, 1), as float64. */
    public abstract double uniformDouble();

    /** From the normal distribution of mean 0 and deviation 1, as float32. */
    public abstract float normalFloat();

    /** From the normal distribution of mean 0 and deviation 1, as float64. */
    public abstract double normalDouble();

    /** A whole number from 0 to {@code bound - 1}, each equally likely; bound is above 0. */
    public abstract long below(long bound);

    /** The same generator in the same state: both go on with the same numbers. */
    public abstract Generator copy();

    /** Numbers from [low, high). */
    public final Tensor uniform(double low, double high, DType dtype, Shape shape, Flavour flavour) {
        Storage storage = floats("uniform", dtype, shape);
        switch (storage) {
            case Storage.Floats s -> {
                float from = (float) low;
                float width = (float) high - from;
                for (int i = 0; i < s.array.length; i++) {
                    look(i);
                    s.array[i] = uniformFloat() * width + from;
                }
            }
            default -> {
                for (long i = 0; i < storage.length(); i++) {
                    look(i);
                    storage.setDouble(i, uniformDouble() * (high - low) + low);
                }
            }
        }
        return Tensor.of(storage, shape, flavour);
    }

    /** Numbers of the normal distribution; the deviation is not negative. */
    public final Tensor normal(double mean, double deviation, DType dtype, Shape shape, Flavour flavour) {
        if (deviation < 0) {
            throw new TensorException.BadValue("normal: the scale " + Text.python(deviation) + " is negative");
        }
        Storage storage = floats("normal", dtype, shape);
        switch (storage) {
            case Storage.Floats s -> {
                for (int i = 0; i < s.array.length; i++) {
                    look(i);
                    s.array[i] = normalFloat() * (float) deviation + (float) mean;
                }
            }
            default -> {
                for (long i = 0; i < storage.length(); i++) {
                    look(i);
                    storage.setDouble(i, normalDouble() * deviation + mean);
                }
            }
        }
        return Tensor.of(storage, shape, flavour);
    }

    private static Storage floats(String what, DType dtype, Shape shape) {
        if (!dtype.isFloat()) {
            throw new TensorException.BadType(what + ": gives floats, not " + dtype.text);
        }
        return Storage.zeros(dtype, shape.size());
    }

    /** Whole numbers from low to {@code high - 1}. */
    public final Tensor integers(long low, long high, DType dtype, Shape shape, Flavour flavour) {
        if (low >= high || high - low < 0) {
            throw new TensorException.BadValue("randint: nothing lies between low " + low + " and high " + high
                    + ", or too much");
        }
        Storage storage = Storage.zeros(dtype, shape.size());
        for (long i = 0; i < storage.length(); i++) {
            look(i);
            storage.setLong(i, low + below(high - low));
        }
        return Tensor.of(storage, shape, flavour);
    }

    /** 0 ... n - 1 in random order. */
    public final long[] permutation(int n) {
        long[] order = new long[n];
        for (int i = 0; i < n; i++) {
            look(i);
            int j = (int) below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static void look(long i) {
        if ((i & 0xffff) == 0) {
            Poll.now();
        }
    }
}
