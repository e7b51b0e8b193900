package org.ebb.grad;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.ebb.op.Elementwise;
import org.ebb.op.Op;

/**
 * The numbers by which scalar entries name what recorded them: one number for each pair of operation and place. Shared by all contexts
 * that run the same syntax nodes, since nodes keep their number. Entries of tensor operations are {@link Payload} objects instead, but for what is {@link Compact}.
 */
public final class Sites {

    /** What the sweep does with an entry of a site; the common scalar operations have a code of their own. */
    static final byte PAYLOAD = 0;
    static final byte ADD = 1;
    static final byte SUBTRACT = 2;
    static final byte MULTIPLY = 3;
    static final byte DIVIDE = 4;
    static final byte NEGATE = 5;
    static final byte UNARY = 6;
    static final byte BINARY = 7;
    static final byte VARIABLE = 8;
    static final byte EXP = 9;
    static final byte LOG = 10;
    static final byte SQRT = 11;
    static final byte SIN = 12;
    static final byte COS = 13;
    static final byte TANH = 14;

    private static final Map<String, Byte> CODES = Map.ofEntries(Map.entry("add", ADD), Map.entry("subtract", SUBTRACT),
            Map.entry("multiply", MULTIPLY), Map.entry("divide", DIVIDE), Map.entry("negative", NEGATE), Map.entry("exp", EXP), Map.entry("log", LOG),
            Map.entry("sqrt", SQRT), Map.entry("sin", SIN), Map.entry("cos", COS), Map.entry("tanh", TANH));

    private record Key(Op op, Place place) {}

    private final Map<Key, Integer> numbers = new HashMap<>();

    private record Known(Op op, Place place, int number) {}

    /** Pairs that were asked for lately. Immutable objects, so whoever reads one without the lock reads all of it. */
    private final Known[] recent = new Known[256];
    private volatile Elementwise[] ops = new Elementwise[64];
    private volatile Place[] places = new Place[64];
    private volatile byte[] codes = new byte[64];
    /** Site 0 is that of all entries with a {@link Payload}. */
    private int count = 1;
    /** So many pairs make it look for those of programs that are gone. */
    private int many = 256;

    /** The number of an operation on numbers, or of an entry that is {@link Compact}, at a place; a null operation is a variable. */
    public int number(Op op, Place place) {
        int slot = (place == null ? 0 : place.hashCode()) + (op == null ? 0 : 31 * op.ordinal) & recent.length - 1;
        Known known = recent[slot];
        if (known == null || known.op != op || known.place != place) {
            known = new Known(op, place, number(new Key(op, place), op instanceof Elementwise e ? e : null, place, code(op)));
            recent[slot] = known;
        }
        return known.number;
    }

    private static byte code(Op op) {
        return op == null ? VARIABLE : op instanceof Elementwise e ? CODES.getOrDefault(e.name, e.arity == 1 ? UNARY : BINARY) : PAYLOAD;
    }

    private synchronized int number(Key key, Elementwise op, Place place, byte code) {
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        if (numbers.size() >= many) {
            forget();
            many = Math.max(256, 2 * numbers.size());
        }
        if (count == ops.length) {
            ops = Arrays.copyOf(ops, 2 * count);
            places = Arrays.copyOf(places, 2 * count);
            codes = Arrays.copyOf(codes, 2 * count);
        }
        ops[count] = op;
        places[count] = place;
        codes[count] = code;
        numbers.put(key, count);
        return count++;
    }

    /** A host may run any number of programs in one engine. Their numbers are not given again: nine bytes each stay. */
    private void forget() {
        numbers.entrySet().removeIf(known -> {
            Place place = known.getKey().place;
            boolean gone = place != null && place.isGone();
            if (gone) {
                places[known.getValue()] = null;
            }
            return gone;
        });
    }

    Elementwise op(int site) {
        return ops[site];
    }

    /** Where the site is; null for an operation outside any program. */
    public Place place(int site) {
        return places[site];
    }

    byte[] codes() {
        return codes;
    }
}
