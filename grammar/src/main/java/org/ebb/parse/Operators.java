package org.ebb.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.ebb.parse.antlr.EbbLexer;
import org.ebb.parse.antlr.EbbParser.OperandContext;
import org.ebb.parse.antlr.EbbParser.OperationContext;
import org.ebb.parse.antlr.EbbParser.OperatorContext;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Expr.BinaryOperator;
import org.ebb.syntax.Expr.CompareOperator;
import org.ebb.syntax.Expr.UnaryOperator;
import org.ebb.syntax.Span;

/**
 * Folds a flat row of operands and operators by precedence, with two stacks (E. W. Dijkstra's shunting yard), so that neither a
 * long chain nor a long row of prefixes needs recursion.
 */
final class Operators {

    private static final int OR = 1;
    private static final int AND = 2;
    private static final int NOT = 3;
    private static final int COMPARE = 4;
    private static final int BIT_OR = 5;
    private static final int BIT_XOR = 6;
    private static final int BIT_AND = 7;
    private static final int SHIFT = 8;
    private static final int SUM = 9;
    private static final int PRODUCT = 10;
    private static final int PREFIX = 11;
    private static final int POWER = 12;

    private final Expressions expressions;

    Operators(Expressions expressions) {
        this.expressions = expressions;
    }

    static BinaryOperator binary(String text) {
        for (BinaryOperator operator : BinaryOperator.values()) {
            if (operator.text.equals(text)) {
                return operator;
            }
        }
        throw new AssertionError(text);
    }

    Expr operation(OperationContext context) {
        if (context.getChildCount() == 1 && context.operand(0).getChildCount() == 1) {
            return expressions.primary(context.operand(0).primary());
        }
        return new Fold().of(context);
    }

    /** An operand with the text it covers, which is more than its span where it stands in parentheses. */
    private record Part(Expr value, Span extent) {}

    /** An operator that waits for its right operand: binary, a prefix, or the next link of a comparison. */
    private record Waiting(int precedence, Object operator, Span at) {}

    /** A comparison that may still grow. */
    private static final class Chain {
        private final List<CompareOperator> operators = new ArrayList<>();
        private final List<Part> operands = new ArrayList<>();
    }

    private final class Fold {
        private final ArrayDeque<Part> operands = new ArrayDeque<>();
        private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

        Expr of(OperationContext context) {
            List<OperandContext> parts = context.operand();
            List<OperatorContext> operators = context.operator();
            boolean skipNot = false;
            for (int i = 0; i < parts.size(); i++) {
                operand(parts.get(i), skipNot);
                if (i < operators.size()) {
                    // "a is not b": which rule took the "not" depends on the prediction.
                    OperatorContext operator = operators.get(i);
                    OperandContext next = parts.get(i + 1);
                    skipNot = operator.IS() != null && operator.NOT() == null && !next.NOT().isEmpty()
                            && next.getChild(0) == next.NOT(0);
                    operator(operator, skipNot);
                }
            }
            reduce(0);
            return operands.pop().value();
        }

        private void operand(OperandContext context, boolean skipFirst) {
            for (int i = skipFirst ? 1 : 0; i < context.getChildCount() - 1; i++) {
                Token token = ((TerminalNode) context.getChild(i)).getSymbol();
                UnaryOperator operator = switch (token.getType()) {
                    case EbbLexer.NOT -> UnaryOperator.NOT;
                    case EbbLexer.MINUS -> UnaryOperator.MINUS;
                    case EbbLexer.PLUS -> UnaryOperator.PLUS;
                    default -> UnaryOperator.INVERT;
                };
                int precedence = operator == UnaryOperator.NOT ? NOT : PREFIX;
                if (precedence == NOT && !waiting.isEmpty() && waiting.peek().precedence() > NOT) {
                    throw Faults.at(token, "invalid syntax");
                }
                waiting.push(new Waiting(precedence, operator, Faults.span(token)));
            }
            operands.push(new Part(expressions.primary(context.primary()), Faults.span((ParserRuleContext) context.primary())));
        }

        private void operator(OperatorContext context, boolean isNot) {
            Token first = context.start;
            Object operator = meaning(context, isNot);
            int precedence = precedence(first.getType());
            // Power binds to the right: what waits on its left stays; a prefix before it waits for the whole power.
            reduce(precedence == POWER ? POWER + 1 : precedence == COMPARE ? COMPARE + 1 : precedence);
            waiting.push(new Waiting(precedence, operator, Faults.span(first)));
        }

        /** Builds everything that waits with at least the given precedence. */
        private void reduce(int least) {
            while (!waiting.isEmpty() && waiting.peek().precedence() >= least) {
                Waiting top = waiting.pop();
                Part right = operands.pop();
                switch (top.operator()) {
                    case UnaryOperator operator -> {
                        Span extent = top.at().to(right.extent());
                        operands.push(new Part(new Expr.Unary(operator, right.value(), extent), extent));
                    }
                    case CompareOperator operator -> comparison(operator, right);
                    case BinaryOperator operator -> {
                        Part left = operands.pop();
                        Span extent = left.extent().to(right.extent());
                        operands.push(new Part(new Expr.Binary(operator, left.value(), right.value(), extent), extent));
                    }
                    default -> {
                        Part left = operands.pop();
                        Span extent = left.extent().to(right.extent());
                        Expr value = top.precedence() == AND ? new Expr.And(left.value(), right.value(), extent)
                                : new Expr.Or(left.value(), right.value(), extent);
                        operands.push(new Part(value, extent));
                    }
                }
            }
        }

        /** All links of one comparison wait side by side; the last one is built first and takes the others along. */
        private void comparison(CompareOperator operator, Part right) {
            Chain chain = new Chain();
            chain.operators.add(operator);
            chain.operands.add(right);
            while (!waiting.isEmpty() && waiting.peek().precedence() == COMPARE) {
                chain.operators.add((CompareOperator) waiting.pop().operator());
                chain.operands.add(operands.pop());
            }
            Part first = operands.pop();
            Span extent = first.extent().to(right.extent());
            List<Expr> rest = chain.operands.reversed().stream().map(Part::value).toList();
            operands.push(new Part(new Expr.Compare(first.value(), List.copyOf(chain.operators.reversed()), rest, extent),
                    extent));
        }
    }

    private static int precedence(int token) {
        return switch (token) {
            case EbbLexer.OR -> OR;
            case EbbLexer.AND -> AND;
            case EbbLexer.BAR -> BIT_OR;
            case EbbLexer.CARET -> BIT_XOR;
            case EbbLexer.AMPERSAND -> BIT_AND;
            case EbbLexer.LEFT_SHIFT, EbbLexer.RIGHT_SHIFT -> SHIFT;
            case EbbLexer.PLUS, EbbLexer.MINUS -> SUM;
            case EbbLexer.STAR, EbbLexer.SLASH, EbbLexer.DOUBLE_SLASH, EbbLexer.PERCENT, EbbLexer.AT -> PRODUCT;
            case EbbLexer.DOUBLE_STAR -> POWER;
            default -> COMPARE;
        };
    }

    private static Object meaning(OperatorContext context, boolean isNot) {
        return switch (context.start.getType()) {
            case EbbLexer.OR, EbbLexer.AND -> context.start.getText();
            case EbbLexer.NOT -> CompareOperator.NOT_IN;
            case EbbLexer.IN -> CompareOperator.IN;
            case EbbLexer.IS -> isNot || context.NOT() != null ? CompareOperator.IS_NOT : CompareOperator.IS;
            case EbbLexer.EQUAL -> CompareOperator.EQUAL;
            case EbbLexer.NOT_EQUAL -> CompareOperator.NOT_EQUAL;
            case EbbLexer.LESS -> CompareOperator.LESS;
            case EbbLexer.LESS_EQUAL -> CompareOperator.LESS_EQUAL;
            case EbbLexer.GREATER -> CompareOperator.GREATER;
            case EbbLexer.GREATER_EQUAL -> CompareOperator.GREATER_EQUAL;
            default -> binary(context.start.getText());
        };
    }
}
