package org.ebb.syntax;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Turns a tree back into text.
 *
 * <p>Parsing the text gives the same tree but for the spans. Comments and the writer's own layout are not in the tree and so not
 * in the text.
 */
public final class Printer {

    private static final String INDENT = "    ";

    private final StringBuilder out = new StringBuilder();
    private int level;

    private Printer() {}

    public static String print(Program program) {
        Printer printer = new Printer();
        program.body().forEach(printer::statement);
        return printer.out.toString();
    }

    public static String print(Expr expression) {
        return ExpressionPrinter.print(expression);
    }

    private void line(String text) {
        out.append(INDENT.repeat(level)).append(text).append('\n');
    }

    private void block(String header, List<Stmt> body) {
        line(header + ":");
        level++;
        body.forEach(this::statement);
        level--;
    }

    private void otherwise(List<Stmt> body) {
        if (!body.isEmpty()) {
            block("else", body);
        }
    }

    private void statement(Stmt statement) {
        switch (statement) {
            case Stmt.Expression s -> line(bare(s.value()));
            case Stmt.Assign s ->
                    line(s.targets().stream().map(t -> bare(t) + " = ").collect(Collectors.joining()) + bare(s.value()));
            case Stmt.AugmentedAssign s -> line(print(s.target()) + " " + s.operator().text + "= " + bare(s.value()));
            case Stmt.AnnotatedAssign s -> line(print(s.target()) + ": " + print(s.annotation())
                    + s.value().map(v -> " = " + bare(v)).orElse(""));
            case Stmt.If s -> ifChain(s);
            case Stmt.While s -> {
                block("while " + print(s.test()), s.body());
                otherwise(s.otherwise());
            }
            case Stmt.For s -> {
                block("for " + bare(s.target()) + " in " + ExpressionPrinter.printItems(s.iterable()), s.body());
                otherwise(s.otherwise());
            }
            case Stmt.Break s -> line("break");
            case Stmt.Continue s -> line("continue");
            case Stmt.Pass s -> line("pass");
            case Stmt.Return s -> line("return" + s.value().map(v -> " " + ExpressionPrinter.printItems(v)).orElse(""));
            case Stmt.FunctionDef s -> function(s);
            case Stmt.ClassDef s -> {
                s.decorators().forEach(d -> line("@" + print(d)));
                block("class " + s.name() + (s.bases().isEmpty() ? "" : "(" + ExpressionPrinter.arguments(s.bases()) + ")"),
                        s.body());
            }
            case Stmt.Try s -> tryStatement(s);
            case Stmt.Raise s -> line("raise" + s.exception().map(e -> " " + print(e)).orElse("")
                    + s.cause().map(e -> " from " + print(e)).orElse(""));
            case Stmt.With s -> block("with " + items(s.items()), s.body());
            case Stmt.Assert s -> line("assert " + print(s.test()) + s.message().map(m -> ", " + print(m)).orElse(""));
            case Stmt.Delete s -> line("del " + s.targets().stream().map(Printer::print).collect(Collectors.joining(", ")));
            case Stmt.Global s -> line("global " + String.join(", ", s.names()));
            case Stmt.Nonlocal s -> line("nonlocal " + String.join(", ", s.names()));
            case Stmt.Import s -> line("import " + aliases(s.names()));
            case Stmt.ImportFrom s -> line("from " + ".".repeat(s.level()) + s.module() + " import "
                    + (s.names().isEmpty() ? "*" : aliases(s.names())));
            case Stmt.Match s -> {
                line("match " + print(s.subject()) + ":");
                level++;
                s.cases().forEach(c ->
                        block("case " + PatternPrinter.print(c.pattern()) + c.guard().map(g -> " if " + print(g)).orElse(""),
                        c.body()));
                level--;
            }
        }
    }

    private void ifChain(Stmt.If first) {
        Stmt.If branch = first;
        block("if " + print(branch.test()), branch.then());
        while (branch.otherwise().size() == 1 && branch.otherwise().getFirst() instanceof Stmt.If next) {
            branch = next;
            block("elif " + print(branch.test()), branch.then());
        }
        otherwise(branch.otherwise());
    }

    private void function(Stmt.FunctionDef function) {
        function.decorators().forEach(d -> line("@" + print(d)));
        block("def " + function.name() + "(" + ExpressionPrinter.parameters(function.parameters()) + ")"
                + function.returns().map(r -> " -> " + print(r)).orElse(""), function.body());
    }

    private void tryStatement(Stmt.Try statement) {
        block("try", statement.body());
        for (Stmt.Handler handler : statement.handlers()) {
            block("except" + handler.type().map(t -> " " + print(t)).orElse("") + handler.name().map(n -> " as " + n).orElse(""),
                    handler.body());
        }
        otherwise(statement.otherwise());
        if (!statement.finallyBody().isEmpty()) {
            block("finally", statement.finallyBody());
        }
    }

    private static String items(List<Stmt.Item> items) {
        String text = items.stream().map(i -> print(i.context()) + i.target().map(t -> " as " + print(t)).orElse(""))
                .collect(Collectors.joining(", "));
        // One tuple would be read as several items.
        return items.size() == 1 && text.startsWith("(") && text.endsWith(")") ? "(" + text + ")" : text;
    }

    private static String aliases(List<Stmt.Alias> names) {
        return names.stream().map(n -> n.name() + n.as().map(as -> " as " + as).orElse("")).collect(Collectors.joining(", "));
    }

    /** Where a statement takes tuples and yield without parentheses. */
    private static String bare(Expr expression) {
        return ExpressionPrinter.printRight(expression);
    }
}
