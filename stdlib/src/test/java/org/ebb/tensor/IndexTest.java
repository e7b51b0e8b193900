package org.ebb.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Subscripts against recorded results of NumPy 1.24, and against definitions written out plainly. */
class IndexTest {

    /**
     * Each line: shape | items | ok | result shape | elements of a range so indexed; or shape | items | err | class | message.
     */
    @Test
    void numpyGivesTheSame() {
        int n = 0;
        for (String line : Golden.text("golden_index.txt").split("\n")) {
            String[] field = line.split("\\|", -1);
            assertEquals(field[2] + "|" + field[3] + "|" + field[4], result(Shape.of(numbers(field[0])), items(field[1])), line);
            n++;
        }
        assertEquals(700, n);
    }

    private static String result(Shape shape, Object[] items) {
        try {
            Index index = Index.of(shape, items);
            Tensor range = range(shape);
            Tensor picked = gather(range, index);
            if (index.isBasic()) {
                assertArrayEquals(picked.toLongs(), index.view(range).toLongs());
                assertEquals(index.result(), index.view(range).shape());
            }
            return "ok|" + list(index.result().dims()) + "|" + list(picked.toLongs());
        } catch (TensorException.BadIndex e) {
            return "err|IndexError|" + e.getMessage();
        } catch (TensorException.BadValue e) {
            return "err|ValueError|" + e.getMessage();
        }
    }

    private static Tensor range(Shape shape) {
        return Tensor.of(new Storage.Longs(LongStream.range(0, shape.size()).toArray()), shape, Flavour.PLAIN);
    }

    private static Tensor gather(Tensor x, Index index) {
        long[] picked = Arrays.stream(index.positions()).map(x::getLong).toArray();
        return Tensor.of(new Storage.Longs(picked), index.result(), Flavour.PLAIN);
    }

    private static long[] numbers(String text) {
        return text.isEmpty() ? new long[0] : Arrays.stream(text.split(",")).mapToLong(Long::parseLong).toArray();
    }

    private static String list(long[] numbers) {
        return Arrays.stream(numbers).mapToObj(Long::toString).collect(Collectors.joining(","));
    }

    private static Object[] items(String text) {
        List<Object> items = new ArrayList<>();
        for (String item : text.isEmpty() ? new String[0] : text.split(" ")) {
            String[] part = item.split(":", -1);
            items.add(switch (part[0]) {
                case "i" -> Long.valueOf(part[1]);
                case "s" -> new Subscript.Slice(bound(part[1]), bound(part[2]), bound(part[3]));
                case "e" -> Subscript.Rest.ELLIPSIS;
                case "n" -> Subscript.NewAxis.NONE;
                case "b" -> part[1].equals("1");
                case "t" -> Tensor.of(new Storage.Longs(numbers(part[2])), Shape.of(numbers(part[1])), Flavour.PLAIN);
                case "m" -> Tensor.of(new Storage.Longs(numbers(part[2])), Shape.of(numbers(part[1])),
                        Flavour.PLAIN).astype(DType.BOOL);
                default -> throw new IllegalArgumentException(item);
            });
        }
        return items.toArray();
    }

    private static Long bound(String text) {
        return text.equals("_") ? null : Long.valueOf(text);
    }

    @Test
    void aSliceIsWhatSteppingThroughItGives() {
        var random = new Random(3);
        for (int n = 0; n < 5000; n++) {
            long length = random.nextInt(8);
            Long start = random.nextBoolean() ? null : (long) random.nextInt(-10, 11);
            Long stop = random.nextBoolean() ? null : (long) random.nextInt(-10, 11);
            long step = random.nextBoolean() ? random.nextInt(1, 4) : -random.nextInt(1, 4);
            List<Long> expected = new ArrayList<>();
            for (long i = step > 0 ? 0 : length - 1; i >= 0 && i < length; i += step > 0 ? 1 : -1) {
                long from = start == null ? (step > 0 ? 0 : length - 1) : start < 0 ? start + length : start;
                from = step > 0 ? Math.max(from, 0) : Math.min(from, length - 1);
                long to = stop == null ? (step > 0 ? length : -1) : stop < 0 ? stop + length : stop;
                boolean inside = step > 0 ? i >= from && i < to : i <= from && i > to;
                if (inside && (i - from) % step == 0) {
                    expected.add(i);
                }
            }
            Index index = Index.of(Shape.of(length), new Subscript.Slice(start, stop, step));
            assertEquals(expected, Arrays.stream(index.positions()).boxed().toList(), start + ":" + stop + ":" + step + " of "
                    + length);
        }
    }

    @Test
    void viewsOfViewsFollowTheirStrides() {
        Tensor x = Views.transpose(range(Shape.of(4, 5)));
        Tensor view = Index.view(x, new Subscript.Slice(null, null, -2L), 1L);
        assertArrayEquals(new long[] {9, 7, 5}, view.toLongs());
        view.setLong(0, 100);
        assertEquals(100, x.getLong(4 * 4 + 1));
        assertNull(Index.view(x, List.of(0L, 1L)));
    }

    @Test
    void wholeFloatsServeAsPlaces() {
        assertArrayEquals(new long[] {2, 0}, Index.of(Shape.of(3), Creation.of(2f, 0f)).positions());
        var half = assertThrows(TensorException.BadIndex.class, () -> Index.of(Shape.of(3), Creation.of(0f, 0.5f)));
        assertEquals("tensors used as indices must hold whole numbers or bools; element 1 is 0.5", half.getMessage());
        assertThrows(TensorException.BadIndex.class, () -> Index.of(Shape.of(3), "a"));
    }

    @Test
    void oneElementIsBoundsChecked() {
        Tensor x = Views.transpose(range(Shape.of(2, 3)));
        assertEquals(5, x.cell.storage.getLong(Index.element(x, -1, -1)));
        assertEquals("index 3 is out of bounds for axis 0 with size 3",
                assertThrows(TensorException.BadIndex.class, () -> Index.element(x, 3, 0)).getMessage());
    }

    @Test
    void integersAloneGiveTheSameWindow() {
        Tensor x = Views.transpose(range(Shape.of(2, 3, 4)));
        for (long i = -4; i < 4; i++) {
            assertArrayEquals(Index.view(x, i).toLongs(), Index.at(x, i).toLongs());
            assertEquals(Shape.of(3, 2), Index.at(x, i).shape());
            assertEquals(x.cell.storage.getLong(Index.element(x, i, 1, -1)), Index.at(x, i, 1, -1).getLong(0));
        }
        assertArrayEquals(x.toLongs(), Index.at(x).toLongs());
        assertThrows(TensorException.BadIndex.class, () -> Index.at(x, 4));
        assertEquals("too many indices for array: array is 3-dimensional, but 4 were indexed",
                assertThrows(TensorException.BadIndex.class, () -> Index.at(x, 0, 0, 0, 0)).getMessage());
    }

    @Test
    void extremeSlicesDoNotOverflow() {
        var all = new Subscript.Slice(Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
        assertEquals(Shape.of(1), Index.of(Shape.of(5), all).result());
        var back = new Subscript.Slice(Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);
        assertArrayEquals(new long[] {4}, Index.of(Shape.of(5), back).positions());
    }
}
