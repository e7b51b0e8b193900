package org.ebb.op;

import java.util.List;
import org.ebb.tensor.Buffers;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;
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

    /** The number of the row, by which a tape can name it: {@link Ops#at(int)}. */
    public final int ordinal;

    private final List<Parameter> parameters;

    protected Op(String name, String signature, String doc) {
        this.name = name;
        this.signature = signature;
        this.doc = doc;
        this.parameters = Parameter.parse(signature);
        this.ordinal = Ops.add(this);
    }

    /** All parameters in order: first the {@link #inputs()}, then the options. */
    public final List<Parameter> parameters() {
        return parameters;
    }

    /**
     * How many of the first parameters are tensors or numbers that take part in differentiation; the others are options. An
     * input left out, or given as None, takes its parameter's default. 1 where the row is {@link #variadic()}: the one
     * parameter is the list.
     */
    public int inputs() {
        return 1;
    }

    /** Does the first parameter stand for a list of inputs, as in {@code concatenate(arrays, axis=0)}? */
    public boolean variadic() {
        return false;
    }

    /**
     * Checks the options of a call and gives what {@link #forward} wants of them. {@code values} has one element for each
     * parameter after the inputs, defaults filled in: Long, Double, Boolean, String, DType, null, a Value, or an Object[] for
     * a tuple or list.
     */
    public Object prepare(Object[] values, Value[] inputs) {
        return null;
    }

    /** Inputs and options to try the laws on, for example {@code "[2,3] axis=1"}; see the tests. */
    public abstract List<String> samples();

    /** From where the laws draw the elements of input {@code k}, because the row is defined and smooth there. */
    public Domain domain(int k) {
        return Domain.REAL;
    }

    /**
     * The plain value of the operation: no history is read or written. Inputs may be views. The result owns its elements,
     * row-major.
     */
    public abstract Value forward(Object options, Value[] inputs);

    /** The same, where nobody will see the result for long: its elements may be taken from the buffers, to which the caller gives them back. */
    public Value forward(Object options, Value[] inputs, Buffers buffers) {
        return forward(options, inputs);
    }

    /**
     * For a row such as reshape or transpose, which the language answers with a view: that view of {@code x}, or null where
     * there is none and the row has to be applied.
     */
    public Tensor view(Object options, Tensor x) {
        return null;
    }

    /** False for rows whose result is constant almost everywhere (comparisons, round, argmax): they are never recorded. */
    public boolean differentiable() {
        return true;
    }

    /** Does the backward rule read input {@code k}'s elements (and not only its shape)? What it does not read is not kept. */
    public boolean readsInput(int k) {
        return true;
    }

    /** For a row that adds all elements of its input up and divides by a number: that number. 0 for others. */
    public double divisor(Object options, Tensor input) {
        return 0;
    }

    /** Does the backward rule read the result's elements? */
    public boolean readsOutput() {
        return false;
    }

    /** Does it read input {@code k} for the cotangents of inputs whose bits are set in {@code wanted}, the first 64? */
    public boolean readsInput(int k, long wanted) {
        return readsInput(k);
    }

    /** Does it read the result for these? */
    public boolean readsOutput(long wanted) {
        return readsOutput();
    }

    /**
     * The cotangents of the inputs, given that of the output, written in operations. {@code wanted[k]} says which are needed.
     * Each has the shape and dtype of its input; null means zero.
     */
    public abstract Value[] vjp(Trace t, Object options, Value[] inputs, Value output, Value cotangent, boolean[] wanted);

    /**
     * Backward once and quickly: adds the cotangents of the inputs to sums, or adds nothing and says false where the row has no such
     * way for these inputs. Multiplies plainly, also a cotangent of exactly 0: where that gives nan, the sweep begins anew with
     * {@link #vjp}.
     */
    public boolean pull(Object options, Value[] inputs, Value output, Value cotangent, Sums sums) {
        return false;
    }

    /**
     * As {@link #jvp}, quickly and plainly; null where the row has no such way for these inputs, or where the tangent is zero. Gives a
     * tangent back as it is, or one whose elements are taken from the buffers.
     */
    public Value push(Object options, Value[] inputs, Value output, Value[] tangents, Buffers buffers) {
        return null;
    }

    /**
     * {@link #pull} along a direction, for second derivatives: adds the cotangents to {@code sums}, and to {@code along} how they change
     * where the inputs change by {@code tangents}, the result by {@code outTangent} and its cotangent by {@code cotangentAlong}. Null
     * stands for zero; not both cotangents are null. The sums may want less than {@code along}. Adds nothing and says false where the row has no such way.
     */
    public boolean pullAlong(Object options, Value[] inputs, Value output, Value[] tangents, Value outTangent, Value cotangent,
            Value cotangentAlong, Sums sums, Sums along) {
        return false;
    }

    /**
     * The tangent of the output, given those of the inputs (null: zero), written in operations. Null means zero. Never called
     * with all null.
     */
    public abstract Value jvp(Trace t, Object options, Value[] inputs, Value output, Value[] tangents);

    protected final TensorException badShape(String text) {
        return new TensorException.BadShape(name + ": " + text);
    }

    protected final TensorException badType(String text) {
        return new TensorException.BadType(name + ": " + text);
    }

    protected final TensorException badValue(String text) {
        return new TensorException.BadValue(name + ": " + text);
    }

    @Override
    public final String toString() {
        return name;
    }
}
