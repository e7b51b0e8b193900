package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import org.ebb.syntax.Expr.BinaryOperator;
import org.ebb.syntax.Expr.UnaryOperator;
import org.ebb.tensor.Value;

/** Binary and unary operators on any values: builtin rules first, then special methods, then the error that names both types. */
public final class Operators {

    private Operators() {}

    @TruffleBoundary(transferToInterpreterOnException = false)
    public static Object binary(BinaryOperator operator, Object a, Object b) {
        if (b instanceof Value && operator == BinaryOperator.MODULO && EbbObject.unwrap(a) instanceof String text) {
            return PercentFormat.apply(text, b); // a text formats anything
        }
        if (a instanceof Value || b instanceof Value) {
            Object result = TensorOperators.binary(operator, a, b);
            if (result != null) {
                return result;
            }
        }
        Object result = hasOwnMethods(a) || hasOwnMethods(b) ? special(operator, a, b) : builtin(operator, a, b);
        if (result == null || result == EbbConstant.NOT_IMPLEMENTED) {
            throw unsupported(operator.text, a, b);
        }
        return result;
    }

    /** {@code a op= b}: in place where the left side can be changed. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public static Object augmented(BinaryOperator operator, Object a, Object b) {
        if (a instanceof Value || b instanceof Value && !(a instanceof EbbValue)) {
            Object result = TensorOperators.augmented(operator, a, b);
            return result != null ? result : binary(operator, a, b);
        }
        Object result = hasOwnMethods(a) ? inPlace(operator, a, b) : builtinInPlace(operator, a, b);
        if (result != null && result != EbbConstant.NOT_IMPLEMENTED) {
            return result;
        }
        result = hasOwnMethods(a) || hasOwnMethods(b) ? special(operator, a, b) : builtin(operator, a, b);
        if (result == null || result == EbbConstant.NOT_IMPLEMENTED) {
            throw unsupported(operator.text + "=", a, b);
        }
        return result;
    }

    /** Whether special methods decide: objects of user classes, and builtin values without rules here (tensors, host values). */
    private static boolean hasOwnMethods(Object value) {
        return !(Numbers.isNumber(value) || value instanceof String
                || value instanceof EbbValue && !(value instanceof EbbIterator) && !(value instanceof EbbLibraryValue));
    }

    private static Object inPlace(BinaryOperator operator, Object a, Object b) {
        Object method = Types.lookup(a, "__i" + methodName(operator) + "__");
        Object result = method == null ? null : Calls.callSpecial(a, "__i" + methodName(operator) + "__", b);
        // a builtin type's own method worked on the payload: the object stays the object
        return result != null && a instanceof EbbObject object && result == object.payload ? a : result;
    }

    /** The protocol of special methods: left, then right; a right side of a subclass goes first. */
    private static Object special(BinaryOperator operator, Object a, Object b) {
        String name = methodName(operator);
        EbbClass left = Types.of(a);
        EbbClass right = Types.of(b);
        Object reflected = left == right ? null : Types.lookup(b, "__r" + name + "__");
        boolean rightFirst = reflected != null && right.isSubclassOf(left) && reflected != Types.lookup(a, "__r" + name + "__");
        if (rightFirst) {
            Object result = Calls.callSpecial(b, "__r" + name + "__", a);
            if (result != EbbConstant.NOT_IMPLEMENTED) {
                return result;
            }
        }
        Object method = Types.lookup(a, "__" + name + "__");
        if (method != null) {
            Object result = Calls.callSpecial(a, "__" + name + "__", b);
            if (result != EbbConstant.NOT_IMPLEMENTED) {
                return result;
            }
        }
        if (reflected != null && !rightFirst) {
            return Calls.callSpecial(b, "__r" + name + "__", a);
        }
        Object union = operator == BinaryOperator.BIT_OR ? EbbUnion.of(a, b) : null;
        return union != null ? union : method == null ? null : EbbConstant.NOT_IMPLEMENTED;
    }

    /** The name between the underscores of an operator's special method. */
    public static String methodName(BinaryOperator operator) {
        return switch (operator) {
            case ADD -> "add";
            case SUBTRACT -> "sub";
            case MULTIPLY -> "mul";
            case DIVIDE -> "truediv";
            case FLOOR_DIVIDE -> "floordiv";
            case MODULO -> "mod";
            case POWER -> "pow";
            case MATMUL -> "matmul";
            case LEFT_SHIFT -> "lshift";
            case RIGHT_SHIFT -> "rshift";
            case BIT_AND -> "and";
            case BIT_OR -> "or";
            case BIT_XOR -> "xor";
        };
    }

    /** What the builtin types make of an operator; null where they make nothing of it. Payloads are taken for their objects. */
    @TruffleBoundary
    public static Object builtin(BinaryOperator operator, Object left, Object right) {
        Object number = Numbers.binary(operator, left, right);
        if (number != null) {
            return number;
        }
        Object a = EbbObject.unwrap(left);
        Object b = EbbObject.unwrap(right);
        return switch (operator) {
            case ADD -> Sequences.concatenate(a, b);
            case MULTIPLY -> multiply(a, b);
            case MODULO -> a instanceof String s ? PercentFormat.apply(s, right) : null;
            case BIT_AND, BIT_OR, BIT_XOR, SUBTRACT -> sets(operator, a, b);
            default -> null;
        };
    }

    private static Object multiply(Object a, Object b) {
        if (Sequences.isSequence(a)) {
            if (hasOwnMethods(b) && Types.lookup(b, "__rmul__") != null) {
                return null; // the other side knows better than a count would
            }
            Object count = Numbers.asIndex(b);
            if (count == null) {
                throw Errors.typeError("can't multiply sequence by non-int of type '" + Types.name(b) + "'");
            }
            return Sequences.repeat(a, count);
        }
        if (Sequences.isSequence(b)) {
            if (hasOwnMethods(a) && Types.lookup(a, "__mul__") != null) {
                return null;
            }
            Object count = Numbers.asIndex(a);
            if (count == null) {
                throw Errors.typeError("can't multiply sequence by non-int of type '" + Types.name(a) + "'");
            }
            return Sequences.repeat(b, count);
        }
        return null;
    }

    private static Object sets(BinaryOperator operator, Object a, Object b) {
        if (a instanceof EbbDict x && b instanceof EbbDict y && operator == BinaryOperator.BIT_OR) {
            EbbDict union = x.copy();
            union.putAll(y);
            return union;
        }
        EbbSet x = SetAlgebra.operand(a);
        EbbSet y = SetAlgebra.operand(b);
        if (x == null || y == null) {
            return null;
        }
        return switch (operator) {
            case BIT_AND -> SetAlgebra.intersection(x, y, x.frozen);
            case BIT_OR -> SetAlgebra.union(x, y, x.frozen);
            case BIT_XOR -> SetAlgebra.symmetricDifference(x, y, x.frozen);
            case SUBTRACT -> SetAlgebra.difference(x, y, x.frozen);
            default -> null;
        };
    }

    /** The builtin types that change in place: list, dict and set. Null where it has to be a new value. */
    @TruffleBoundary
    public static Object builtinInPlace(BinaryOperator operator, Object left, Object right) {
        Object a = EbbObject.unwrap(left);
        Object b = EbbObject.unwrap(right);
        switch (a) {
            case EbbList list when operator == BinaryOperator.ADD -> list.addAll(Iteration.toList(right));
            case EbbList list when operator == BinaryOperator.MULTIPLY && Numbers.asIndex(b) != null ->
                list.assign((EbbList) Sequences.repeat(list, Numbers.asIndex(b)));
            case EbbDict dict when operator == BinaryOperator.BIT_OR -> Dicts.update(dict, right);
            case EbbSet set when !set.frozen && SetAlgebra.operand(b) != null -> {
                EbbSet other = SetAlgebra.operand(b);
                switch (operator) {
                    case BIT_OR -> set.addAll(other);
                    case BIT_AND -> set.assign(SetAlgebra.intersection(set, other, false));
                    case SUBTRACT -> SetAlgebra.remove(set, other.toArray());
                    case BIT_XOR -> SetAlgebra.toggle(set, other);
                    default -> {
                        return null;
                    }
                }
            }
            default -> {
                return null;
            }
        }
        return left;
    }

    @TruffleBoundary(transferToInterpreterOnException = false)
    public static Object unary(UnaryOperator operator, Object operand) {
        if (operator == UnaryOperator.NOT) {
            return !Truth.of(operand);
        }
        if (operand instanceof Value value) {
            return TensorOperators.unary(operator, value);
        }
        if (Numbers.isNumber(operand)) {
            Object result = Numbers.unary(operator, operand);
            if (result != null) {
                return result;
            }
        }
        Object method = Types.lookup(operand, switch (operator) {
            case PLUS -> "__pos__";
            case MINUS -> "__neg__";
            case INVERT, NOT -> "__invert__";
        });
        if (method == null || Numbers.isNumber(operand)) {
            throw Errors.typeError("bad operand type for unary " + operator.text + ": '" + Types.name(operand) + "'");
        }
        return Calls.call(method, operand);
    }

    private static EbbException unsupported(String text, Object a, Object b) {
        if (text.equals("+")) {
            // The wording depends on the left side here, as in Python.
            Object plain = EbbObject.unwrap(a);
            if (plain instanceof String) {
                return Errors.typeError("can only concatenate str (not \"" + Types.name(b) + "\") to str");
            }
            if (plain instanceof EbbList || plain instanceof EbbTuple) {
                String kind = plain instanceof EbbList ? "list" : "tuple";
                return Errors.typeError("can only concatenate " + kind + " (not \"" + Types.name(b) + "\") to " + kind);
            }
        }
        String shown = text.startsWith("**") ? text.equals("**") ? "** or pow()" : "**=" : text;
        return Errors.typeError("unsupported operand type(s) for " + shown + ": '" + Types.name(a) + "' and '" + Types.name(b) + "'");
    }
}
