package org.ebb.tensor;

import java.util.ArrayList;
import java.util.List;

/** One item between the brackets of {@code x[...]}. */
public sealed interface Subscript {

    /** One place of an axis, counted from the end where negative; the axis vanishes. */
    record At(long index) implements Subscript {}

    /** start : stop : step, null where left out. */
    record Slice(Long start, Long stop, Long step) implements Subscript {

        public static final Slice ALL = new Slice(null, null, null);

        /** The first place, the step and the number of places on an axis of this length. */
        Run on(long length) {
            long by = step == null ? 1 : Math.max(step, -Long.MAX_VALUE);
            if (by == 0) {
                throw new TensorException.BadValue("slice step cannot be zero");
            }
            long low = by > 0 ? 0 : -1;
            long high = by > 0 ? length : length - 1;
            long first = start == null ? (by > 0 ? low : high) : clamp(start, length, low, high);
            long end = stop == null ? (by > 0 ? high : low) : clamp(stop, length, low, high);
            long span = by > 0 ? end - first : first - end;
            return new Run(first, by, span <= 0 ? 0 : (span - 1) / Math.abs(by) + 1);
        }

        private static long clamp(long place, long length, long low, long high) {
            long fromStart = place < 0 ? place + length : place;
            return Math.clamp(fromStart, low, high);
        }
    }

    /** What a slice means on an axis: {@code count} places from {@code first} by {@code step}. */
    record Run(long first, long step, long count) {}

    /** {@code ...}: as many full slices as axes are left. */
    enum Rest implements Subscript { ELLIPSIS }

    /** {@code None}: a new axis of length 1. */
    enum NewAxis implements Subscript { NONE }

    /** A tensor of whole numbers, which picks places of one axis. */
    record Places(Tensor tensor) implements Subscript {
        public Places {
            tensor = inOneArray(tensor);
        }
    }

    /** A tensor of bools, which picks where it is true from as many axes as it has. */
    record Mask(Tensor tensor) implements Subscript {
        public Mask {
            tensor = inOneArray(tensor);
        }
    }

    private static Tensor inOneArray(Tensor index) {
        if (index.size() > Storage.MOST) {
            throw Storage.Pieces.tooMany("an index");
        }
        return index.cell.storage instanceof Storage.Pieces ? index.copy() : index;
    }

    /**
     * An item from its Java form: a Long or Integer, a Boolean, null (new axis), a Tensor, a Subscript, or nested lists of these
     * numbers. A float tensor serves if its elements are whole, because tensors made of integer lists are float32 unless asked
     * otherwise.
     */
    static Subscript of(Object item) {
        return switch (item) {
            case null -> NewAxis.NONE;
            case Subscript s -> s;
            case Long at -> new At(at);
            case Integer at -> new At(at);
            case Boolean b -> new Mask(Creation.full(b ? 1 : 0, DType.BOOL, Shape.SCALAR, Flavour.PLAIN));
            case Tensor t when t.dtype() == DType.BOOL -> new Mask(t);
            case Tensor t when t.dtype().isInteger() -> new Places(t);
            case Tensor t -> new Places(whole(t));
            case List<?> list -> of(list);
            default -> throw new TensorException.BadIndex(
                    "only integers, slices (`:`), ellipsis (`...`), None and tensors of integers or bools are valid indices");
        };
    }

    private static Subscript of(List<?> list) {
        Tensor made = Creation.of(list, null, Flavour.PLAIN);
        return made.dtype() == DType.BOOL ? new Mask(made) : of(Creation.of(list, made.size() == 0 ? DType.INT64
                : DType.FLOAT64, Flavour.PLAIN));
    }

    private static Tensor whole(Tensor t) {
        double[] elements = t.toDoubles();
        for (int i = 0; i < elements.length; i++) {
            if (elements[i] != Math.rint(elements[i]) || Double.isInfinite(elements[i])) {
                throw new TensorException.BadIndex("tensors used as indices must hold whole numbers or bools; element " + i
                        + " is "
                        + Text.python(elements[i]));
            }
        }
        return t.astype(DType.INT64);
    }

    /** The axes that an item takes away from those that are left to index. */
    default int consumes() {
        return switch (this) {
            case At _, Slice _, Places _ -> 1;
            case Mask m -> m.tensor.rank();
            case Rest _, NewAxis _ -> 0;
        };
    }

    /** Items from their Java forms. */
    static List<Subscript> all(Object... items) {
        List<Subscript> all = new ArrayList<>(items.length);
        for (Object item : items) {
            all.add(of(item));
        }
        return all;
    }
}
