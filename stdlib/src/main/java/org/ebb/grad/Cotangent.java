package org.ebb.grad;

import org.ebb.tensor.Buffers;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;

/** What arrived at a tensor so far. It becomes this sweep's own, to be added to in place, when something is added. */
final class Cotangent {

    /** Null while only {@link #own} is there: most sums are never asked for as a tensor. */
    private Tensor value;

    /** The elements row-major from 0, seen by nobody else; null where they are not the sweep's own. */
    private Storage own;
    private final Tensor like;

    /** Are all elements known to be finite? */
    private boolean finite;

    Cotangent(Tensor value) {
        this.value = value;
        this.like = value;
    }

    private Cotangent(Tensor like, Storage own) {
        this.like = like;
        this.own = own;
    }

    /** Zeros in shape and dtype like a tensor, whose elements are not read. */
    static Cotangent zeros(Tensor like, Buffers buffers) {
        return new Cotangent(like, buffers.zeros(Regions.gradientType(like.dtype()), like.size()));
    }

    /** Gives its elements back, if they are the sweep's own. Nobody may hold the value any more. */
    void giveBack(Buffers buffers) {
        if (own != null) {
            buffers.give(own);
            own = null;
            value = null;
        }
    }

    /** Another sweep's own sum of the same elements. */
    static Cotangent copy(Cotangent other, Buffers buffers) {
        if (other.own == null) {
            return new Cotangent(other.like, other.value.copy().cell.storage);
        }
        Storage copy = buffers.take(other.own.dtype(), other.own.length());
        System.arraycopy(other.own.array(), 0, copy.array(), 0, (int) copy.length());
        return new Cotangent(other.like, copy);
    }

    /** Any content, to be overwritten, in shape and dtype like a tensor. */
    static Cotangent ofAny(Tensor like, Buffers buffers) {
        return new Cotangent(like, buffers.take(Regions.gradientType(like.dtype()), like.size()));
    }

    /** Elements that nobody else sees, in shape like a tensor. */
    static Cotangent of(Tensor like, Storage own) {
        return new Cotangent(like, own);
    }

    void setFinite() {
        finite = true;
    }

    boolean isKnownFinite() {
        return finite;
    }

    /** Are the elements this sweep's own? */
    boolean isOwn() {
        return own != null;
    }

    Tensor value() {
        if (value == null) {
            value = Tensor.of(own, like.shape(), like.flavour());
        }
        return value;
    }

    /** The value, which somebody is going to keep. */
    Tensor shared() {
        Tensor kept = value();
        own = null;
        return kept;
    }

    void add(Tensor more) {
        Regions.add(more, writable());
    }

    /** Adds elements that lie as those of {@link #plain}. */
    void add(Storage more) {
        Regions.add(more, elements());
    }

    /** The elements, where these are all of an array in their order and of the kind and number of {@code like}; else null. */
    Storage plain(Tensor like) {
        if (own != null) {
            return own;
        }
        return value.isBase() && value.dtype() == like.dtype() && value.shape().equals(like.shape()) ? value.cell.storage : null;
    }

    /** The array itself, row-major and seen by nobody else. */
    Tensor writable() {
        elements();
        return value();
    }

    /** The elements of {@link #writable()}. */
    Storage elements() {
        finite = false;
        if (own == null) {
            value = value.copy();
            own = value.cell.storage;
        }
        return own;
    }
}
