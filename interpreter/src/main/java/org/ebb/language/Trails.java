package org.ebb.language;

import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ebb.parse.Parser;
import org.ebb.runtime.EbbModule;
import org.ebb.runtime.Modules;
import org.ebb.syntax.Program;
import org.ebb.syntax.Scopes;
import org.ebb.syntax.Span;
import org.ebb.syntax.SyntaxError;

/** Says which statement took a value's history away, by reading the program up to the call that asks. */
final class Trails {

    /** More lines than this tell nobody more. */
    private static final int SHOWN = 4;

    private final Modules modules;
    private final FlowStatements statements = new FlowStatements(this::module);
    private final Map<String, FlowStatements.Names> known = new HashMap<>();

    private Trails(Modules modules) {
        this.modules = modules;
    }

    /**
     * Where what a call was given lost its history, one line for each place; empty where reading the program does not tell.
     *
     * @param call the call that asks, or that failed
     * @param callers the calls within which it was made, outermost first
     * @param argument which value of it, the receiver of a method first
     * @param leaf whether the value has a gradient attached, so that the question is why no backward reaches it
     */
    static List<String> of(Modules modules, SourceSection call, List<SourceSection> callers, int argument, boolean leaf) {
        var trails = new Trails(modules);
        FlowExpressions expressions = trails.statements.expressions;
        expressions.source = call.getSource();
        expressions.wanted = span(call);
        expressions.callers = callers.stream().map(caller -> new Flow.Spot(caller.getSource(), span(caller))).toList();
        trails.follow(modules.main());
        if (expressions.answer == null || argument >= expressions.answer.size()) {
            return List.of();
        }
        Flow flow = expressions.answer.get(argument);
        return leaf ? unreached(flow, expressions.backwards) : cuts(flow);
    }

    private static Span span(SourceSection section) {
        return new Span(section.getCharIndex(), section.getCharLength());
    }

    private FlowStatements.Names follow(EbbModule module) {
        FlowStatements.Names names = null;
        for (Source source : module.sources()) {
            var own = new FlowStatements.Names(null, source);
            if (names != null) {
                own.own.putAll(names.own);
            }
            names = own;
            try {
                Program program = Parser.parse(source.getCharacters());
                Scopes.analyse(program);
                statements.followAll(program.body(), names);
            } catch (SyntaxError impossible) {
                // it ran, so it was a program; an expression given to eval has no statements to follow
            }
        }
        return names;
    }

    private FlowStatements.Names module(String name) {
        EbbModule module = modules.loaded().get(name);
        if (module == null || module.sources().isEmpty() || module.sources().getFirst().isInternal()) {
            return null;
        }
        if (!known.containsKey(name)) {
            known.put(name, null); // a module may import the one that imports it
            known.put(name, follow(module));
        }
        return known.get(name);
    }

    private static List<String> cuts(Flow flow) {
        Set<String> lines = new LinkedHashSet<>();
        List<Map.Entry<Flow.Origin, Flow.Cut>> found = new ArrayList<>(flow.from.entrySet());
        boolean attached = found.stream().anyMatch(one -> one.getKey().attached != null && one.getValue() != null);
        for (var one : found) {
            if (one.getValue() != null && (one.getKey().attached != null) == attached) {
                lines.add(line(one.getValue()));
            }
        }
        for (var one : found) {
            Flow.Origin origin = one.getKey();
            if (attached && origin.attached != null && one.getValue() != null && origin.name != null) {
                lines.add("`" + origin.name + "` had its gradient attached at " + origin.attached.where() + ": " + origin.attached.text());
            } else if (!attached) {
                lines.add("`" + origin.name + "` comes from " + origin.made.where() + ": " + origin.made.text()
                        + (origin.attached == null ? "; no gradient is attached to it" : ""));
            }
        }
        return lines.stream().limit(SHOWN).toList();
    }

    private static String line(Flow.Cut cut) {
        return "cut at " + cut.at().where() + ": " + cut.at().text() + "\n    " + cut.why();
    }

    private static List<String> unreached(Flow variable, List<FlowExpressions.Backward> backwards) {
        List<String> lines = new ArrayList<>();
        for (Flow.Origin origin : variable.live) {
            if (origin.ignored) {
                lines.add("grad_req is 'null' since " + origin.attached.where() + ": " + origin.attached.text()
                        + "\n    backward then leaves the value alone; attach_grad() without it fills `.grad`");
            }
        }
        for (int k = backwards.size() - 1; k >= 0 && lines.size() < SHOWN; k--) {
            FlowExpressions.Backward backward = backwards.get(k);
            Set<Flow.Origin> shared = new LinkedHashSet<>(variable.from.keySet());
            shared.retainAll(backward.head().from.keySet());
            String line = null;
            for (Flow.Origin origin : shared) {
                Flow.Cut cut = backward.head().from.get(origin);
                line = cut == null ? line : line(cut);
            }
            if (line == null && shared.isEmpty()) {
                line = "no statement connects it with what " + backward.at().where() + " differentiates: " + backward.at().text();
            }
            if (line != null && !lines.contains(line)) {
                lines.add(line);
            }
        }
        if (backwards.isEmpty()) {
            lines.add("no backward was called before this");
        }
        return lines;
    }
}
