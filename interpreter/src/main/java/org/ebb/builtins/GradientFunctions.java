package org.ebb.builtins;

import java.util.ArrayList;
import java.util.List;
import org.ebb.grad.Tape;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Calls;
import org.ebb.runtime.EbbBuiltin;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Integers;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Tensors;
import org.ebb.runtime.Text;
import org.ebb.runtime.Truth;
import org.ebb.runtime.Types;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Value;

/** Gradients of functions and of recorded values: {@code grad} and {@code value_and_grad}. */
final class GradientFunctions {

    private GradientFunctions() {}

    static void fill(BuiltinTable table) {
        table.simple("grad(heads, variables=?, head_grads=None, retain_graph=None, create_graph=False, train_mode=True, *, argnums=?, has_aux=False)",
                "grad(f, argnums=0) is the function that gives the gradient of f with respect to its argument number argnums (a tuple: several); "
                        + "with has_aux f gives a pair of a number and anything else, and the function the pair of the gradient and that. "
                        + "grad(heads, variables, ...) gives the gradients of recorded values and changes no .grad.", b -> {
                    if (!(b[0] instanceof Value) && Calls.isCallable(b[0])) {
                        return function(b[0], b[6] != null ? b[6] : b[1] != null ? b[1] : 0L, Truth.of(b[7]) ? Form.GRADIENT_AND_AUX : Form.GRADIENT);
                    }
                    return recorded(b);
                });
        table.simple("value_and_grad(f, argnums=0, has_aux=False)", "The function that gives the pair of f's value and its gradient. With has_aux f "
                + "gives a pair of a number and anything else, and that pair stands in the value's place.",
                b -> function(b[0], b[1], Truth.of(b[2]) ? Form.PAIR_AND_GRADIENT : Form.VALUE_AND_GRADIENT));
    }

    /** What the derivative of a function gives. */
    enum Form {
        GRADIENT, VALUE_AND_GRADIENT, GRADIENT_AND_AUX, PAIR_AND_GRADIENT;

        /** Does the function give a pair, of which only the first is differentiated? */
        boolean hasAux() {
            return this == GRADIENT_AND_AUX || this == PAIR_AND_GRADIENT;
        }
    }

    private static Object recorded(Object[] b) {
        if (b[1] == null) {
            throw Errors.typeError("grad: give a function, or recorded heads and the variables to differentiate with respect to");
        }
        List<Value> heads = GradientMethods.values(b[0], "grad");
        boolean single = b[1] instanceof Value;
        List<Value> variables = GradientMethods.values(b[1], "grad");
        List<Value> headGradients = b[2] == EbbNone.NONE ? null : GradientMethods.values(b[2], "grad");
        boolean create = Truth.of(b[4]);
        boolean retain = b[3] == EbbNone.NONE ? create : Truth.of(b[3]);
        EbbContext context = EbbContext.get(null);
        Value[] gradients;
        try {
            gradients = context.gradients().gradients(heads, variables, headGradients, retain, create, Truth.of(b[5]), context.tape().place);
        } catch (org.ebb.tensor.TensorException.BadGradient refusal) {
            throw ExplainFunctions.explained(refusal);
        }
        EbbList list = new EbbList();
        for (Value gradient : gradients) {
            list.append(Tensors.result(gradient));
        }
        return single ? list.get(0) : list;
    }

    private static Object function(Object f, Object argnums, Form form) {
        if (!Calls.isCallable(f)) {
            throw Errors.typeError("grad: a function is needed, not " + Types.name(f));
        }
        return EbbBuiltin.function("gradient(*args, **kwargs)", "The gradient of a function.", b -> call(f, argnums, form, (Object[]) b[0],
                (EbbDict) b[1]));
    }

    private static int[] places(Object argnums, int given) {
        Object[] all = argnums instanceof EbbTuple tuple ? tuple.items : argnums instanceof EbbList list ? list.toArray() : new Object[] {argnums};
        int[] places = new int[all.length];
        for (int k = 0; k < all.length; k++) {
            long at = Integers.clampLong(Numbers.requireIndex(all[k]));
            places[k] = (int) (at < 0 ? at + given : at);
            if (places[k] < 0 || places[k] >= given) {
                throw Errors.typeError("grad: argnums is " + Text.repr(argnums) + ", but the function was called with " + given
                        + (given == 1 ? " argument" : " arguments") + " in order");
            }
        }
        return places;
    }

    static Object call(Object f, Object argnums, Form form, Object[] arguments, EbbDict keywords) {
        EbbContext context = EbbContext.get(null);
        Tape tape = context.tape();
        var by = tape.place;
        int[] places = places(argnums, arguments.length);
        var before = tape.enter(true, tape.training);
        boolean nested = before.recording();
        try {
            Object[] active = arguments.clone();
            var variables = new ArrayList<Value>();
            var leaves = new Nest[places.length];
            for (int k = 0; k < places.length; k++) {
                leaves[k] = new Nest("grad");
                active[places[k]] = leaves[k].replace(arguments[places[k]], leaf -> {
                    // A function asked for under pause, or outside any recording, must not use up what others recorded.
                    Value variable = tape.variable(nested ? leaf : tape.detach(leaf));
                    variables.add(tape.handle(variable));
                    return variable;
                });
            }
            Object result = Calls.call(f, active, names(keywords), keywords.valueArray());
            Object value = form.hasAux() ? pair(result)[0] : result;
            Value head = number(value);
            List<Value> gradients;
            if (head == null || !context.gradients().isTracked(head)) {
                gradients = zeros(variables);
            } else {
                gradients = List.of(context.gradients().gradients(List.of(head), variables, null, true, nested, tape.training, by));
            }
            var next = gradients.iterator();
            Object[] results = new Object[places.length];
            for (int k = 0; k < places.length; k++) {
                results[k] = new Nest("grad").replace(arguments[places[k]], leaf -> next.next(), true);
            }
            Object gradient = argnums instanceof EbbTuple || argnums instanceof EbbList ? EbbTuple.of(results) : results[0];
            if (form == Form.GRADIENT) {
                return gradient;
            }
            // Outside of any other recording nothing that the caller gets has a history in this one, which is over.
            Object first = nested || !(value instanceof Value v) ? value : Tensors.result(tape.detach(v));
            if (form == Form.VALUE_AND_GRADIENT) {
                return new EbbTuple(first, gradient);
            }
            Object aux = pair(result)[1];
            if (!nested) {
                aux = Nest.replaceSome(aux, context.gradients()::isOfNow, tape::detach);
            }
            return form == Form.GRADIENT_AND_AUX ? new EbbTuple(gradient, aux) : new EbbTuple(new EbbTuple(first, aux), gradient);
        } finally {
            tape.discard(before, by);
            tape.place = by;
        }
    }

    private static Object[] pair(Object result) {
        if (!(result instanceof EbbTuple pair) || pair.items.length != 2) {
            throw Errors.typeError("grad: with has_aux the function must return a pair, a number and anything else, not " + Types.name(result));
        }
        return pair.items;
    }

    private static String[] names(EbbDict keywords) {
        Object[] keys = keywords.keyArray();
        String[] names = new String[keys.length];
        for (int k = 0; k < keys.length; k++) {
            names[k] = (String) keys[k];
        }
        return names;
    }

    /** The number that a function gave; null for one that was never a value of the engine. */
    static Value number(Object value) {
        if (value instanceof Value v) {
            if (v.shape().size() != 1) {
                throw Errors.valueError("grad: the function must return one number, not a tensor of shape " + v.shape()
                        + "; use jacobian, or return its sum");
            }
            if (!v.dtype().isFloat()) {
                return null;
            }
            return v;
        }
        if (!Numbers.isNumber(Numbers.plain(value))) {
            throw Errors.typeError("grad: the function must return one number, not " + Types.name(value));
        }
        return null;
    }

    static List<Value> zeros(List<Value> variables) {
        var all = new ArrayList<Value>();
        for (Value variable : variables) {
            all.add(switch (variable) {
                case Scalar s -> new Scalar(0, s.kind, null, 0);
                case org.ebb.tensor.Tensor t -> org.ebb.tensor.Tensor.zeros(t.dtype(), t.shape(), t.flavour());
            });
        }
        return all;
    }
}
