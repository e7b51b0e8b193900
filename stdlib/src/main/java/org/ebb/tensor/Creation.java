package org.ebb.tensor;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.ebb.kernel.Glance;

/** Fresh tensors: of one number, of a sequence, of nested lists. */
public final class Creation {

    private Creation() {}

    public static Tensor zeros(DType dtype, Shape shape, Flavour flavour) {
        return Tensor.of(Storage.room(dtype, shape.size()), shape, flavour);
    }

    public static Tensor ones(DType dtype, Shape shape, Flavour flavour) {
        return full(1, dtype, shape, flavour);
    }

    public static Tensor full(double value, DType dtype, Shape shape, Flavour flavour) {
        Storage storage = Storage.room(dtype, shape.size());
        fill(storage, value);
        return Tensor.of(storage, shape, flavour);
    }

    /** Writes one number all over. */
    private static void fill(Storage storage, double value) {
        switch (storage) {
            case Storage.Pieces s -> {
                for (Storage piece : s.pieces) {
                    fill(piece, value);
                }
            }
            case Storage.Floats s -> Arrays.fill(s.array, (float) value);
            case Storage.Doubles s -> Arrays.fill(s.array, value);
            case Storage.Longs s -> Arrays.fill(s.array, (long) value);
            case Storage.Ints s -> Arrays.fill(s.array, (int) (long) value);
            case Storage.Bools s -> Arrays.fill(s.array, (byte) (value != 0 ? 1 : 0));
            case Storage.Halves s when s.array.length > 0 -> {
                s.setDouble(0, value);
                Arrays.fill(s.array, s.array[0]);
            }
            case Storage.Halves _ -> {}
        }
    }

    /** A large integer keeps all its digits here. */
    public static Tensor full(long value, DType dtype, Shape shape, Flavour flavour) {
        if (!dtype.isInteger()) {
            return full((double) value, dtype, shape, flavour);
        }
        Storage storage = Storage.room(dtype, shape.size());
        fill(storage, value);
        return Tensor.of(storage, shape, flavour);
    }

    private static void fill(Storage storage, long value) {
        switch (storage) {
            case Storage.Pieces s -> {
                for (Storage piece : s.pieces) {
                    fill(piece, value);
                }
            }
            case Storage.Longs s -> Arrays.fill(s.array, value);
            case Storage.Ints s -> Arrays.fill(s.array, (int) value);
            case Storage.Bools _, Storage.Floats _, Storage.Doubles _, Storage.Halves _ -> fill(storage, (double) value);
        }
    }

    /** A 0-d tensor that cannot be written to: what indexing and reductions give for dtypes without a light scalar. */
    public static Tensor frozen(long value, DType dtype, Flavour flavour) {
        Storage storage = Storage.zeros(dtype, 1);
        storage.setLong(0, value);
        return new Tensor(new Cell(storage, Shape.SCALAR), Shape.SCALAR, Shape.SCALAR.strides(), 0, flavour, true);
    }

    /** The same for a dtype of floats, such as a half. */
    public static Tensor frozenFloat(double value, DType dtype, Flavour flavour) {
        Tensor frozen = frozen(0, dtype, flavour);
        frozen.cell.storage.setDouble(0, value);
        return frozen;
    }

    public static Tensor of(float... elements) {
        return Tensor.of(new Storage.Floats(elements), Shape.of(elements.length), Flavour.PLAIN);
    }

    public static Tensor of(double... elements) {
        return Tensor.of(new Storage.Doubles(elements), Shape.of(elements.length), Flavour.PLAIN);
    }

    public static Tensor of(long... elements) {
        return Tensor.of(new Storage.Longs(elements), Shape.of(elements.length), Flavour.PLAIN);
    }

    public static Tensor of(boolean... elements) {
        Tensor fresh = Tensor.zeros(DType.BOOL, Shape.of(elements.length), Flavour.PLAIN);
        for (int i = 0; i < elements.length; i++) {
            fresh.cell.storage.setLong(i, elements[i] ? 1 : 0);
        }
        return fresh;
    }

    /** start, start + step, ... below stop; the first two are rounded to the dtype and give the step, as in NumPy. */
    public static Tensor arange(double start, double stop, double step, DType dtype, Flavour flavour) {
        if (step == 0) {
            throw new TensorException.BadValue("arange: the step must not be 0");
        }
        double count = Math.ceil((stop - start) / step);
        if (Double.isNaN(count)) {
            throw new TensorException.BadValue("arange: cannot compute the length of " + Text.python(start) + " to "
                    + Text.python(stop));
        }
        if (dtype == DType.BOOL && count > 2) {
            throw new TensorException.BadType("arange: no range of bools is longer than 2");
        }
        Storage storage = Storage.zeros(dtype, count <= 0 ? 0 : count > 1e18 ? Long.MAX_VALUE : (long) count);
        var glance = new Glance();
        switch (storage) {
            case Storage.Pieces _ -> throw Storage.Pieces.tooMany("arange");
            case Storage.Floats s -> {
                float first = (float) start;
                float delta = (float) (start + step) - first;
                Glance.blocks(s.array.length, (begin, end) -> {
                    for (int i = begin; i < end; i++) {
                        s.array[i] = i == 1 ? (float) (start + step) : first + i * delta;
                    }
                });
            }
            case Storage.Doubles s -> {
                double delta = start + step - start;
                Glance.blocks(s.array.length, (begin, end) -> {
                    for (int i = begin; i < end; i++) {
                        s.array[i] = i == 1 ? start + step : start + i * delta;
                    }
                });
            }
            case Storage.Halves s -> {
                for (int i = 0; i < s.array.length; i++) {
                    glance.step();
                    s.setDouble(i, start + i * step);
                }
            }
            case Storage.Longs _, Storage.Ints _, Storage.Bools _ -> {
                long first = (long) start;
                long delta = (long) (start + step) - first;
                for (long i = 0; i < storage.length(); i++) {
                    glance.step();
                    storage.setLong(i, first + i * delta);
                }
            }
        }
        return Tensor.of(storage, Shape.of(storage.length()), flavour);
    }

    /** {@code count} numbers from start to stop, both included where {@code endpoint}. */
    public static Tensor linspace(double start, double stop, long count, boolean endpoint, DType dtype, Flavour flavour) {
        if (count < 0) {
            throw new TensorException.BadValue("linspace: the number of elements, " + count + ", must not be negative");
        }
        Storage storage = Storage.zeros(dtype, count);
        double gaps = endpoint ? count - 1 : count;
        double step = (stop - start) / gaps;
        var glance = new Glance();
        for (long i = 0; i < count; i++) {
            glance.step();
            double x = gaps <= 0 ? start : step == 0 ? i / gaps * (stop - start) + start : i * step + start;
            double y = endpoint && i == count - 1 && count > 1 ? stop : x;
            storage.setDouble(i, dtype.isInteger() ? Math.floor(y) : y);
        }
        return Tensor.of(storage, Shape.of(count), flavour);
    }

    /** Ones on the k-th diagonal of n rows and m columns, zeros elsewhere. */
    public static Tensor eye(long n, long m, long k, DType dtype, Flavour flavour) {
        Tensor fresh = Tensor.zeros(dtype, Shape.of(n, m), flavour);
        for (long row = Math.max(0, -k); row < n && row + k < m; row++) {
            fresh.cell.storage.setLong(row * m + row + k, 1);
        }
        return fresh;
    }

    /**
     * A tensor of nested lists. Leaves are Java numbers, booleans, {@link Scalar} and {@link Tensor} (whose shape adds to the
     * nest's); their histories are not kept here.
     *
     * @param dtype null for the default: the dtype that bools and tensors among the leaves join to, where each number counts as
     * float32
     */
    public static Tensor of(Object nested, DType dtype, Flavour flavour) {
        return of(nested, dtype, DType.FLOAT32, flavour);
    }

    /** The same where plain numbers have another dtype than float32. */
    public static Tensor of(Object nested, DType dtype, DType numbers, Flavour flavour) {
        var glance = new Glance();
        Shape shape = shape(nested, glance);
        Tensor fresh = Tensor.zeros(dtype != null ? dtype : widest(nested, numbers, glance), shape, flavour);
        fill(nested, fresh.cell.storage, 0, glance);
        return fresh;
    }

    /** The shape of a nest, which must be even. */
    public static Shape shape(Object nested) {
        return shape(nested, new Glance());
    }

    private static Shape shape(Object nested, Glance glance) {
        glance.step();
        if (nested instanceof Value v) {
            return v.shape();
        }
        List<?> list = list(nested);
        if (list == null) {
            return Shape.SCALAR;
        }
        if (list.isEmpty() || list instanceof NumberRow) {
            return Shape.of(list.size());
        }
        Shape first = shape(list.getFirst(), glance);
        for (int i = 1; i < list.size(); i++) {
            Shape other = shape(list.get(i), glance);
            if (!first.equals(other)) {
                throw new TensorException.BadShape("tensor: the list is uneven: element 0 has shape " + first + ", element " + i
                        + " has shape " + other);
            }
        }
        long[] dims = new long[first.rank() + 1];
        dims[0] = list.size();
        System.arraycopy(first.dims(), 0, dims, 1, first.rank());
        return Shape.of(dims);
    }

    private static List<?> list(Object nested) {
        return switch (nested) {
            case List<?> list -> list;
            case Object[] array -> List.of(array);
            case null, default -> null;
        };
    }

    private static DType widest(Object nested, DType numbers, Glance glance) {
        glance.step();
        List<?> list = list(nested);
        if (list == null) {
            return switch (nested) {
                case Boolean _ -> DType.BOOL;
                case Tensor t -> t.dtype();
                case Scalar s when !s.isLanguageFloat() -> s.dtype();
                case null, default -> numbers;
            };
        }
        if (list.isEmpty() || list instanceof NumberRow) {
            return numbers;
        }
        DType widest = DType.BOOL;
        for (Object inner : list) {
            widest = widest.with(widest(inner, numbers, glance));
        }
        return widest;
    }

    private static long fill(Object nested, Storage storage, long at, Glance glance) {
        glance.step();
        switch (nested) {
            case Boolean b -> storage.setLong(at, b ? 1 : 0);
            case Float f -> storage.setDouble(at, f);
            case Double d -> storage.setDouble(at, d);
            case Scalar s -> storage.setDouble(at, s.value);
            case BigInteger big when storage.dtype().isInteger() -> storage.setLong(at, exact(big));
            case BigInteger big -> storage.setDouble(at, big.doubleValue());
            case Number n when storage.dtype() == DType.FLOAT64 || storage.dtype().isHalf() -> storage.setDouble(at, n.doubleValue());
            case Number n -> storage.setLong(at, n.longValue());
            case NumberRow row -> {
                row.into(storage, at, glance);
                return at + row.size();
            }
            case Tensor t -> {
                Moves.row(t.astype(storage.dtype()).cell.storage, 0, 1, storage, (int) at, 1, (int) t.size());
                return at + t.size();
            }
            case null, default -> {
                List<?> list = list(nested);
                if (list == null) {
                    throw new TensorException.BadType("tensor: " + nested + " is not a number");
                }
                for (Object inner : list) {
                    at = fill(inner, storage, at, glance);
                }
                return at;
            }
        }
        return at + 1;
    }

    private static long exact(BigInteger big) {
        if (big.bitLength() > 63) {
            throw new TensorException.BadValue("tensor: " + big + " is too large for an int64");
        }
        return big.longValue();
    }
}
