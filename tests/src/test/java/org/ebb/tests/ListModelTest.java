package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random changes of lists of ints, floats and anything, beside a plain list of Java: nobody can tell how a row is kept. */
final class ListModelTest {

    private static final Object[] OTHERS = {true, false, "text", EbbNone.NONE, new EbbTuple(1L)};
    private static final double[] FLOATS = {0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, 1.5, -2.25, 1e300};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void changesAgreeWithAPlainList(long seed) {
        Random random = new Random(seed);
        for (int program = 0; program < 300; program++) {
            int mix = random.nextInt(4);
            EbbList list = new EbbList();
            List<Object> model = new ArrayList<>();
            for (int step = 0; step < 60; step++) {
                String what = change(random, mix, list, model);
                assertSameRow("seed " + seed + ", program " + program + ", step " + step + ": " + what, model, list);
            }
        }
    }

    private static Object value(Random random, int mix) {
        int kind = mix < 2 && random.nextInt(30) > 0 ? mix : random.nextInt(3);
        return switch (kind) {
            case 0 -> random.nextInt(4) == 0 ? random.nextLong() : (Object) (long) random.nextInt(5);
            case 1 -> FLOATS[random.nextInt(FLOATS.length)];
            default -> OTHERS[random.nextInt(OTHERS.length)];
        };
    }

    private static Object[] values(Random random, int mix) {
        Object[] values = new Object[random.nextInt(7)];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(random, mix);
        }
        return values;
    }

    private static String change(Random random, int mix, EbbList list, List<Object> model) {
        int n = model.size();
        int at = n == 0 ? 0 : random.nextInt(n);
        int from = random.nextInt(n + 1);
        int to = from + random.nextInt(n - from + 1);
        Object value = value(random, mix);
        Object[] more = values(random, mix);
        switch (random.nextInt(13)) {
            case 0, 1, 2 -> {
                list.append(value);
                model.add(value);
                return "append " + value;
            }
            case 3 -> {
                if (n > 0) {
                    set(list, at, value);
                    model.set(at, value);
                }
                return "set " + at + " " + value;
            }
            case 4 -> {
                if (n > 0) {
                    assertSameValue("removed", model.remove(n - 1), list.removeLast());
                }
                return "removeLast";
            }
            case 5 -> {
                if (n > 0) {
                    assertSameValue("removed", model.remove(at), list.remove(at));
                }
                return "remove " + at;
            }
            case 6 -> {
                list.insert(from, value);
                model.add(from, value);
                return "insert " + from + " " + value;
            }
            case 7 -> {
                list.replace(from, to, new EbbList(more.clone()));
                model.subList(from, to).clear();
                model.addAll(from, List.of(more));
                return "replace [" + from + ", " + to + ") by " + List.of(more);
            }
            case 8 -> {
                list.addAll(list);
                model.addAll(new ArrayList<>(model));
                while (model.size() > 40) {
                    model.removeLast();
                    list.removeLast();
                }
                return "doubled";
            }
            case 9 -> {
                EbbList other = list.copy(from, to);
                other.append(value); // a copy is one: this must not show in the list
                assertSameValue("copied", value, other.get(to - from));
                return "copy";
            }
            case 10 -> {
                list.assign(list.copy(n - 1, -1, n));
                Collections.reverse(model);
                return "backwards";
            }
            case 11 -> {
                list.reverse();
                Collections.reverse(model);
                return "reverse";
            }
            default -> {
                if (random.nextInt(4) == 0) {
                    list.clear();
                    model.clear();
                } else {
                    list.addAll(more.clone());
                    model.addAll(List.of(more));
                }
                return "clear or addAll " + List.of(more);
            }
        }
    }

    /** Through the door that fits the value, as nodes do. */
    private static void set(EbbList list, int at, Object value) {
        switch (value) {
            case Long number -> list.set(at, number.longValue());
            case Double number -> list.set(at, number.doubleValue());
            default -> list.set(at, value);
        }
    }

    private static void assertSameRow(String what, List<Object> model, EbbList list) {
        assertEquals(model.size(), list.size(), what);
        Object[] all = list.toArray();
        for (int i = 0; i < all.length; i++) {
            assertSameValue(what, model.get(i), list.get(i));
            assertSameValue(what, model.get(i), all[i]);
        }
    }

    private static void assertSameValue(String what, Object expected, Object value) {
        if (expected instanceof Double number) {
            assertEquals(Double.doubleToRawLongBits(number), Double.doubleToRawLongBits((double) value), what);
        } else if (expected instanceof Long) {
            assertEquals(expected, value, what);
        } else {
            assertSame(expected, value, what);
        }
    }
}
