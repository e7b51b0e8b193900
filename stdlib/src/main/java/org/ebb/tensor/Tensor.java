package org.ebb.tensor;

import java.util.Arrays;

/**
 * A window of strides on a cell. Several tensors may look at one cell: views. The geometry never changes; the cell's elements
 * and history do.
 */
public final class Tensor implements Value {

    public final Cell cell;
    private final Shape shape;
    private final long[] strides;
    public final long offset;
    private final Flavour flavour;

    /** True for a 0-d result of an operation (and views of one), which is a value and not a place to write to. */
    public final boolean frozen;

    /** For a view: the version of the cell it last looked at, and the entry of that look (0: the look was not recorded). */
    public Recording seenRecording;
    public long seenId;
    public Recording lookRecording;
    public long lookId;

    public Tensor(Cell cell, Shape shape, long[] strides, long offset, Flavour flavour, boolean frozen) {
        this.cell = cell;
        this.shape = shape;
        this.strides = strides;
        this.offset = offset;
        this.flavour = flavour;
        this.frozen = frozen;
    }

    /** A tensor that owns fresh row-major storage. */
    public static Tensor of(Storage storage, Shape shape, Flavour flavour) {
        return new Tensor(new Cell(storage, shape), shape, shape.strides(), 0, flavour, false);
    }

    public static Tensor zeros(DType dtype, Shape shape, Flavour flavour) {
        return of(Storage.zeros(dtype, shape.size()), shape, flavour);
    }

    @Override
    public DType dtype() {
        return cell.storage.dtype();
    }

    @Override
    public Flavour flavour() {
        return flavour;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    public int rank() {
        return shape.rank();
    }

    public long size() {
        return shape.size();
    }

    /** Strides in elements, one for each axis. Read only. */
    public long[] strides() {
        return strides;
    }

    /** Row-major without gaps, starting anywhere. */
    public boolean isContiguous() {
        if (strides == shape.strides()) {
            return true;
        }
        long step = 1;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            long d = shape.dim(axis);
            if (d != 1 && strides[axis] != step) {
                return false;
            }
            step *= d;
        }
        return true;
    }

    /** Is this the whole cell in its own shape, rather than a view of it? */
    public boolean isBase() {
        return offset == 0 && shape.size() == cell.storage.length() && shape.equals(cell.base) && isContiguous();
    }

    /** Another window on the same cell. */
    public Tensor view(Shape shape, long[] strides, long offset) {
        return new Tensor(cell, shape, strides, offset, flavour, frozen);
    }

    /** Where in the storage the element with this row-major number lies. */
    public long position(long index) {
        if (strides == shape.strides()) {
            return offset + index;
        }
        long at = offset;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            long d = shape.dim(axis);
            at += index % d * strides[axis];
            index /= d;
        }
        return at;
    }

    /** The element with this row-major number. */
    public double getDouble(long index) {
        return cell.storage.getDouble(position(index));
    }

    public long getLong(long index) {
        return cell.storage.getLong(position(index));
    }

    /** Changes an element; the cell copies first if its storage is shared. Knows nothing of history. */
    public void setDouble(long index, double value) {
        cell.writable().setDouble(position(index), value);
    }

    public void setLong(long index, long value) {
        cell.writable().setLong(position(index), value);
    }

    /** This tensor if it is row-major without gaps, else a fresh compact copy without history. */
    public Tensor contiguous() {
        return isContiguous() ? this : copy();
    }

    /** A fresh row-major copy without history. */
    public Tensor copy() {
        return astype(dtype());
    }

    /** A fresh row-major copy in another dtype, without history. Floats are cut toward zero to integers; all but 0 is true. */
    public Tensor astype(DType dtype) {
        Tensor fresh = of(Storage.room(dtype, shape.size()), shape, flavour);
        Moves.copy(this, fresh);
        return fresh;
    }

    /** Writes another tensor's elements, broadcast and converted, over this one's; they may overlap. Knows nothing of history. */
    public void assign(Tensor from) {
        Tensor safe = from.cell.storage == cell.storage && from.cell == cell ? from.copy() : from;
        cell.writable();
        Moves.copy(Views.broadcast("assign", safe, shape), this);
    }

    /** The elements in row-major order, as doubles. */
    public double[] toDoubles() {
        return ((Storage.Doubles) astype(DType.FLOAT64).cell.storage).array;
    }

    /** The elements in row-major order, as longs; an array of the caller's own. */
    public long[] toLongs() {
        if (cell.storage instanceof Storage.Longs longs && isContiguous()) {
            return Arrays.copyOfRange(longs.array, (int) offset, (int) (offset + size()));
        }
        return ((Storage.Longs) astype(DType.INT64).cell.storage).array;
    }

    /**
     * As {@link #snapshot()}, for somebody who will only read: several askers may get the same tensor, and each counts as an owner of
     * the elements. A small part of a cell that keeps being written is copied, since otherwise the next write would copy all of it.
     */
    public Tensor kept() {
        if (cell.copied && shape.size() <= cell.storage.length() / 4) {
            return copy();
        }
        Tensor latest = cell.snapshot;
        if (latest != null && latest.cell.storage == cell.storage && latest.strides == strides && latest.offset == offset
                && latest.shape == shape && latest.cell.base == cell.base && latest.flavour == flavour && latest.frozen == frozen) {
            cell.storage.owners++;
            return latest;
        }
        return cell.snapshot = snapshot();
    }

    /** The same elements as a value of its own without history: a later write on either side copies first. */
    public Tensor snapshot() {
        cell.storage.owners++;
        return new Tensor(new Cell(cell.storage, cell.base), shape, strides, offset, flavour, frozen);
    }

    /** The same elements and history under another flavour. */
    public Tensor withFlavour(Flavour other) {
        return new Tensor(cell, shape, strides, offset, other, frozen);
    }
}
