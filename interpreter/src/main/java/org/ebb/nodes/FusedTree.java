package org.ebb.nodes;

import java.util.List;
import org.ebb.op.Arithmetic;
import org.ebb.op.Blocks;
import org.ebb.op.Comparison;
import org.ebb.op.Elementwise;
import org.ebb.op.Op;
import org.ebb.syntax.Expr.BinaryOperator;
import org.ebb.syntax.Expr.CompareOperator;

/** The elementwise part of a source expression. {@code place} is the number of the node that errors and tape entries name. */
public sealed interface FusedTree {

    /** What the whole expression ends with; a call of the function that leaf {@code function} reads, or (at -1) a method. */
    record End(Blocks.End kind, int function, Op row, int place) {}

    /** The value of the leaf with this number. */
    record Leaf(int index) implements FusedTree {}

    /** A number that stands in the source. */
    record Number(Object value, double number) implements FusedTree {}

    /** {@code inPlace} for the whole of {@code left op= right}. */
    record Binary(BinaryOperator operator, Elementwise row, FusedTree left, FusedTree right, boolean inPlace, int place) implements FusedTree {}

    record Minus(FusedTree operand, int place) implements FusedTree {}

    record Compare(CompareOperator operator, Elementwise row, FusedTree left, FusedTree right, int place) implements FusedTree {}

    /** {@code name(arguments)}, where leaf {@code function} reads the name. */
    record Call(int function, Elementwise row, List<FusedTree> arguments, int place) implements FusedTree {}

    /** {@code receiver.name()}. */
    record Method(String name, Elementwise row, FusedTree receiver, int place) implements FusedTree {}

    /** The row of an operator on floats, or null where blocks do without it. */
    static Elementwise row(BinaryOperator operator) {
        return switch (operator) {
            case ADD -> Arithmetic.ADD;
            case SUBTRACT -> Arithmetic.SUB;
            case MULTIPLY -> Arithmetic.MUL;
            case DIVIDE -> Arithmetic.DIV;
            case POWER -> Arithmetic.POW;
            case FLOOR_DIVIDE, MODULO, MATMUL, LEFT_SHIFT, RIGHT_SHIFT, BIT_AND, BIT_OR, BIT_XOR -> null;
        };
    }

    static Elementwise row(CompareOperator operator) {
        return switch (operator) {
            case EQUAL -> Comparison.EQUAL;
            case NOT_EQUAL -> Comparison.NOT_EQUAL;
            case LESS -> Comparison.LESS;
            case LESS_EQUAL -> Comparison.LESS_EQUAL;
            case GREATER -> Comparison.GREATER;
            case GREATER_EQUAL -> Comparison.GREATER_EQUAL;
            case IN, NOT_IN, IS, IS_NOT -> null;
        };
    }
}
