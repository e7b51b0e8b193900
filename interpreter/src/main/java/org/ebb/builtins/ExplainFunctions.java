package org.ebb.builtins;

import java.util.List;
import org.ebb.grad.Leaf;
import org.ebb.grad.Lineage;
import org.ebb.grad.Origin;
import org.ebb.grad.Place;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Types;
import org.ebb.tensor.TensorException.BadGradient;
import org.ebb.tensor.Value;

/** What there is to say about gradients that are missing, not finite, or surprising. */
final class ExplainFunctions {

    private ExplainFunctions() {}

    static void fill(BuiltinTable table) {
        table.simple("why_no_grad(y, x=None)",
                "Print the statement that took y's history away: detach(), pause, int(...), a comparison, a value that was never attached, ... "
                        + "For an attached x: why no backward reached it. why_no_grad(y, x): why y's gradient does not reach x. "
                        + "Gives the place as 'file:line', or None where the value has a gradient.", b -> {
                    Answer answer = why(b[0], b[1] == EbbNone.NONE ? null : b[1]);
                    print(answer.text());
                    return answer.place() == null ? EbbNone.NONE : answer.place();
                });
        table.simple("nan_origin(y)",
                "Print the first operation that made nan or inf out of finite numbers, on the way to y or in backward from y: line, index, operands, "
                        + "a guard. Gives the place as 'file:line'; None where all is finite. y must not be used up: give backward retain_graph=True.", b -> {
                    EbbContext context = EbbContext.get(null);
                    if (b[0] instanceof Double) {
                        throw Errors.typeError("nan_origin: this float was not recorded; compute it inside `with record:` from a value with an "
                                + "attached gradient");
                    }
                    Origin.Finding finding = context.gradients().origin(GradientMethods.values(b[0], "nan_origin"));
                    print("nan_origin: " + (finding == null ? "the value and its gradients are finite" : finding.text()));
                    return finding == null || finding.place() == null ? EbbNone.NONE : finding.place().where();
                });
    }

    /** What is said, and the place it names first. */
    private record Answer(String text, Object place) {

        static Answer of(String first, List<String> lines) {
            StringBuilder text = new StringBuilder(first);
            lines.forEach(line -> text.append("\n  ").append(line));
            var where = java.util.regex.Pattern.compile("\\bat (\\S+:\\d+): ").matcher(text);
            return new Answer(text.toString(), where.find() ? where.group(1) : null);
        }
    }

    private static Answer why(Object y, Object x) {
        EbbContext context = EbbContext.get(null);
        Place here = context.tape().place;
        Value value = y instanceof Value v ? v : null;
        if (value == null || !context.gradients().isTracked(value)) {
            return lost(context, here, 0, false, value == null && !(y instanceof Double)
                    ? "why_no_grad: a value of type " + Types.name(y) + " has no gradient" : "why_no_grad: the value has no history");
        }
        Place used = Lineage.usedUpBy(context.tape(), value);
        if (used != null) {
            return Answer.of("why_no_grad: what was recorded for the value was used up by the backward", List.of("at " + used.where() + ": "
                    + used.text(), "to run backward again, give the first one `retain_graph=True`"));
        }
        if (x != null) {
            if (!(x instanceof Value variable) || !context.gradients().isTracked(variable)) {
                return lost(context, here, 1, false, "why_no_grad: the second value has no attached gradient and no history");
            }
            return Lineage.connects(context.tape(), value, variable)
                    ? new Answer("why_no_grad: a gradient flows from the first value to the second", null)
                    : lost(context, here, 0, false, "why_no_grad: the first value was recorded, but does not lead to the second");
        }
        Leaf leaf = context.gradients().leaf(value);
        if (leaf == null) {
            Place made = Lineage.made(context.tape(), value);
            return new Answer("why_no_grad: the value has a history, so backward can start here"
                    + (made == null ? "" : "; the last operation is at " + made.where() + ": " + made.text()), null);
        }
        if (leaf.request != Leaf.Request.NULL && leaf.fresh) {
            return new Answer("why_no_grad: the latest backward reached the value, so its `.grad` is up to date", null);
        }
        return lost(context, here, 0, true, leaf.request == Leaf.Request.NULL ? "why_no_grad: the value's gradient is switched off"
                : "why_no_grad: no backward has reached the value");
    }

    private static Answer lost(EbbContext context, Place here, int argument, boolean leaf, String first) {
        List<String> lines = context.trail(here, argument, leaf);
        return Answer.of(first, lines.isEmpty() ? List.of("the program's text does not tell where it was lost: it may be a constant from the start")
                : lines);
    }

    /** The same refusal, with the statement that took the history away. */
    static RuntimeException explained(BadGradient refusal) {
        EbbContext context = EbbContext.get(null);
        if (refusal.untracked < 0) {
            return refusal;
        }
        StringBuilder text = new StringBuilder(refusal.getMessage());
        context.trail(context.tape().place, refusal.untracked, false).forEach(line -> text.append("\n  ").append(line));
        return new BadGradient(text.toString());
    }

    private static void print(String text) {
        org.ebb.runtime.Calls.call(EbbContext.get(null).builtins().get("print"), text);
    }
}
