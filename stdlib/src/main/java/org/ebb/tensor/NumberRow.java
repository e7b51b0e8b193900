package org.ebb.tensor;

import java.util.AbstractList;
import org.ebb.kernel.Glance;

/** Plain numbers, all of one kind, as a list for {@link Creation#of}: an array that keeps what it holds until the tensor is made. */
public final class NumberRow extends AbstractList<Object> {

    /** A long[] or a double[]. */
    private final Object numbers;
    private final int size;

    private NumberRow(Object numbers, int size) {
        this.numbers = numbers;
        this.size = size;
    }

    /** The first {@code size} of some numbers. */
    public static NumberRow of(long[] numbers, int size) {
        return new NumberRow(numbers, size);
    }

    /** The first {@code size} of some numbers. */
    public static NumberRow of(double[] numbers, int size) {
        return new NumberRow(numbers, size);
    }

    @Override
    public Object get(int index) {
        return numbers instanceof long[] longs ? (Object) longs[index] : (Object) ((double[]) numbers)[index];
    }

    @Override
    public int size() {
        return size;
    }

    /** Writes the numbers into a storage, from a place on. */
    void into(Storage out, long at, Glance glance) {
        if (numbers instanceof long[] longs) {
            boolean rounds = out.dtype() == DType.FLOAT64 || out.dtype().isHalf();
            for (int i = 0; i < size; i++) {
                glance.step();
                if (rounds) {
                    out.setDouble(at + i, longs[i]);
                } else {
                    out.setLong(at + i, longs[i]);
                }
            }
        } else {
            double[] doubles = (double[]) numbers;
            for (int i = 0; i < size; i++) {
                glance.step();
                out.setDouble(at + i, doubles[i]);
            }
        }
    }
}
