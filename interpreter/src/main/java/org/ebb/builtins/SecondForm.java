package org.ebb.builtins;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.ebb.grad.Place;
import org.ebb.grad.Second;
import org.ebb.grad.Tape;
import org.ebb.runtime.Calls;
import org.ebb.runtime.EbbContext;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * Second derivatives of one call of a function outside any recording: it runs once, and its recording serves all directions and is then
 * given up. What is null here is found, or refused, by the forms that are written in the language.
 */
final class SecondForm {

    private final Object function;
    private final Object[] arguments;
    private final int place;

    /** The numbers and tensors of the argument, and what to ask for their gradients. */
    private final List<Value> leaves = new ArrayList<>();
    private final List<Value> variables = new ArrayList<>();

    private SecondForm(Object function, Object[] arguments, int place) {
        this.function = function;
        this.arguments = arguments;
        this.place = place;
    }

    /** The Hessian at x times a direction of x's nest, in that nest. */
    static Object product(Object function, Object x, Object direction) {
        return new SecondForm(function, new Object[] {x}, 0).product(direction);
    }

    /** The Hessian along an argument that is one tensor of at least one axis. */
    static Tensor whole(Object function, Object[] arguments, int place) {
        return arguments[place] instanceof Tensor x && x.rank() > 0 && x.dtype().isFloat() ? new SecondForm(function, arguments, place).whole(x)
                : null;
    }

    private Object product(Object direction) {
        List<Value> directions = new ArrayList<>();
        if (direction instanceof Tensor t && t.dtype().isFloat()) {
            directions.add(t);
        } else {
            new Nest("jvp", false).replace(direction, leaf -> {
                directions.add(leaf);
                return leaf;
            });
        }
        Value[] product = run(directions, second -> {
            for (int k = 0; k < leaves.size(); k++) {
                if (directions.get(k) instanceof Scalar along && leaves.get(k) instanceof Tensor leaf) {
                    directions.set(k, full(leaf, along.value));
                }
            }
            return second.product(directions);
        });
        if (product == null) {
            return null;
        }
        var next = List.of(product).iterator();
        return new Nest("jvp").replace(arguments[place], leaf -> next.next(), true);
    }

    private Tensor whole(Tensor x) {
        int n = (int) x.size();
        Value[] rows = run(List.of(x), second -> {
            Value[] found = new Value[n];
            Tensor basis = Tensor.zeros(x.dtype(), x.shape(), x.flavour());
            for (int i = 0; i < n; i++) {
                basis.setDouble(i, 1);
                found[i] = second.product(List.of(basis))[0];
                basis.setDouble(i, 0);
            }
            return found;
        });
        if (rows == null) {
            return null;
        }
        long[] dims = new long[2 * x.rank()];
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = x.shape().dim(axis % x.rank());
        }
        Storage all = Storage.zeros(x.dtype(), (long) n * n);
        for (int i = 0; i < n; i++) {
            System.arraycopy(((Tensor) rows[i]).contiguous().cell.storage.array(), 0, all.array(), i * n, n);
        }
        return Tensor.of(all, Shape.of(dims), x.flavour());
    }

    private static Tensor full(Tensor like, double value) {
        Tensor t = Tensor.zeros(like.dtype(), like.shape(), like.flavour());
        for (long i = 0; i < t.size(); i++) {
            t.setDouble(i, value);
        }
        return t;
    }

    /** Records a call and differentiates it; null inside a recording, and where directions do not fit. */
    private Value[] run(List<Value> directions, Function<Second, Value[]> use) {
        EbbContext context = EbbContext.get(null);
        Tape tape = context.tape();
        if (tape.recording) {
            return null; // it may have to be differentiated again
        }
        Place by = tape.place;
        new Nest("grad").replace(arguments[place], leaf -> {
            leaves.add(leaf);
            return leaf;
        });
        if (!fit(directions)) {
            return null;
        }
        Tape.Mode before = tape.enter(true, tape.training);
        try {
            Object[] active = arguments.clone();
            active[place] = new Nest("grad").replace(arguments[place], leaf -> {
                Value variable = tape.variable(tape.detach(leaf));
                variables.add(tape.handle(variable));
                return variable;
            });
            Value head = GradientFunctions.number(Calls.call(function, active));
            if (head == null || !Second.isRecordedHere(tape, head)) {
                return GradientFunctions.zeros(variables).toArray(Value[]::new);
            }
            return use.apply(new Second(tape, context.gradients(), head, variables, by));
        } finally {
            tape.discard(before, by);
            tape.place = by;
        }
    }

    private boolean fit(List<Value> directions) {
        if (directions.size() != leaves.size()) {
            return false;
        }
        for (int k = 0; k < leaves.size(); k++) {
            Value leaf = leaves.get(k);
            Value along = directions.get(k);
            if (!(along.shape().equals(leaf.shape()) || along instanceof Scalar s && s.isLanguageFloat())
                    || along instanceof Tensor && along.dtype() != leaf.dtype()) {
                return false;
            }
        }
        return true;
    }
}
