package org.ebb.builtins;

import java.util.List;
import org.ebb.grad.Aside;
import org.ebb.grad.Contributions;
import org.ebb.grad.Leaf;
import org.ebb.grad.Rule;
import org.ebb.grad.Tangents;
import org.ebb.grad.Tape;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbBuiltin;
import org.ebb.runtime.Calls;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbException;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Tensors;
import org.ebb.runtime.Truth;
import org.ebb.runtime.Types;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException.BadGradient;
import org.ebb.tensor.Value;

/** The module {@code _nests}: what the function forms in {@code _forms.ebb} cannot say in the language itself. */
final class FormsModule {

    /** The forms, which are global names: signature, first sentence. */
    private static final String[][] FORMS = {
        {"vjp(f, *args)", "The pair of f's value and its pullback: pullback(head) gives one gradient for each argument."},
        {"jvp(f, args, tangents)", "The pair of f's value and its tangent, for a tuple of arguments and one of their tangents."},
        {"jacobian(f, argnums=0, mode=None)", "The function that gives the derivatives of every number of f's value; mode 'forward' or 'reverse'."},
        {"hessian(f, argnums=0, mode=None)", "The function that gives the second derivatives of f, which returns one number."},
        {"hvp(f, x, v)", "The Hessian of f at x times v, forward over reverse: no Hessian is made."},
        {"vmap(f, in_axes=0, out_axes=0)", "The function that runs f for each index of a batch axis and stacks the results."},
        {"checkpoint(f)", "f, with what it records computed again in backward instead of kept."},
        {"custom_gradient(f)", "A decorator: f returns the pair of its value and its pullback, and the pullback is its gradient."},
        {"on_gradient(x, fn)", "x itself; fn sees the gradient that passes it, and what fn returns (if not None) takes its place."},
        {"check_grad(f, *args)", "Whether reverse mode, forward mode and differences agree, in float64; prints the worst entry and the rule that is wrong."},
        {"explain(y, x=None)", "What each line of the program contributes to a gradient: explain(x.grad) after backward(retain_graph=True), or explain(y, x)."},
    };

    private FormsModule() {}

    /** The global names: each loads the library when it is first called. */
    static void fillForms(BuiltinTable table) {
        for (String[] form : FORMS) {
            String name = form[0].substring(0, form[0].indexOf('('));
            boolean many = form[0].contains("*args");
            table.simple(form[0], form[1], b -> {
                Object quick = name.equals("hvp") ? SecondForm.product(b[0], b[1], b[2]) : null;
                return quick != null ? quick : library(name, many, b);
            });
        }
    }

    private static Object library(String name, boolean many, Object[] b) {
        EbbContext context = EbbContext.get(null);
        context.formCalled = context.tape().place;
        Object f = context.modules().library("_forms").get(name);
        if (!many) {
            return Calls.call(f, b);
        }
        Object[] rest = (Object[]) b[1];
        Object[] all = new Object[rest.length + 1];
        all[0] = b[0];
        System.arraycopy(rest, 0, all, 1, rest.length);
        return Calls.call(f, all);
    }

    static void fill(BuiltinTable table) {
        table.simple("leaves(nest, what, needed=True)", "The numbers and float tensors of a nest, in order.", b -> {
            EbbList found = new EbbList();
            new Nest((String) b[1], Truth.of(b[2])).replace(b[0], leaf -> {
                found.append(Tensors.result(leaf));
                return leaf;
            });
            return found;
        });
        table.simple("rebuild(nest, values, blank=False)", "The nest with its numbers and float tensors replaced in order.", b -> {
            var next = List.of(Iteration.toArray(b[1])).iterator();
            return new Nest("rebuild", false).replaceAny(b[0], leaf -> next.next(), Truth.of(b[2]));
        });
        table.simple("variables(values, keep)", "The same values as variables of their own; with their history if keep is true.", b -> {
            Tape tape = tape();
            return each(b[0], value -> tape.variable(Truth.of(b[1]) ? value : tape.detach(value)));
        });
        table.simple("handles(variables)", "What to ask for the gradients of variables, whatever is written into them.",
                b -> each(b[0], tape()::handle));
        table.simple("detached(values)", "The same values without history.", b -> each(b[0], tape()::detach));
        table.simple("tracked(x)", "Does x have a history or an attached gradient?",
                b -> b[0] instanceof Value v && EbbContext.get(null).gradients().isTracked(v));
        table.simple("tangents(outputs, variables, directions)", "The tangents of outputs; None for one that depends on no variable.", b -> {
            List<Value> outputs = GradientMethods.values(b[0], "jvp");
            Value[] tangents = Tangents.of(tape(), outputs, GradientMethods.values(b[1], "jvp"),
                    GradientMethods.values(b[2], "jvp"));
            EbbList list = new EbbList();
            for (int k = 0; k < tangents.length; k++) {
                list.append(tangents[k] == null ? EbbNone.NONE : Tensors.result(like(outputs.get(k), tangents[k])));
            }
            return list;
        });
        table.simple("rules(outputs)", "The rules of the program's own that the outputs were computed with.",
                b -> rules(GradientMethods.values(b[0], "check_grad")));
        table.simple("contributions(y, x)", "The gradient and what each line hands on of it.", b -> contributions(b[0], b[1]));
        table.simple("whole(f, args, argnum)", "The Hessian of f along one tensor; None where it has to be found in another way.", b -> {
            tape().place = EbbContext.get(null).userPlace(tape().place);
            Tensor whole = SecondForm.whole(b[0], Iteration.toArray(b[1]), (int) (long) (Long) b[2]);
            return whole == null ? EbbNone.NONE : whole;
        });
        table.simple("aside(f, values)", "f's value for variables in place of values, and whether it needs its history.",
                b -> aside(b[0], GradientMethods.values(b[1], "checkpoint")));
        table.simple("custom(inputs, outputs, pullback, again=None)", "Outputs recorded as those of one operation with a pullback of its own.", b -> {
            List<Value> inputs = GradientMethods.values(b[0], "custom_gradient");
            List<Value> outputs = GradientMethods.values(b[1], "custom_gradient");
            var place = EbbContext.get(null).userPlace(tape().place);
            tape().place = place;
            Value[] recorded = EbbContext.get(null).gradients().custom(inputs.toArray(Value[]::new), outputs.toArray(Value[]::new),
                    (trace, cotangents) -> {
                        try {
                            return pull(b[2], inputs, cotangents);
                        } catch (EbbException error) {
                            throw error.recordedAt(place);
                        }
                    }, b[3] == EbbNone.NONE ? null : again(b[3], inputs));
            EbbList list = new EbbList();
            for (Value value : recorded) {
                list.append(Tensors.result(value));
            }
            return list;
        });
    }

    private static Rule again(Object function, List<Value> inputs) {
        Value[] own = inputs.stream().map(tape()::detach).toArray(Value[]::new);
        return new Rule() {
            @Override
            public Value[] inputs() {
                return own;
            }

            @Override
            public Value[] forward(Value[] others) {
                EbbList given = new EbbList();
                for (Value other : others) {
                    given.append(Tensors.result(other));
                }
                return GradientMethods.values(Calls.call(function, given), "check_grad").toArray(Value[]::new);
            }
        };
    }

    private static EbbList list(Value[] values) {
        EbbList list = new EbbList();
        for (Value value : values) {
            list.append(value == null ? EbbNone.NONE : Tensors.result(value));
        }
        return list;
    }

    /** (place, inputs, forward, pullback) of each rule of the program's own. */
    private static EbbList rules(List<Value> outputs) {
        EbbList all = new EbbList();
        for (Rule.Recorded one : Rule.of(tape(), outputs)) {
            String place = one.place() == null ? "an unknown place" : one.place().where() + ": `" + one.place().text() + "`";
            all.append(new EbbTuple(place, list(one.rule().inputs()),
                    EbbBuiltin.function("forward(inputs)", "The rule's value for other inputs.",
                            b -> list(one.rule().forward(GradientMethods.values(b[0], "check_grad").toArray(Value[]::new)))),
                    EbbBuiltin.function("pull(heads)", "The rule's gradients.",
                            b -> list(one.pullback().apply(tape(), GradientMethods.values(b[0], "check_grad").toArray(Value[]::new))))));
        }
        return all;
    }

    private static EbbTuple contributions(Object y, Object x) {
        var gradients = EbbContext.get(null).gradients();
        Contributions.Result result;
        try {
            result = x != EbbNone.NONE ? gradients.contributions(GradientMethods.values(y, "explain"), Tensors.required(x, "explain"))
                    : gradients.contributions(gradient(y));
        } catch (BadGradient refusal) {
            throw ExplainFunctions.explained(refusal);
        }
        EbbList lines = new EbbList();
        for (Contributions.Line line : result.lines()) {
            lines.append(new EbbTuple(line.place.where(), line.place.text(), (long) line.count,
                    line.given == null ? EbbNone.NONE : Tensors.result(line.given), Math.sqrt(line.squares), line.least, line.most,
                    (long) line.notFinite));
        }
        return new EbbTuple(result.gradient() == null ? EbbNone.NONE : Tensors.result(result.gradient()), lines);
    }

    /** A gradient to be explained, or that of a value to which one is attached. */
    private static Tensor gradient(Object y) {
        Leaf leaf = y instanceof Value value ? EbbContext.get(null).gradients().leaf(value) : null;
        return leaf != null && leaf.grad != null ? leaf.grad : Tensors.tensor(y, "explain");
    }

    /** The function's value and whether it depends on more than its inputs; only then what it recorded is kept. */
    private static EbbTuple aside(Object function, List<Value> values) {
        Tape tape = tape();
        var by = tape.place;
        Aside aside = Aside.begin(tape);
        boolean keep = true;
        try {
            List<Value> variables = values.stream().map(tape::variable).toList();
            EbbList given = new EbbList();
            variables.forEach(given::append);
            List<Value> handles = variables.stream().map(tape::handle).toList();
            Object value = Calls.call(function, given);
            keep = aside.dependsOnMoreThan(handles);
            return new EbbTuple(value, keep);
        } finally {
            if (keep) {
                aside.keep();
            } else {
                aside.giveUp(by);
            }
            tape.place = by;
        }
    }

    /** A number's tangent in the number's own kind: a float's is a float, that of a tensor without axes is one too. */
    private static Value like(Value output, Value tangent) {
        return output instanceof Scalar s && tangent instanceof Scalar t
                ? new Scalar(Scalar.round(t.value, s.kind), s.kind, t.recording, t.id) : tangent;
    }

    private static Value[] pull(Object pullback, List<Value> inputs, Value[] cotangents) {
        Object[] given = new Object[cotangents.length];
        for (int k = 0; k < given.length; k++) {
            given[k] = Tensors.result(cotangents[k]);
        }
        Object[] gradients = Iteration.toArray(Calls.call(pullback, new EbbList(given)));
        if (gradients.length != inputs.size()) {
            throw Errors.valueError("custom_gradient: the pullback must give " + inputs.size() + " gradients, one for each number or tensor of "
                    + "the arguments, but gave " + gradients.length);
        }
        Value[] found = new Value[gradients.length];
        for (int k = 0; k < found.length; k++) {
            if (gradients[k] != EbbNone.NONE) {
                Value input = inputs.get(k);
                if (!(gradients[k] instanceof Value) && !Numbers.isNumber(gradients[k])) {
                    throw Errors.typeError("custom_gradient: gradient " + k + " must be a tensor or a number, not " + Types.name(gradients[k]));
                }
                found[k] = Tensors.required(gradients[k], "custom_gradient");
                if (!found[k].shape().equals(input.shape()) && !(found[k].shape().size() == 1 && input.shape().size() == 1)) {
                    throw Errors.valueError("custom_gradient: gradient " + k + " has shape " + found[k].shape()
                            + ", but the value it belongs to has shape " + input.shape());
                }
            }
        }
        return found;
    }

    private static EbbList each(Object values, java.util.function.UnaryOperator<Value> change) {
        EbbList list = new EbbList();
        for (Value value : GradientMethods.values(values, "gradients")) {
            list.append(Tensors.result(change.apply(value)));
        }
        return list;
    }

    private static Tape tape() {
        return EbbContext.get(null).tape();
    }
}
