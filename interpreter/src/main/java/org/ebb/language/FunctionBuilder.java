package org.ebb.language;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.source.Source;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ebb.nodes.BlockNode;
import org.ebb.nodes.BodyNode;
import org.ebb.nodes.ClassNodes;
import org.ebb.nodes.CollectNode;
import org.ebb.nodes.ComprehensionNode;
import org.ebb.nodes.ConstantNode;
import org.ebb.nodes.DisplayNodes;
import org.ebb.nodes.ExpressionNode;
import org.ebb.nodes.ExpressionStatementNode;
import org.ebb.nodes.FunctionRoot;
import org.ebb.nodes.GeneratorRoots;
import org.ebb.nodes.MakeFunctionNode;
import org.ebb.nodes.ParameterNode;
import org.ebb.nodes.ReadArgumentNode;
import org.ebb.nodes.StatementNode;
import org.ebb.nodes.SourceRoot;
import org.ebb.parse.Outline;
import org.ebb.runtime.FunctionCode;
import org.ebb.runtime.Signature;
import org.ebb.syntax.Expr;
import org.ebb.syntax.Parameters;
import org.ebb.syntax.Parameters.Kind;
import org.ebb.syntax.Parameters.Parameter;
import org.ebb.syntax.Printer;
import org.ebb.syntax.Program;
import org.ebb.syntax.Scope;
import org.ebb.syntax.Scopes;
import org.ebb.syntax.Span;
import org.ebb.syntax.Stmt;

/** Builds what has a frame of its own: programs, functions, lambdas, class bodies and comprehensions. */
final class FunctionBuilder {

    private final EbbLanguage language;
    private final Source source;
    private final Scopes.Table scopes;
    private final boolean annotationsAsText;
    private final Outline outline;
    private final Map<Object, FunctionCode> codes = new IdentityHashMap<>();

    FunctionBuilder(EbbLanguage language, Source source, Scopes.Table scopes, Program program) {
        this(language, source, scopes, program, null);
    }

    /** {@code outline}: where bodies of functions are that the program lacks; null for a whole program. */
    FunctionBuilder(EbbLanguage language, Source source, Scopes.Table scopes, Program program, Outline outline) {
        this.outline = outline;
        this.language = language;
        this.source = source;
        this.scopes = scopes;
        this.annotationsAsText = program.body().stream().anyMatch(s -> s instanceof Stmt.ImportFrom from && from.module().equals("__future__")
                && from.names().stream().anyMatch(alias -> alias.name().equals("annotations")));
    }

    /** A whole source as a function without parameters; its value is that of its last expression. */
    FunctionCode program(Program program) {
        Scope scope = scopes.of(program);
        Layout layout = new Layout(scope, "<module>");
        StatementBuilder statements = new StatementBuilder(layout, this);
        List<Stmt> body = program.body();
        Stmt.Expression last = !body.isEmpty() && body.getLast() instanceof Stmt.Expression expression ? expression : null;
        StatementNode first = statements.block(last != null ? body.subList(0, body.size() - 1) : body);
        ExpressionNode value = last != null ? statements.value(last) : null;
        Span whole = new Span(0, source.getLength());
        BodyNode node = new BodyNode(first, value);
        node.place(whole);
        var root = new FunctionRoot(language, layout.descriptor(), source, "<module>", "<module>", whole, layout.cells(), new ParameterNode[0], node);
        return new FunctionCode("<module>", "<module>", doc(body), signature("<module>", List.of(), false), root::getCallTarget);
    }

    MakeFunctionNode function(Layout outer, Stmt.FunctionDef definition) {
        int start = definition.span().start();
        Function<String, Supplier<RootCallTarget>> maker = outline != null && outline.leftOut(start) ? name -> late(start, name)
                : name -> () -> root(definition, name);
        return make(outer, definition, definition.name(), doc(definition.body()), definition.parameters(), definition.returns(),
                definition.span(), maker);
    }

    private RootCallTarget root(Stmt.FunctionDef definition, String qualifiedName) {
        return root(scopes.of(definition), definition.name(), qualifiedName, definition.parameters().list(), definition.span(),
                layout -> body(layout, definition.body(), definition.span()));
    }

    /** Reads the body at the first call, for both forms. */
    private Supplier<RootCallTarget> late(int start, String qualifiedName) {
        return new Supplier<>() {
            private Stmt.FunctionDef whole;
            private FunctionBuilder inside;

            @Override
            public RootCallTarget get() {
                if (whole == null) {
                    whole = outline.function(start);
                    Program alone = new Program(List.of(whole), whole.span());
                    inside = new FunctionBuilder(language, source, Scopes.analyse(alone), alone);
                }
                return inside.root(whole, qualifiedName);
            }
        };
    }

    MakeFunctionNode lambda(Layout outer, Expr.Lambda lambda) {
        return make(outer, lambda, "<lambda>", null, lambda.parameters(), Optional.empty(), lambda.span(),
                name -> () -> root(scopes.of(lambda), "<lambda>", name, lambda.parameters().list(), lambda.span(), layout -> {
                    BodyNode body = new BodyNode(null, new ExpressionBuilder(layout, this).build(lambda.body()));
                    body.place(lambda.body().span());
                    return body;
                }));
    }

    private BodyNode body(Layout layout, List<Stmt> body, Span span) {
        StatementBuilder statements = new StatementBuilder(layout, this);
        BodyNode node;
        if (layout.scope.generator()) {
            node = new BodyNode(statements.block(body), null);
        } else {
            ExpressionNode tail = statements.tail(body);
            node = tail != null ? new BodyNode(null, tail) : new BodyNode(statements.block(body), null);
        }
        node.place(span);
        return node;
    }

    /** {@code maker} makes, for a qualified name, what makes the nodes. */
    private MakeFunctionNode make(Layout outer, Object definition, String name, String doc, Parameters parameters, Optional<Expr> returns,
            Span span, Function<String, Supplier<RootCallTarget>> maker) {
        var list = parameters.list();
        Scope scope = scopes.of(definition);
        ExpressionNode[] defaults = new ExpressionNode[list.size()];
        ExpressionBuilder outside = new ExpressionBuilder(outer, this);
        for (int i = 0; i < defaults.length; i++) {
            defaults[i] = outside.buildOrNull(list.get(i).defaultValue());
        }
        String qualifiedName = outer.qualify(name);
        FunctionCode code = code(definition, () -> new FunctionCode(name, qualifiedName, doc, signature(qualifiedName, list, source.isInternal()),
                maker.apply(qualifiedName)));
        return placed(new MakeFunctionNode(code, outer.closure(scope), defaults, annotations(outside, list, returns)), span);
    }

    /** {@code body} builds the nodes inside a frame of that layout. */
    private RootCallTarget root(Scope scope, String name, String qualifiedName, List<Parameter> list, Span span, Function<Layout, BodyNode> body) {
        Layout layout = new Layout(scope, qualifiedName);
        ParameterNode[] places = new ParameterNode[list.size()];
        for (int i = 0; i < places.length; i++) {
            Parameter parameter = list.get(i);
            places[i] = new ParameterNode(i, parameter.kind() == Kind.STAR, layout.write(parameter.name()));
        }
        return root(layout, name, span, places, body.apply(layout));
    }

    private static MakeFunctionNode placed(MakeFunctionNode node, Span span) {
        node.place(span);
        return node;
    }

    /** A function inside another one is the same for both forms of that one. */
    private FunctionCode code(Object definition, Supplier<FunctionCode> made) {
        synchronized (codes) {
            return codes.computeIfAbsent(definition, absent -> made.get());
        }
    }

    private RootCallTarget root(Layout layout, String name, Span span, ParameterNode[] places, BodyNode body) {
        SourceRoot root;
        if (layout.scope.generator()) {
            var resume = new GeneratorRoots.Resume(language, source, name, layout.qualifiedName, span, layout.generatorSlot(), body);
            root = new GeneratorRoots.Make(language, layout.descriptor(), source, name, layout.qualifiedName, span, layout.cells(), places,
                    resume.getCallTarget());
        } else {
            root = new FunctionRoot(language, layout.descriptor(), source, name, layout.qualifiedName, span, layout.cells(), places, body);
        }
        return root.getCallTarget();
    }

    private ExpressionNode annotations(ExpressionBuilder outside, List<Parameter> parameters, Optional<Expr> returns) {
        var keys = new ArrayList<ExpressionNode>();
        var values = new ArrayList<ExpressionNode>();
        for (Parameter parameter : parameters) {
            parameter.annotation().ifPresent(annotation -> {
                keys.add(new ConstantNode(parameter.name()));
                values.add(annotation(outside, annotation));
            });
        }
        returns.ifPresent(annotation -> {
            keys.add(new ConstantNode("return"));
            values.add(annotation(outside, annotation));
        });
        return keys.isEmpty() ? null : new DisplayNodes.Entries(keys.toArray(ExpressionNode[]::new), values.toArray(ExpressionNode[]::new));
    }

    /** What an annotation gives: its value, or after {@code from __future__ import annotations} its text. */
    ExpressionNode annotation(ExpressionBuilder expressions, Expr annotation) {
        return annotationsAsText ? new ConstantNode(Printer.print(annotation)) : expressions.build(annotation);
    }

    private static Signature signature(String name, List<Parameter> list, boolean bundled) {
        int n = list.size();
        String[] names = new String[n];
        boolean[] required = new boolean[n];
        int positionalOnly = 0;
        int positional = 0;
        boolean star = false;
        boolean doubleStar = false;
        for (int i = 0; i < n; i++) {
            Parameter parameter = list.get(i);
            names[i] = parameter.name();
            boolean collects = parameter.kind() == Kind.STAR || parameter.kind() == Kind.DOUBLE_STAR;
            required[i] = !collects && parameter.defaultValue().isEmpty();
            switch (parameter.kind()) {
                case POSITIONAL_ONLY -> {
                    positionalOnly++;
                    positional++;
                }
                case ORDINARY -> positional++;
                case STAR -> star = true;
                case KEYWORD_ONLY -> { }
                case DOUBLE_STAR -> doubleStar = true;
            }
        }
        return new Signature(name, names, required, new Object[n], positionalOnly, positional, star, doubleStar, bundled, -1);
    }

    /** The first statement, if it is a string. */
    private static String doc(List<Stmt> body) {
        return !body.isEmpty() && body.getFirst() instanceof Stmt.Expression first && first.value() instanceof Expr.Str text ? text.value()
                : null;
    }

    ExpressionNode classBody(Layout outer, Stmt.ClassDef definition) {
        String name = definition.name();
        String qualifiedName = outer.qualify(name);
        Scope scope = scopes.of(definition);
        FunctionCode code = code(definition, () -> new FunctionCode(name, qualifiedName, null, signature(name, List.of(), false), () -> {
            Layout layout = new Layout(scope, qualifiedName);
            StatementNode body = new StatementBuilder(layout, this).classBody(definition, doc(definition.body()));
            ExpressionNode cell = scope.usesClassCell() ? new ClassNodes.TakeCell(layout.box("__class__")) : null;
            BodyNode node = new BodyNode(body, cell);
            node.place(definition.span());
            return root(layout, name, definition.span(), new ParameterNode[0], node);
        }));
        var function = placed(new MakeFunctionNode(code, outer.closure(scope), new ExpressionNode[0], null), definition.span());
        return new ClassNodes.Make(name, qualifiedName, new ExpressionBuilder(outer, this).spread(definition.bases()), function, code);
    }

    /** {@code key} is null except for a dict. */
    ExpressionNode comprehension(Layout outer, Expr comprehension, Expr key, Expr value, List<Expr.Clause> clauses) {
        Scope scope = scopes.of(comprehension);
        String qualifiedName = outer.qualify(scope.name());
        FunctionCode code = code(comprehension, () -> new FunctionCode(scope.name(), qualifiedName, null,
                signature(scope.name(), List.of(), false), () -> {
                    Layout layout = new Layout(scope, qualifiedName);
                    BodyNode body = loops(layout, comprehension, key, value, clauses);
                    body.place(comprehension.span());
                    return root(layout, scope.name(), comprehension.span(), new ParameterNode[0], body);
                }));
        var function = placed(new MakeFunctionNode(code, outer.closure(scope), new ExpressionNode[0], null), comprehension.span());
        return new ComprehensionNode(function, code, new ExpressionBuilder(outer, this).build(clauses.getFirst().iterable()),
                comprehension instanceof Expr.GeneratorExpression);
    }

    private BodyNode loops(Layout layout, Expr comprehension, Expr key, Expr value, List<Expr.Clause> clauses) {
        StatementBuilder statements = new StatementBuilder(layout, this);
        ExpressionBuilder inside = new ExpressionBuilder(layout, this);
        if (comprehension instanceof Expr.GeneratorExpression) {
            return new BodyNode(statements.clauses(clauses, () -> {
                StatementNode give = new ExpressionStatementNode(inside.give(inside.build(value)));
                give.place(value.span());
                return give;
            }), null);
        }
        int result = layout.temporary();
        ExpressionNode empty = switch (comprehension) {
            case Expr.SetComprehension set -> new DisplayNodes.Items(DisplayNodes.Kind.SET, new ExpressionNode[0], null);
            case Expr.DictComprehension dict -> new DisplayNodes.Entries(new ExpressionNode[0], new ExpressionNode[0]);
            case Expr other -> new DisplayNodes.Items(DisplayNodes.Kind.LIST, new ExpressionNode[0], null);
        };
        var loops = statements.clauses(clauses, () -> {
            StatementNode collect = new CollectNode(result, key == null ? null : inside.build(key), inside.build(value));
            collect.place(value.span());
            return collect;
        });
        return new BodyNode(new BlockNode(new StatementNode[] {statements.keep(result, empty), loops}), layout.readSlot(result));
    }

    /** The first iterable of a comprehension, inside it. */
    static ExpressionNode firstIterable() {
        return new ReadArgumentNode(1);
    }
}
