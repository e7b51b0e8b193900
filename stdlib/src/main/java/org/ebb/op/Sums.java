package org.ebb.op;

import org.ebb.tensor.Buffers;

/** Where the quick backward of a row adds up: one sum for each of its inputs. See {@link Op#pull}. */
public interface Sums {

    /** Where to take room for what is computed on the way, and to give it back. */
    Buffers buffers();

    /** Is the cotangent of input {@code k} asked for? */
    boolean wants(int k);

    /**
     * Is nothing there yet for input {@code k}, a tensor? Then the caller has to set every element of {@link #floats} or {@link #doubles},
     * which come with any content.
     */
    boolean begins(int k);

    /** The sum for input {@code k}, a float32 tensor: its elements row-major from 0, to be added to. */
    float[] floats(int k);

    /** The sum for input {@code k}, a float64 tensor. */
    double[] doubles(int k);

    /** The sum for input {@code k}, which {@link #begins} began and the caller has set, has finite elements alone: nobody needs to look. */
    default void setFinite(int k) {}

    /** Adds to the sum for input {@code k}, a number. */
    void add(int k, double cotangent);

    /**
     * Adds the result's own cotangent to the sum for input {@code k}, which has its shape and dtype. To be called before any other
     * sum is added to, as it may become that sum instead of being copied.
     */
    void pass(int k);

    /**
     * As {@link #pass} where that copies nothing: the elements of the result's own float32 cotangent, now the sum for input k, to be changed in
     * place. Null where it would copy, and where something is there already: then nothing has happened.
     */
    default float[] passed(int k) {
        return null;
    }
}
