package org.ebb.op;

import org.ebb.tensor.Value;

/**
 * One operation: one row of the table. Everything the engine, the tape, the laws and the reference need to know about it.
 */
public abstract class Op {

    public final String name;

    /** Signature as the language shows it, for example {@code sum(x, axis=None, keepdims=False)}. */
    public final String signature;

    /** One sentence, then arguments with shape and unit, the result, errors, and an example with {@code >>>}. */
    public final String doc;

    protected Op(String name, String signature, String doc) {
        this.name = name;
        this.signature = signature;
        this.doc = doc;
    }

    /** The plain value of the operation: no history is read or written. Inputs may be views. The result is fresh, or a snapshot. */
    public abstract Value forward(Object options, Value[] inputs);

    /** False for rows whose result is constant almost everywhere (comparisons, round, argmax): they are never recorded. */
    public boolean differentiable() {
        return true;
    }

    /** Does the backward rule read input {@code k}'s elements (and not only its shape)? What it does not read is not kept. */
    public boolean readsInput(int k) {
        return true;
    }

    /** Does the backward rule read the result's elements? */
    public boolean readsOutput() {
        return false;
    }

    /**
     * The cotangents of the inputs, given that of the output, written in operations. {@code wanted[k]} says which are needed; the others
     * may be null. Each has the shape and dtype of its input.
     */
    public abstract Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted);

    /** The tangent of the output, given those of the inputs (null: zero), written in operations. Never called with all null. */
    public abstract Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents);

    @Override
    public final String toString() {
        return name;
    }
}
