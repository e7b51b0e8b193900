package org.ebb.tensor;

import java.util.ArrayList;
import java.util.List;

/** Goes through the items of a subscript once, from left to right, and collects what the finished {@link Index} needs. */
final class Resolver {
    final Shape source;
    final long[] starts;

    /** For each result axis outside the block of picked places: its source axis (-1: a new axis), the step there and its size; so many of them. */
    int[] axes;
    long[] steps;
    long[] counts;
    int count;

    final List<Tensor> places = new ArrayList<>();
    final List<Integer> placeAxes = new ArrayList<>();
    boolean copies;
    int blockAt = -1;
    private boolean left;
    private int axis;

    Resolver(Shape source) {
        this.source = source;
        this.starts = new long[source.rank()];
    }

    void resolve(List<Subscript> items) {
        int consumed = 0;
        int ellipses = 0;
        boolean picks = false;
        int room = source.rank() + items.size();
        axes = new int[room];
        steps = new long[room];
        counts = new long[room];
        for (Subscript item : items) {
            consumed += item.consumes();
            ellipses += item instanceof Subscript.Rest ? 1 : 0;
            picks |= item instanceof Subscript.Mask || item instanceof Subscript.Places p && p.tensor().rank() > 0;
        }
        if (ellipses > 1) {
            throw new TensorException.BadIndex("an index can only have a single ellipsis ('...')");
        }
        if (consumed > source.rank()) {
            throw Index.tooMany(source.rank(), consumed);
        }
        for (Subscript item : items) {
            add(item, source.rank() - consumed, picks);
        }
        while (axis < source.rank()) {
            slice(Subscript.Slice.ALL);
        }
    }

    private void add(Subscript item, int rest, boolean picks) {
        switch (item) {
            case Subscript.At at -> {
                starts[axis] = Index.place(at.index(), axis, source.dim(axis));
                if (picks) {
                    standHere();
                }
                axis++;
            }
            case Subscript.Slice slice -> slice(slice);
            case Subscript.Rest _ -> {
                left |= blockAt >= 0;
                for (int k = 0; k < rest; k++) {
                    slice(Subscript.Slice.ALL);
                }
            }
            case Subscript.NewAxis _ -> axis(-1, 0, 1);
            case Subscript.Places p when p.tensor().rank() == 0 -> {
                copies = true;
                add(new Subscript.At(p.tensor().getLong(0)), rest, picks);
            }
            case Subscript.Places p -> {
                standHere();
                pick(p.tensor());
            }
            case Subscript.Mask m -> {
                standHere();
                mask(m.tensor());
            }
        }
    }

    private void slice(Subscript.Slice slice) {
        Subscript.Run run = slice.on(source.dim(axis));
        starts[axis] = run.count() == 0 ? 0 : run.first();
        axis(axis++, run.step(), run.count());
    }

    private void axis(int from, long step, long count) {
        left |= blockAt >= 0;
        axes[this.count] = from;
        steps[this.count] = step;
        counts[this.count++] = count;
    }

    /** The block of picked places stands at the first of them, or in front if something else came between. */
    private void standHere() {
        blockAt = blockAt < 0 ? count : left ? 0 : blockAt;
    }

    private void pick(Tensor tensor) {
        places.add(tensor);
        placeAxes.add(axis++);
    }

    private void mask(Tensor mask) {
        for (int k = 0; k < mask.rank(); k++) {
            if (mask.shape().dim(k) != source.dim(axis + k)) {
                throw new TensorException.BadIndex("boolean index did not match indexed array along dimension " + (axis + k)
                        + "; dimension is " + source.dim(axis + k) + " but corresponding boolean dimension is "
                        + mask.shape().dim(k));
            }
        }
        long[] flags = mask.toLongs();
        long[] where = new long[flags.length];
        int found = 0;
        for (int i = 0; i < flags.length; i++) {
            if (flags[i] != 0) {
                where[found++] = i;
            }
        }
        if (mask.rank() == 0) {
            places.add(Creation.of(new long[found]));
            placeAxes.add(-1);
        }
        long[] layout = mask.shape().strides();
        for (int k = 0; k < mask.rank(); k++) {
            long[] along = new long[found];
            for (int i = 0; i < found; i++) {
                along[i] = where[i] / layout[k] % mask.shape().dim(k);
            }
            pick(Creation.of(along));
        }
    }

    Shape block() {
        Shape joined = Shape.SCALAR;
        for (Tensor t : places) {
            if (!broadcasts(joined, t.shape())) {
                var shapes = new StringBuilder();
                places.forEach(p -> shapes.append(' ').append(p.shape().toString().replace(", ", ",")));
                throw new TensorException.BadIndex("shape mismatch: indexing arrays could not be broadcast together"
                        + " with shapes" + shapes);
            }
            joined = Shape.broadcast("index", joined, t.shape());
        }
        return joined;
    }

    private static boolean broadcasts(Shape a, Shape b) {
        for (int k = 1; k <= Math.min(a.rank(), b.rank()); k++) {
            long x = a.dim(a.rank() - k);
            long y = b.dim(b.rank() - k);
            if (x != y && x != 1 && y != 1) {
                return false;
            }
        }
        return true;
    }

    /** The sum over the picked axes of place times row-major stride, for each element of the block. */
    long[] picked(Shape block) {
        if (block.size() > Integer.MAX_VALUE - 8) {
            throw new TensorException.TooLarge("an index that picks " + block.size()
                    + " places is more than one array holds");
        }
        long[] sums = null;
        for (int p = 0; p < places.size(); p++) {
            int axis = placeAxes.get(p);
            if (axis < 0) {
                continue;
            }
            long[] own = places.get(p).toLongs();
            for (int i = 0; i < own.length; i++) {
                own[i] = Index.place(own[i], axis, source.dim(axis)) * source.strides()[axis];
            }
            if (own.length != block.size()) {
                own = Views.broadcast("index", Tensor.of(new Storage.Longs(own), places.get(p).shape(), Flavour.PLAIN), block).toLongs();
            }
            for (int i = 0; sums != null && i < sums.length; i++) {
                own[i] += sums[i];
            }
            sums = own;
        }
        return sums == null ? new long[(int) block.size()] : sums;
    }
}
