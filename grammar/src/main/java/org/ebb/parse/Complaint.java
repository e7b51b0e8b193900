package org.ebb.parse;

import static org.ebb.parse.antlr.EbbLexer.*;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.ebb.parse.antlr.EbbParser;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Span;
import org.ebb.syntax.SyntaxError;

/**
 * Words for a text that the grammar refuses.
 *
 * <p>Known mistakes are told from the refused token, the one before it, and the rules the parser was in; their words and places
 * are Python's where those are good. Where nothing is known, it is "invalid syntax" at the refused token.
 */
final class Complaint {

    /** Stands before the first token. */
    private static final Token NOTHING = new CommonToken(Token.INVALID_TYPE);

    private final String text;
    private final Cutter.Cut cut;
    private final Token found;
    private final Token previous;
    private final RuleContext context;
    private final IntervalSet expected;

    private Complaint(String text, Cutter.Cut cut, EbbParser parser, RecognitionException refusal) {
        this.text = text;
        this.cut = cut;
        this.found = refusal.getOffendingToken();
        this.previous = found.getTokenIndex() == 0 ? NOTHING : cut.tokens().get(found.getTokenIndex() - 1);
        this.context = refusal.getCtx();
        this.expected = parser.getATN().getExpectedTokens(refusal.getOffendingState(), context);
    }

    static SyntaxError of(String text, Cutter.Cut cut, EbbParser parser, RecognitionException refusal) {
        Complaint complaint = new Complaint(text, cut, parser, refusal);
        return cut.fault().map(complaint::orFault).orElseGet(complaint::specific);
    }

    /** The text has a lexical fault further on. It is the better explanation, unless it is only that the text ends too early. */
    private SyntaxError orFault(SyntaxError fault) {
        if (!fault.incomplete() || found.getType() == EOF) {
            return fault;
        }
        boolean openBracket = fault.getMessage().endsWith("never closed");
        if (openBracket && line(found.getStartIndex()) <= line(fault.span().start())) {
            return specific();
        }
        return new SyntaxError(fault.kind(), fault.getMessage(), fault.span(), false);
    }

    private SyntaxError specific() {
        return leftOut()
                .or(this::block)
                .or(this::legacyStatement)
                .or(this::parameter)
                .or(this::headerEnd)
                .or(this::assignment)
                .or(this::forTarget)
                .or(this::comprehensionTarget)
                .or(this::conditional)
                .or(this::dictionary)
                .or(this::comma)
                .orElseGet(() -> error(found, "invalid syntax"));
    }

    // ---- Features and blocks

    private Optional<SyntaxError> leftOut() {
        return switch (found.getType()) {
            case ASYNC -> Optional.of(error(found, "async functions are not part of Ebb"));
            case AWAIT -> Optional.of(error(found, "'await' is not part of Ebb"));
            default -> Optional.empty();
        };
    }

    private Optional<SyntaxError> block() {
        if (context instanceof EbbParser.BlockContext && previous.getType() == NEWLINE && found.getType() != INDENT
                || context instanceof EbbParser.MatchStatementContext && previous.getType() == NEWLINE
                        && found.getType() != INDENT) {
            ParserRuleContext owner = context instanceof EbbParser.BlockContext
                    ? (ParserRuleContext) context.parent : (ParserRuleContext) context;
            String message = "expected an indented block after " + describe(owner.start) + " on line "
                    + line(owner.start.getStartIndex());
            return Optional.of(error("IndentationError", found, message));
        }
        if (found.getType() == INDENT) {
            return Optional.of(error("IndentationError", found, "unexpected indent"));
        }
        if (context instanceof EbbParser.TryStatementContext && expected.contains(EXCEPT) && expected.contains(FINALLY)) {
            return Optional.of(error(found, "expected 'except' or 'finally' block"));
        }
        return Optional.empty();
    }

    private static String describe(Token keyword) {
        return switch (keyword.getType()) {
            case DEF -> "function definition";
            case CLASS -> "class definition";
            default -> "'" + keyword.getText() + "' statement";
        };
    }

    // ---- Statements

    private Optional<SyntaxError> legacyStatement() {
        if (previous.getType() != NAME || !startsExpression(found)
                || !previous.getText().equals("print") && !previous.getText().equals("exec")) {
            return Optional.empty();
        }
        String name = previous.getText();
        return expressionAt(found).map(end -> Faults.at(Faults.span(previous).to(end),
                "Missing parentheses in call to '" + name + "'. Did you mean " + name + "(...)?"));
    }

    private Optional<SyntaxError> headerEnd() {
        if (context instanceof EbbParser.FunctionDefinitionContext && expected.contains(OPEN_PAREN)
                && previous.getType() == NAME) {
            return Optional.of(error(found, "expected '('"));
        }
        boolean always = isIn(EbbParser.FunctionDefinitionContext.class, EbbParser.ElseBranchContext.class,
                EbbParser.FinallyBranchContext.class, EbbParser.TryStatementContext.class, EbbParser.LambdaContext.class);
        boolean header = isIn(EbbParser.IfStatementContext.class, EbbParser.ElifBranchContext.class,
                EbbParser.WhileStatementContext.class,
                EbbParser.WithStatementContext.class, EbbParser.ClassDefinitionContext.class,
                        EbbParser.MatchStatementContext.class,
                EbbParser.CaseBlockContext.class, EbbParser.HandlerContext.class, EbbParser.ForStatementContext.class);
        boolean complete = endsExpression(previous) || expected.size() == 1;
        if (expected.contains(COLON) && complete
                && (always && found.getType() != ASSIGN || header && found.getType() == NEWLINE)) {
            return Optional.of(error(found, "expected ':'"));
        }
        return Optional.empty();
    }

    private boolean isIn(Class<?>... rules) {
        for (Class<?> rule : rules) {
            if (rule.isInstance(context)) {
                return true;
            }
        }
        return false;
    }

    // ---- Names and targets

    /** An {@code =} where only a comparison or {@code :=} can stand. */
    private Optional<SyntaxError> assignment() {
        if (found.getType() != ASSIGN
                || isIn(EbbParser.ExpressionStatementContext.class, EbbParser.SimpleStatementsContext.class)) {
            return Optional.empty();
        }
        ParserRuleContext left = lastOperation();
        Optional<Span> right = expressionAt(next(found));
        if (left == null || left.stop != previous || right.isEmpty()) {
            return Optional.empty();
        }
        if (left.start == left.stop && left.start.getType() == NAME) {
            return Optional.of(Faults.at(Faults.span(left).to(right.get()),
                    "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"));
        }
        return operation(left).map(this::mistakenAssignment);
    }

    private SyntaxError mistakenAssignment(Expr target) {
        boolean comparison = Targets.isMistakenComparison(target) || target instanceof Expr.Attribute
                || target instanceof Expr.Subscript;
        return comparison ? Targets.mistakenComparison(target)
                : error(found, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    }

    private Optional<SyntaxError> forTarget() {
        boolean targets = isIn(EbbParser.TargetsContext.class, EbbParser.ForStatementContext.class,
                EbbParser.ComprehensionClauseContext.class,
                EbbParser.PrimaryContext.class, EbbParser.TargetContext.class) && expected.contains(IN);
        if (!targets) {
            return Optional.empty();
        }
        int at = found.getTokenIndex();
        while (at > 0 && cut.tokens().get(at).getType() != FOR) {
            at--;
        }
        return parsed(cut.tokens().get(at + 1), EbbParser::expressions)
                .map(list -> new Expressions(text, new Names(true)).expressions(list))
                .flatMap(Targets::wrongForTarget);
    }

    private Optional<SyntaxError> parameter() {
        boolean inside = isInside(EbbParser.ParameterContext.class) || isInside(EbbParser.LambdaParameterContext.class);
        if (inside && previous.getType() == ASSIGN
                && (found.getType() == COMMA || found.getType() == CLOSE_PAREN || found.getType() == COLON)) {
            return Optional.of(error(previous, "expected default value expression"));
        }
        if (!isIn(EbbParser.ParametersContext.class, EbbParser.ParameterContext.class, EbbParser.LambdaParameterContext.class,
                EbbParser.LambdaContext.class, EbbParser.FunctionDefinitionContext.class)) {
            return Optional.empty();
        }
        boolean lambda = isIn(EbbParser.LambdaContext.class, EbbParser.LambdaParameterContext.class);
        if (found.getType() == OPEN_PAREN
                && (previous.getType() == COMMA || previous.getType() == (lambda ? LAMBDA : OPEN_PAREN))) {
            return Optional.of(error(found, (lambda ? "Lambda expression" : "Function") + " parameters cannot be parenthesized"));
        }
        if (found.getType() == ASSIGN) {
            Token mark = startOfParameter();
            if (mark.getType() == STAR || mark.getType() == DOUBLE_STAR) {
                return Optional.of(error(found, (mark.getType() == STAR ? "var-positional" : "var-keyword")
                        + " argument cannot have default value"));
            }
        }
        return Optional.empty();
    }

    private Token startOfParameter() {
        int at = found.getTokenIndex() - 1;
        while (at > 0 && cut.tokens().get(at - 1).getType() != COMMA && cut.tokens().get(at - 1).getType() != OPEN_PAREN
                && cut.tokens().get(at - 1).getType() != LAMBDA) {
            at--;
        }
        return cut.tokens().get(at);
    }

    /** {@code [x, y for x, y in pairs]} */
    private Optional<SyntaxError> comprehensionTarget() {
        boolean items = isIn(EbbParser.ListItemsContext.class, EbbParser.BraceItemsContext.class, EbbParser.ListAtomContext.class,
                EbbParser.BraceAtomContext.class);
        ParserRuleContext list = context instanceof ParserRuleContext c ? c : null;
        if (!items || found.getType() != FOR || !endsExpression(previous) && previous.getType() != COMMA || list == null
                || parsed(found, EbbParser::comprehension).isEmpty()) {
            return Optional.empty();
        }
        Token start = list.start.getType() == OPEN_BRACKET || list.start.getType() == OPEN_BRACE ? next(list.start) : list.start;
        return Optional.of(Faults.at(Faults.span(start, previous),
                "did you forget parentheses around the comprehension target?"));
    }

    // ---- Expressions

    private Optional<SyntaxError> conditional() {
        if (!(context instanceof EbbParser.ExpressionContext half) || !expected.contains(ELSE) || found.getType() == COLON
                || !endsExpression(previous)) {
            return Optional.empty();
        }
        return Optional.of(Faults.at(Faults.span(half.start, previous), "expected 'else' after 'if' expression"));
    }

    private Optional<SyntaxError> dictionary() {
        if (found.getType() == CLOSE_BRACE || found.getType() == COMMA) {
            if (previous.getType() == COLON && isInside(EbbParser.BraceItemContext.class)) {
                return Optional.of(error(previous, "expression expected after dictionary key and ':'"));
            }
        }
        if (found.getType() == STAR && previous.getType() == COLON && isInside(EbbParser.BraceItemContext.class)) {
            return Optional.of(error(found, "cannot use a starred expression in a dictionary value"));
        }
        return Optional.empty();
    }

    private boolean isInside(Class<?> rule) {
        for (RuleContext c = context; c != null; c = c.parent) {
            if (rule.isInstance(c)) {
                return true;
            }
        }
        return false;
    }

    /** Two expressions side by side in brackets. */
    private Optional<SyntaxError> comma() {
        if (!endsExpression(previous) || !startsExpression(found) || !inBrackets()
                || previous.getType() == NAME && found.getType() == STRING) {
            return Optional.empty();
        }
        ParserRuleContext left = lastOperation();
        if (left == null || left.stop != previous) {
            return Optional.empty();
        }
        return expressionAt(found).map(right ->
                Faults.at(Faults.span(left).to(right), "invalid syntax. Perhaps you forgot a comma?"));
    }

    private boolean inBrackets() {
        if (isInside(EbbParser.FieldEntryContext.class)) {
            return true;
        }
        int depth = 0;
        for (int i = found.getTokenIndex() - 1; i >= 0; i--) {
            switch (cut.tokens().get(i).getType()) {
                case OPEN_PAREN, OPEN_BRACKET, OPEN_BRACE -> {
                    if (depth-- == 0) {
                        return true;
                    }
                }
                case CLOSE_PAREN, CLOSE_BRACKET, CLOSE_BRACE -> depth++;
                case NEWLINE -> {
                    return false;
                }
                default -> { }
            }
        }
        return false;
    }

    // ---- Looking around

    /** The operation that ends just before the refused token: the rightmost one in the tree so far. */
    private ParserRuleContext lastOperation() {
        for (RuleContext c = context; c instanceof ParserRuleContext from; c = c.parent) {
            ParserRuleContext at = from;
            ParserRuleContext last = at instanceof EbbParser.OperationContext ? at : null;
            while (at.getChildCount() > 0 && at.getChild(at.getChildCount() - 1) instanceof ParserRuleContext child) {
                at = child;
                if (at instanceof EbbParser.OperationContext && last == null) {
                    last = at;
                }
            }
            if (last != null && last.getChildCount() > 0) {
                last.stop = previous;
                return last;
            }
        }
        return null;
    }

    private Optional<Expr> operation(ParserRuleContext context) {
        return parsed(context.start, EbbParser::operation)
                .map(operation -> new Expressions(text, new Names(true)).operation(operation));
    }

    private Token next(Token token) {
        return cut.tokens().get(Math.min(token.getTokenIndex() + 1, cut.tokens().size() - 1));
    }

    private Optional<Span> expressionAt(Token token) {
        return parsed(token, EbbParser::expression).map(Faults::span);
    }

    /** What a rule makes of the tokens from here on, if it accepts them. */
    private <C extends ParserRuleContext> Optional<C> parsed(Token from, java.util.function.Function<EbbParser, C> rule) {
        return Reading.attempt(cut, from.getTokenIndex(), rule);
    }

    static boolean startsExpression(Token token) {
        return switch (token.getType()) {
            case NAME, NUMBER, STRING, NONE, TRUE, FALSE, ELLIPSIS, OPEN_PAREN, OPEN_BRACKET, OPEN_BRACE, LAMBDA, NOT, MINUS,
                    PLUS, TILDE -> true;
            default -> false;
        };
    }

    static boolean endsExpression(Token token) {
        return switch (token.getType()) {
            case NAME, NUMBER, STRING, NONE, TRUE, FALSE, ELLIPSIS, CLOSE_PAREN, CLOSE_BRACKET, CLOSE_BRACE -> true;
            default -> false;
        };
    }

    private SyntaxError error(Token at, String message) {
        return error("SyntaxError", at, message);
    }

    private SyntaxError error(String kind, Token at, String message) {
        Span span = at.getType() == NEWLINE ? new Span(at.getStartIndex(), 0) : Faults.span(at);
        return new SyntaxError(kind, message, span, atEnd());
    }

    /** Nothing but the ends of blocks is left, so more lines could go on from here. */
    private boolean atEnd() {
        List<Token> rest = cut.tokens().subList(found.getTokenIndex(), cut.tokens().size());
        return rest.stream().allMatch(token -> token.getType() == DEDENT || token.getType() == EOF);
    }

    private int line(int offset) {
        int line = 1;
        for (int i = 0; i < offset; i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
                line++;
            }
        }
        return line;
    }
}
