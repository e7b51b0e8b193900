package org.ebb.op;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of all operations. A row enters it when it is made; an alias is a second name of a row. */
public final class Ops {

    private static Op[] rows = new Op[128];
    private static int count;

    private Ops() {}

    /** Called by {@link Op}'s constructor, and so only while a family of rows is being initialised. */
    static synchronized int add(Op op) {
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, 2 * count);
        }
        rows[count] = op;
        return count++;
    }

    /** The row with an {@link Op#ordinal}. */
    public static Op at(int ordinal) {
        return rows[ordinal];
    }

    /** Every row, family by family. */
    public static List<Op> all() {
        return Table.ALL;
    }

    /** The row of a name or alias, or null. */
    public static Op named(String name) {
        return OpNames.contains(name) ? Table.NAMED.get(name) : null;
    }

    /** All names, by making the table. */
    static Set<String> table() {
        return Table.NAMED.keySet();
    }

    /** Second names: what other libraries call the same operation. */
    public static Map<String, String> aliases() {
        return Table.ALIASES;
    }

    /** Read once all families are initialised; rows made later (by a test) have a number but no name. */
    private static final class Table {
        /** Naming one row of a family makes all of it; a test finds a family that is missing here. */
        static final List<Op> ALL = made(Arithmetic.ADD, Rounding.FLOOR, Functions.EXP, Trigonometry.SIN, Selection.WHERE,
                Comparison.EQUAL, Bits.AND, Slopes.SCALE, Activations.RELU6, Blending.LERP, Quantiles.GAMMA_QUANTILE, Linear.SUM_TO, Reductions.SUM, Extremes.MAX, Softmaxes.SOFTMAX, Classes.CROSS_ENTROPY,
                Ordering.SORT, Products.DOT, Affine.LINEAR, Shaping.TRANSPOSE, Placing.ROLL, Padding.PAD, Scattering.SCATTER_SUM,
                Pooling.SUM, Convolving.CONVOLUTION, Joining.STACK, Windows.VIEW, Blocks.BLOCK,
                Solving.INV, Decompositions.QR, Searching.SEARCHSORTED, Normal.ERFC, Gammas.GAMMA, Fourier.FFT);

        static final Map<String, String> ALIASES = Aliases.table();
        static final Map<String, Op> NAMED = names();

        private static List<Op> made(Op... oneOfEachFamily) {
            synchronized (Ops.class) {
                for (Op op : oneOfEachFamily) {
                    if (rows[op.ordinal] != op) {
                        throw new IllegalStateException(op + " is not in the table");
                    }
                }
                return List.of(Arrays.copyOf(rows, count));
            }
        }

        private static Map<String, Op> names() {
            var names = new HashMap<String, Op>();
            for (Op op : ALL) {
                if (names.put(op.name, op) != null) {
                    throw new IllegalStateException("two rows are called " + op.name);
                }
            }
            ALIASES.forEach((alias, name) -> {
                if (names.get(name) == null || names.put(alias, names.get(name)) != null) {
                    throw new IllegalStateException("alias " + alias + " of " + name);
                }
            });
            return Map.copyOf(names);
        }
    }
}
