package org.ebb.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.ebb.parse.antlr.EbbLexer;
import org.ebb.parse.antlr.EbbParser;
import org.ebb.parse.antlr.EbbParser.BlockContext;
import org.ebb.parse.antlr.EbbParser.ClassDefinitionContext;
import org.ebb.parse.antlr.EbbParser.DecoratedContext;
import org.ebb.parse.antlr.EbbParser.ElseBranchContext;
import org.ebb.parse.antlr.EbbParser.ForStatementContext;
import org.ebb.parse.antlr.EbbParser.FunctionDefinitionContext;
import org.ebb.parse.antlr.EbbParser.HandlerContext;
import org.ebb.parse.antlr.EbbParser.IfStatementContext;
import org.ebb.parse.antlr.EbbParser.MatchStatementContext;
import org.ebb.parse.antlr.EbbParser.SimpleStatementsContext;
import org.ebb.parse.antlr.EbbParser.StatementContext;
import org.ebb.parse.antlr.EbbParser.TryStatementContext;
import org.ebb.parse.antlr.EbbParser.WhileStatementContext;
import org.ebb.parse.antlr.EbbParser.WithStatementContext;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Program;
import org.ebb.syntax.Span;
import org.ebb.syntax.Stmt;

/** Builds the tree of the compound statements, and of the program as a whole, from ANTLR's contexts. */
final class TreeBuilder {

    private final String text;
    private final Names names;
    private final Expressions expressions;
    private final SimpleStatements simple;
    private final ParameterLists parameters;
    private final WithItems withItems;
    private final Patterns patterns;

    TreeBuilder(String text, Names names) {
        this.text = text;
        this.names = names;
        this.expressions = new Expressions(text, names);
        this.simple = new SimpleStatements(expressions);
        this.parameters = new ParameterLists(expressions);
        this.withItems = new WithItems(expressions);
        this.patterns = new Patterns(expressions);
    }

    Program program(EbbParser.ProgramContext context) {
        List<Stmt> body = new ArrayList<>();
        for (StatementContext statement : context.statement()) {
            statement(statement, body);
        }
        return new Program(List.copyOf(body), new Span(0, text.length()));
    }

    private void statement(StatementContext context, List<Stmt> into) {
        switch (context.getChild(0)) {
            case SimpleStatementsContext line -> simple.line(line, into);
            case IfStatementContext c -> into.add(ifStatement(c));
            case WhileStatementContext c -> into.add(whileStatement(c));
            case ForStatementContext c -> into.add(forStatement(c));
            case TryStatementContext c -> into.add(tryStatement(c));
            case WithStatementContext c -> into.add(withStatement(c));
            case FunctionDefinitionContext c -> into.add(functionDefinition(c, List.of()));
            case ClassDefinitionContext c -> into.add(classDefinition(c, List.of()));
            case DecoratedContext c -> into.add(decorated(c));
            case MatchStatementContext c -> into.add(matchStatement(c));
            default -> throw new AssertionError(context.getChild(0).getClass());
        }
    }

    private List<Stmt> block(BlockContext context) {
        List<Stmt> body = new ArrayList<>();
        if (context.simpleStatements() != null) {
            simple.line(context.simpleStatements(), body);
        } else {
            for (StatementContext statement : context.statement()) {
                statement(statement, body);
            }
        }
        return List.copyOf(body);
    }

    private List<Stmt> elseBranch(ElseBranchContext context) {
        return context == null ? List.of() : block(context.block());
    }

    /** From the first token of a statement to the end of its last statement: the newlines and dedents after it do not count. */
    private static Span span(ParserRuleContext context, List<Stmt> last) {
        return Faults.span(context.start).to(last.getLast().span());
    }

    private static List<Stmt> lastOf(List<Stmt> body, List<Stmt> otherwise) {
        return otherwise.isEmpty() ? body : otherwise;
    }

    /** The branches are folded from the last one, so a chain of any length needs no recursion. */
    private Stmt ifStatement(IfStatementContext context) {
        List<Stmt> otherwise = elseBranch(context.elseBranch());
        for (var branch : context.elifBranch().reversed()) {
            Expr test = expressions.named(branch.namedExpression());
            List<Stmt> then = block(branch.block());
            otherwise = List.of(new Stmt.If(test, then, otherwise, span(branch, lastOf(then, otherwise))));
        }
        Expr test = expressions.named(context.namedExpression());
        List<Stmt> then = block(context.block());
        return new Stmt.If(test, then, otherwise, span(context, lastOf(then, otherwise)));
    }

    private Stmt whileStatement(WhileStatementContext context) {
        Expr test = expressions.named(context.namedExpression());
        List<Stmt> body = block(context.block());
        List<Stmt> otherwise = elseBranch(context.elseBranch());
        return new Stmt.While(test, body, otherwise, span(context, lastOf(body, otherwise)));
    }

    private Stmt forStatement(ForStatementContext context) {
        Expr target = expressions.targets(context.targets());
        Expr iterable = expressions.value(context.expressions());
        List<Stmt> body = block(context.block());
        List<Stmt> otherwise = elseBranch(context.elseBranch());
        return new Stmt.For(target, iterable, body, otherwise, span(context, lastOf(body, otherwise)));
    }

    private Stmt tryStatement(TryStatementContext context) {
        List<Stmt> body = block(context.block());
        List<Stmt.Handler> handlers = new ArrayList<>();
        for (HandlerContext handler : context.handler()) {
            if (!handlers.isEmpty() && handlers.getLast().type().isEmpty()) {
                throw Faults.at(handlers.getLast().span(), "default 'except:' must be last");
            }
            handlers.add(handler(handler));
        }
        List<Stmt> otherwise = elseBranch(context.elseBranch());
        List<Stmt> finallyBody = context.finallyBranch() == null ? List.of() : block(context.finallyBranch().block());
        List<Stmt> last = lastOf(lastOf(handlers.isEmpty() ? body : handlers.getLast().body(), otherwise), finallyBody);
        return new Stmt.Try(body, List.copyOf(handlers), otherwise, finallyBody, span(context, last));
    }

    private Stmt.Handler handler(HandlerContext context) {
        if (context.STAR() != null) {
            throw Faults.at(context.STAR().getSymbol(), "exception groups ('except*') are not part of Ebb");
        }
        if (context.expression().size() > 1) {
            throw Faults.at(Faults.span(context.expression().getFirst()).to(Faults.span(context.expression().getLast())),
                    "multiple exception types must be parenthesized");
        }
        Optional<Expr> type = context.expression().stream().findFirst().map(expressions::expression);
        Optional<String> name = Optional.ofNullable(context.NAME()).map(names::of);
        List<Stmt> body = block(context.block());
        return new Stmt.Handler(type, name, body, span(context, body));
    }

    private Stmt withStatement(WithStatementContext context) {
        List<Stmt.Item> items = withItems.items(context.withItem());
        List<Stmt> body = block(context.block());
        return new Stmt.With(items, body, span(context, body));
    }

    private Stmt decorated(DecoratedContext context) {
        List<Expr> decorators = new ArrayList<>();
        for (var decorator : context.decorator()) {
            decorators.add(expressions.named(decorator.namedExpression()));
        }
        return context.functionDefinition() != null
                ? functionDefinition(context.functionDefinition(), decorators)
                : classDefinition(context.classDefinition(), decorators);
    }

    private Stmt functionDefinition(FunctionDefinitionContext context, List<Expr> decorators) {
        var list = parameters.of(context.parameters());
        Optional<Expr> returns = Optional.ofNullable(context.expression()).map(expressions::expression);
        List<Stmt> body = block(context.block());
        return new Stmt.FunctionDef(names.of(context.NAME()), Faults.span(context.NAME().getSymbol()), list,
                List.copyOf(decorators),
                returns, body, span(context, body));
    }

    private Stmt classDefinition(ClassDefinitionContext context, List<Expr> decorators) {
        List<Expr.Argument> bases = context.arguments() == null ? List.of() : expressions.arguments(context.arguments());
        for (Expr.Argument base : bases) {
            if (base.kind() == Expr.Argument.Kind.KEYWORD && base.name().equals("metaclass")) {
                throw Faults.at(base.span(), "metaclasses are not part of Ebb");
            }
        }
        names.enterClass(Names.plain(context.NAME()));
        List<Stmt> body = block(context.block());
        names.leaveClass();
        return new Stmt.ClassDef(names.of(context.NAME()), Faults.span(context.NAME().getSymbol()), bases,
                List.copyOf(decorators),
                body, span(context, body));
    }

    private Stmt matchStatement(MatchStatementContext context) {
        boolean tuple = false;
        for (int i = 0; i < context.getChildCount(); i++) {
            tuple |= context.getChild(i) instanceof TerminalNode t && t.getSymbol().getType() == EbbLexer.COMMA;
        }
        Token lastOfSubject = ((TerminalNode) context.COLON()).getSymbol();
        Span whole = new Span(context.starItem(0).start.getStartIndex(),
                lastOfSubject.getStartIndex() - context.starItem(0).start.getStartIndex());
        Expr subject = tuple
                ? new Expr.TupleDisplay(expressions.starItems(context.starItem()), whole)
                : expressions.unstarred(context.starItem(0));
        List<Stmt.Case> cases = new ArrayList<>();
        for (var block : context.caseBlock()) {
            Stmt.Pattern pattern = patterns.top(block.patterns());
            Optional<Expr> guard = Optional.ofNullable(block.namedExpression()).map(expressions::named);
            List<Stmt> body = block(block.block());
            cases.add(new Stmt.Case(pattern, guard, body, span(block, body)));
        }
        patterns.checkReachable(cases);
        return new Stmt.Match(subject, List.copyOf(cases), span(context, cases.getLast().body()));
    }
}
