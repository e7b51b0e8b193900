package org.ebb.grad;

import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Recording;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** A gradient attached to a value: the buffer, and what backward does with it. */
public final class Leaf extends Recording {

    /** Overwrite at each backward, add up, or ignore. */
    public enum Request {
        WRITE, ADD, NULL;

        /** As the language spells it, or null for anything else. */
        public static Request named(String text) {
            return switch (text) {
                case "write" -> WRITE;
                case "add" -> ADD;
                case "null" -> NULL;
                default -> null;
            };
        }
    }

    public final Request request;
    public final Shape shape;
    public final DType dtype;
    public final Flavour flavour;

    /** Does the value's history begin here? False for a gradient attached to an intermediate. */
    public boolean first;

    /** The buffer the user sees as {@code x.grad}; null after {@code drop_grad} or with request NULL. */
    public Tensor grad;

    /** Did the latest backward reach the value? Cleared by whoever steps. */
    public boolean fresh;

    /** What the running sweep has gathered; null outside a sweep and while nothing arrived. */
    Value pending;

    /** Are the elements of {@link #pending} seen by nobody else? Then they can become the buffer's. */
    boolean pendingIsOwn;

    /** Are they known to be finite? */
    boolean pendingIsFinite;

    /** The value itself, for explanations only. */
    java.lang.ref.WeakReference<org.ebb.tensor.Tensor> owner;

    public Leaf(Shape shape, DType dtype, Flavour flavour, Request request, Tensor grad) {
        this.shape = shape;
        this.dtype = dtype;
        this.flavour = flavour;
        this.request = request;
        this.grad = grad;
    }
}
