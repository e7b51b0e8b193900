package org.ebb.builtins;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.ebb.runtime.EbbBigInt;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Fields;
import org.ebb.runtime.Integers;
import org.ebb.runtime.Tensors;
import org.ebb.runtime.Types;
import org.ebb.tensor.DType;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Value;

/**
 * A copy of a nest of lists, tuples, dicts and objects with its numbers and float tensors replaced one by one, always in the same order.
 * An object that occurs twice is copied once.
 */
final class Nest {

    private final String what;
    private final boolean needed;
    private final Map<Object, Object> copies = new IdentityHashMap<>();
    private boolean blank;
    private int found;

    /** Where only some values are replaced, which ones; null where all numbers are. */
    private Predicate<Value> which;

    /** The type of a tensor without floats that was met; null for none. */
    private DType whole;

    Nest(String what) {
        this(what, true);
    }

    /** {@code needed}: a nest without any number is an error. */
    Nest(String what, boolean needed) {
        this.what = what;
        this.needed = needed;
    }

    /** A nest with some of the engine's values replaced. Parts that hold none of them stay the same objects; those that do are copied. */
    static Object replaceSome(Object nest, Predicate<Value> which, UnaryOperator<Value> by) {
        var some = new Nest("nest", false);
        some.which = which;
        return some.walk(nest, value -> which.test(value) ? Tensors.result(by.apply(value)) : value);
    }

    /** What is no number stays as it is. */
    Object replace(Object value, UnaryOperator<Value> leaf) {
        return replace(value, leaf, false);
    }

    /** {@code blank}: what is no number becomes None. */
    Object replace(Object value, UnaryOperator<Value> leaf, boolean blank) {
        return replaceAny(value, number -> Tensors.result(leaf.apply(number)), blank);
    }

    /** As {@link #replace}, with anything in the numbers' places. */
    Object replaceAny(Object value, Function<Value, Object> leaf, boolean blank) {
        this.blank = blank;
        Object copy = walk(value, leaf);
        if (found == 0 && needed) {
            throw Errors.typeError(what + ": there is no number to differentiate with respect to in a value of type " + Types.name(value)
                    + (whole == null ? "" : "; a tensor of " + whole.text + " has no gradient: make it one of floats with astype(float32)"));
        }
        return copy;
    }

    private Object walk(Object value, Function<Value, Object> leaf) {
        if (which != null && !copies.containsKey(value) && !holds(value, Collections.newSetFromMap(new IdentityHashMap<>()))) {
            return value;
        }
        return switch (value) {
            case Double d -> number(Scalar.of(d), leaf);
            case Long n -> number(Scalar.of((double) n), leaf);
            case EbbBigInt big -> number(Scalar.of(Integers.toDouble(big)), leaf);
            case Value v when v.dtype().isFloat() -> number(v, leaf);
            case EbbTuple tuple -> EbbTuple.of(all(tuple.items, leaf));
            case EbbList list -> {
                Object known = copies.get(list);
                if (known == null) {
                    EbbList copy = new EbbList();
                    copies.put(list, copy);
                    copy.assign(all(list.toArray(), leaf));
                    known = copy;
                }
                yield known;
            }
            case EbbDict dict -> {
                Object known = copies.get(dict);
                if (known == null) {
                    EbbDict copy = new EbbDict();
                    copies.put(dict, copy);
                    for (Object key : dict.keyArray()) {
                        copy.put(key, walk(dict.get(key), leaf));
                    }
                    known = copy;
                }
                yield known;
            }
            case EbbObject object when isNest(object) -> {
                Object known = copies.get(object);
                yield known != null ? known : object(object, leaf);
            }
            case Value v -> {
                whole = v.dtype();
                yield blank ? EbbNone.NONE : v;
            }
            default -> blank ? EbbNone.NONE : value;
        };
    }

    /** Is one of the values to be replaced within? */
    private boolean holds(Object value, Set<Object> seen) {
        return switch (value) {
            case Value v -> which.test(v);
            case EbbTuple tuple -> holdsAny(tuple.items, seen);
            case EbbList list -> seen.add(list) && holdsAny(list.toArray(), seen);
            case EbbDict dict -> seen.add(dict) && holdsAny(dict.valueArray(), seen);
            case EbbObject object when isNest(object) -> seen.add(object) && (object.payload != null && holds(object.payload, seen)
                    || Arrays.stream(Fields.names(object)).anyMatch(name -> holds(Fields.get(object, (String) name), seen)));
            default -> false;
        };
    }

    private boolean holdsAny(Object[] items, Set<Object> seen) {
        return Arrays.stream(items).anyMatch(item -> holds(item, seen));
    }

    private Object number(Value value, Function<Value, Object> leaf) {
        found++;
        return leaf.apply(value);
    }

    private Object[] all(Object[] items, Function<Value, Object> leaf) {
        Object[] copies = new Object[items.length];
        for (int k = 0; k < items.length; k++) {
            copies[k] = walk(items[k], leaf);
        }
        return copies;
    }

    /** Is it an object of plain attributes, or of a class that inherits from a container? */
    private static boolean isNest(EbbObject object) {
        Object payload = object.payload;
        return object.getClass() == EbbObject.class && !object.type().builtin
                && (payload == null || payload instanceof EbbTuple || payload instanceof EbbList || payload instanceof EbbDict);
    }

    private EbbObject object(EbbObject object, Function<Value, Object> leaf) {
        EbbObject copy = new EbbObject(object.type().instanceShape());
        copies.put(object, copy);
        if (object.payload != null) {
            copy.payload = walk(object.payload, leaf);
        }
        for (Object name : Fields.names(object)) {
            Fields.put(copy, (String) name, walk(Fields.get(object, (String) name), leaf));
        }
        return copy;
    }
}
