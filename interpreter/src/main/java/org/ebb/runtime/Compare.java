package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.function.Supplier;
import org.ebb.kernel.Poll;
import org.ebb.syntax.Expr.CompareOperator;
import org.ebb.tensor.Scalar;

/** Equality, order, identity, membership and hashes of any values. */
public final class Compare {

    /** After so many elements, one less, a comparison looks up. */
    private static final int GLANCE = (1 << 16) - 1;

    private Compare() {}

    /** {@code a == b} as a truth value. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public static boolean equal(Object a, Object b) {
        Boolean quick = builtinEqual(a, b);
        return quick != null ? quick : Truth.of(rich(CompareOperator.EQUAL, a, b));
    }

    /** Identical or equal: how containers compare elements. */
    public static boolean same(Object a, Object b) {
        return a == b || is(a, b) || equal(a, b);
    }

    /** Equality of keys with the same hash: most are small ints or strings. */
    static boolean equalKeys(Object a, Object b) {
        if (a == b) {
            return true;
        }
        if (a instanceof Long x && b instanceof Long y) {
            return x.longValue() == y.longValue();
        }
        return a instanceof String x && b instanceof String y ? x.equals(y) : equal(a, b);
    }

    /** {@code a is b}. Numbers and strings have no identity beyond their value. */
    @TruffleBoundary
    public static boolean is(Object a, Object b) {
        if (a == b) {
            return true;
        }
        return switch (a) {
            case Long x -> b instanceof Long y && x.longValue() == y.longValue();
            case Boolean x -> x.equals(b);
            case Double x -> b instanceof Double y && Double.doubleToRawLongBits(x) == Double.doubleToRawLongBits(y);
            case String x -> x.equals(b);
            case EbbBigInt x -> x.equals(b);
            case Scalar x -> b instanceof Scalar y && x.kind == y.kind && x.value == y.value && x.id == y.id && x.recording == y.recording;
            case EbbTuple x -> b instanceof EbbTuple y && x.size() == 0 && y.size() == 0;
            case null -> false;
            default -> Foreign.is(a) && Foreign.is(b) && Foreign.identical(a, b);
        };
    }

    /** True when one of the values is a user's object or of a type whose comparisons are special methods. */
    private static boolean special(Object a) {
        return !(Numbers.isNumber(a) || a instanceof String || a instanceof EbbValue && !(a instanceof EbbLibraryValue));
    }

    /** A class beside a dtype may stand for it: {@code x.dtype == bool}. */
    private static boolean dtypeAndClass(Object a, Object b) {
        return a instanceof EbbDType && b instanceof EbbClass || a instanceof EbbClass && b instanceof EbbDType;
    }

    /** Equality of builtin values; null where special methods decide. */
    private static Boolean builtinEqual(Object a, Object b) {
        if (a instanceof String x) {
            return b instanceof String ? (Boolean) x.equals(b) : special(b) ? null : (Boolean) (b instanceof EbbDType d && d.equalTo(x));
        }
        if (dtypeAndClass(a, b)) {
            return a instanceof EbbDType d ? d.equalTo(b) : ((EbbDType) b).equalTo(a);
        }
        if (special(a) || special(b)) {
            return null;
        }
        Object x = Numbers.plain(a);
        Object y = Numbers.plain(b);
        if (Numbers.isNumber(x)) {
            return Numbers.isNumber(y) && order(x, y) == 0;
        }
        return switch (a) {
            case EbbList p -> b instanceof EbbList q && nested(() -> equalLists(p, q));
            case EbbTuple p -> b instanceof EbbTuple q && nested(() -> equalTuples(p, q));
            case EbbDict p -> b instanceof EbbDict q && nested(() -> equalDicts(p, q));
            case EbbSet p -> SetAlgebra.operand(b) != null && equalSets(p, SetAlgebra.operand(b));
            case DictView p -> SetAlgebra.operand(a) != null && SetAlgebra.operand(b) != null && equalSets(SetAlgebra.operand(a), SetAlgebra.operand(b));
            case EbbRange p -> b instanceof EbbRange q && p.sameAs(q);
            case EbbUnion p -> b instanceof EbbUnion q && p.sameAs(q);
            case EbbSlice p -> b instanceof EbbSlice q && same(p.start, q.start) && same(p.stop, q.stop) && same(p.step, q.step);
            case EbbDType p -> p.equalTo(b);
            default -> a == b;
        };
    }

    /** A comparison of what containers hold: those that hold themselves would go on for ever. */
    private static boolean nested(Supplier<Boolean> comparison) {
        return EbbContext.get(null).deeper("in comparison", comparison);
    }

    private static boolean equalLists(EbbList a, EbbList b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size() && i < b.size(); i++) {
            if ((i & GLANCE) == GLANCE) {
                Poll.now();
            }
            if (!same(a.get(i), b.get(i))) {
                return false;
            }
        }
        return a.size() == b.size();
    }

    private static boolean equalTuples(EbbTuple a, EbbTuple b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if ((i & GLANCE) == GLANCE) {
                Poll.now();
            }
            if (!same(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalDicts(EbbDict a, EbbDict b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Object key : a.keyArray()) {
            Object x = a.get(key);
            Object y = b.get(key);
            if (x == null || y == null || !same(x, y)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalSets(EbbSet a, EbbSet b) {
        return a.size() == b.size() && SetAlgebra.isSubset(a, b);
    }

    /** -1, 0, 1, or 2 where one is NaN, for two plain numbers. */
    private static int order(Object a, Object b) {
        if (a instanceof Double x) {
            if (b instanceof Double y) {
                return x < y ? -1 : x > y ? 1 : x.doubleValue() == y.doubleValue() ? 0 : 2;
            }
            return x.isNaN() ? 2 : -Integers.compareToDouble(b, x);
        }
        if (b instanceof Double y) {
            return y.isNaN() ? 2 : Integers.compareToDouble(a, y);
        }
        return Integers.compare(a, b);
    }

    /** {@code a < b} as a truth value: what sorting asks. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public static boolean less(Object a, Object b) {
        Poll.now();
        if (a instanceof Long x && b instanceof Long y) {
            return x < y;
        }
        return Truth.of(rich(CompareOperator.LESS, a, b));
    }

    /** {@code a op b} for one of the six comparisons; the result of a special method is given as it is. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public static Object rich(CompareOperator operator, Object a, Object b) {
        if (Tensors.isTensor(a) || Tensors.isTensor(b)) {
            Object result = TensorOperators.compare(operator, a, b);
            if (result != null) {
                return result;
            }
        }
        if (!special(a) && !special(b) || dtypeAndClass(a, b)) {
            Object result = builtin(operator, a, b);
            if (result != null) {
                return result;
            }
            throw unordered(operator, a, b);
        }
        return bySpecialMethods(operator, a, b);
    }

    /** Any comparison operator, membership and identity included. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public static Object compare(CompareOperator operator, Object a, Object b) {
        return switch (operator) {
            case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> rich(operator, a, b);
            case IN -> Sequences.contains(b, a);
            case NOT_IN -> !Sequences.contains(b, a);
            case IS -> is(a, b);
            case IS_NOT -> !is(a, b);
        };
    }

    private static EbbException unordered(CompareOperator operator, Object a, Object b) {
        return Errors.typeError("'" + operator.text + "' not supported between instances of '" + Types.name(a) + "' and '" + Types.name(b) + "'");
    }

    /** What the builtin types say; payloads count for their objects. Null where they have no order. */
    @TruffleBoundary
    public static Object builtin(CompareOperator operator, Object left, Object right) {
        Object a = Numbers.plain(left);
        Object b = Numbers.plain(right);
        if (operator == CompareOperator.EQUAL || operator == CompareOperator.NOT_EQUAL) {
            Boolean equal = builtinEqual(a, b);
            return equal == null ? null : (Object) (equal == (operator == CompareOperator.EQUAL));
        }
        if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
            return holds(operator, order(a, b));
        }
        return switch (a) {
            case String x when b instanceof String y -> holds(operator, Strings.compare(x, y));
            case EbbList x when b instanceof EbbList y -> rows(operator, x.toArray(), y.toArray());
            case EbbTuple x when b instanceof EbbTuple y -> rows(operator, x.items, y.items);
            case EbbSet x when SetAlgebra.operand(b) != null -> sets(operator, x, SetAlgebra.operand(b));
            case DictView x when SetAlgebra.operand(a) != null && SetAlgebra.operand(b) != null ->
                sets(operator, SetAlgebra.operand(a), SetAlgebra.operand(b));
            default -> null;
        };
    }

    private static boolean holds(CompareOperator operator, int order) {
        return order != 2 && switch (operator) {
            case LESS -> order < 0;
            case LESS_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_EQUAL -> order >= 0;
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case IN, NOT_IN, IS, IS_NOT -> throw new IllegalArgumentException(operator.text);
        };
    }

    /** The first elements that differ decide. */
    private static Object rows(CompareOperator operator, Object[] a, Object[] b) {
        int common = Math.min(a.length, b.length);
        for (int i = 0; i < common; i++) {
            if (!same(a[i], b[i])) {
                return rich(operator, a[i], b[i]);
            }
        }
        return holds(operator, Integer.compare(a.length, b.length));
    }

    private static boolean sets(CompareOperator operator, EbbSet a, EbbSet b) {
        return switch (operator) {
            case LESS -> a.size() < b.size() && SetAlgebra.isSubset(a, b);
            case LESS_EQUAL -> SetAlgebra.isSubset(a, b);
            case GREATER -> b.size() < a.size() && SetAlgebra.isSubset(b, a);
            default -> SetAlgebra.isSubset(b, a);
        };
    }

    private static Object bySpecialMethods(CompareOperator operator, Object a, Object b) {
        EbbClass left = Types.of(a);
        EbbClass right = Types.of(b);
        boolean rightFirst = left != right && right.isSubclassOf(left);
        Object result = rightFirst ? ask(b, mirrored(operator), a) : ask(a, operator, b);
        if (result == null || result == EbbConstant.NOT_IMPLEMENTED) {
            result = rightFirst ? ask(a, operator, b) : ask(b, mirrored(operator), a);
        }
        if (result != null && result != EbbConstant.NOT_IMPLEMENTED) {
            return result;
        }
        return switch (operator) {
            case EQUAL -> is(a, b);
            case NOT_EQUAL -> !is(a, b);
            default -> throw unordered(operator, a, b);
        };
    }

    private static Object ask(Object a, CompareOperator operator, Object b) {
        Object result = Calls.callSpecial(a, methodName(operator), b);
        if (operator == CompareOperator.NOT_EQUAL && (result == null || result == EbbConstant.NOT_IMPLEMENTED)) {
            Object equal = Calls.callSpecial(a, "__eq__", b);
            return equal == null || equal == EbbConstant.NOT_IMPLEMENTED ? equal : (Object) !Truth.of(equal);
        }
        return result;
    }

    public static String methodName(CompareOperator operator) {
        return switch (operator) {
            case EQUAL -> "__eq__";
            case NOT_EQUAL -> "__ne__";
            case LESS -> "__lt__";
            case LESS_EQUAL -> "__le__";
            case GREATER -> "__gt__";
            case GREATER_EQUAL -> "__ge__";
            case IN, NOT_IN -> "__contains__";
            case IS, IS_NOT -> throw new IllegalArgumentException(operator.text);
        };
    }

    private static CompareOperator mirrored(CompareOperator operator) {
        return switch (operator) {
            case LESS -> CompareOperator.GREATER;
            case LESS_EQUAL -> CompareOperator.GREATER_EQUAL;
            case GREATER -> CompareOperator.LESS;
            case GREATER_EQUAL -> CompareOperator.LESS_EQUAL;
            default -> operator;
        };
    }

    /** {@code hash(value)}; TypeError for what has none. */
    @TruffleBoundary
    public static long hash(Object value) {
        return switch (value) {
            case Long l -> Hashes.integer(l);
            case String s -> Hashes.string(s);
            case Boolean b -> b ? 1 : 0;
            case Double d -> Hashes.floating(d);
            case EbbBigInt big -> Hashes.integer(big.value);
            case Scalar s when s.isLanguageFloat() -> Hashes.floating(s.value);
            case EbbTuple tuple -> Hashes.tuple(tuple.items);
            case EbbSet set when set.frozen -> Hashes.frozenSet(set.toArray());
            case EbbRange range -> Hashes.range(range);
            case EbbList list -> throw unhashable(value);
            case EbbDict dict -> throw unhashable(value);
            case EbbSet set -> throw unhashable(value);
            case EbbSlice slice -> throw unhashable(value);
            case DictView view when view.kind != DictView.Kind.VALUES -> throw unhashable(value);
            case EbbNone none -> 0xfca86420L;
            case EbbConstant constant -> identity(constant);
            default -> specialHash(value);
        };
    }

    private static long specialHash(Object value) {
        Object method = Types.lookup(value, "__hash__");
        if (method == EbbNone.NONE) {
            throw unhashable(value);
        }
        if (method == null) {
            return identity(value);
        }
        Object result = Numbers.plain(Calls.callSpecial(value, "__hash__"));
        if (!Integers.isInt(result)) {
            throw Errors.typeError("__hash__ method should return an integer");
        }
        return result instanceof EbbBigInt big ? Hashes.integer(big.value) : Integers.small(result) == -1 ? -2 : Integers.small(result);
    }

    /** The hash of a key: most are small ints. */
    static long hashKey(Object key) {
        return key instanceof Long l ? Hashes.integer(l) : hash(key);
    }

    /** The hash of a value that is only equal to itself. */
    public static long identity(Object value) {
        return System.identityHashCode(value);
    }

    private static EbbException unhashable(Object value) {
        return Errors.typeError("unhashable type: '" + Types.name(value) + "'");
    }

    @TruffleBoundary
    public static boolean isHashable(Object value) {
        try {
            hash(value);
            return true;
        } catch (EbbException unhashable) {
            return false;
        }
    }
}
