package org.ebb.builtins;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.RootNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ebb.grad.Tape;
import org.ebb.nodes.DispatchNode;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Types;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * Runs a function of n floats for the points {@code from} to {@code to} of an array: its value, and where there is an array for them its n
 * slopes, go into arrays. Arguments: function, points, from, to, values, gradients.
 */
final class DoorRoot extends RootNode {

    /** Up to so many arguments have places of their own in compiled code. */
    private static final int UNROLLED = 32;

    private final int inputs;
    private final boolean slopes;
    @Child private DispatchNode call = DispatchNode.create();

    DoorRoot(TruffleLanguage<?> language, int inputs, boolean slopes) {
        super(language);
        this.inputs = inputs;
        this.slopes = slopes;
    }

    /** The function and the backward over what it recorded are one evaluation to the limits. */
    @Override
    public Object execute(VirtualFrame frame) {
        if (!EbbContext.isLimited(this)) {
            return run(frame);
        }
        EbbContext context = EbbContext.get(this);
        context.enterFromHost();
        try {
            return run(frame);
        } finally {
            context.leaveToHost();
        }
    }

    private Object run(VirtualFrame frame) {
        Object[] given = frame.getArguments();
        Object function = given[0];
        double[] points = (double[]) given[1];
        int from = (int) given[2];
        int to = (int) given[3];
        double[] values = (double[]) given[4];
        if (slopes) {
            differentiate(function, points, from, to, values, (double[]) given[5]);
        } else {
            for (int k = from; k < to; k++) {
                values[k] = number(function, call.execute(function, inputs <= UNROLLED ? few(points, k) : many(points, k)));
            }
        }
        return true;
    }

    @ExplodeLoop
    private Object[] few(double[] points, int k) {
        Object[] arguments = new Object[inputs + 1];
        for (int j = 0; j < inputs; j++) {
            arguments[j + 1] = points[k * inputs + j];
        }
        return arguments;
    }

    private Object[] many(double[] points, int k) {
        Object[] arguments = new Object[inputs + 1];
        for (int j = 0; j < inputs; j++) {
            arguments[j + 1] = points[k * inputs + j];
        }
        return arguments;
    }

    private void differentiate(Object function, double[] points, int from, int to, double[] values, double[] gradients) {
        Tape tape = EbbContext.get(this).tape();
        if (tape.current != null) {
            inside(function, points, from, to, values, gradients);
            return;
        }
        for (int k = from; k < to; k++) {
            Tape.Mode before = enter(tape);
            try {
                k = run(tape, function, points, k, to, values, gradients);
            } finally {
                leave(tape, before);
            }
        }
    }

    /** Points from k on in one recording after the other, as long as each fits the room of the one before; the last point that was done. */
    private int run(Tape tape, Object function, double[] points, int k, int to, double[] values, double[] gradients) {
        int at = k;
        do {
            Object[] arguments = inputs <= UNROLLED ? few(tape, points, at) : many(tape, points, at);
            Object value = call.execute(function, arguments);
            if (value instanceof Scalar head && head.recording != null) {
                values[at] = head.value;
                if (!slopes(tape, head, gradients, at)) {
                    general(head, points, at, gradients);
                }
            } else {
                values[at] = general(function, value, points, at, gradients);
            }
            at++;
        } while (at < to && renew(tape));
        return at - 1;
    }

    @TruffleBoundary
    private static Tape.Mode enter(Tape tape) {
        return tape.enter(true, tape.training);
    }

    @TruffleBoundary
    private static void leave(Tape tape, Tape.Mode before) {
        tape.discard(before, null);
    }

    @TruffleBoundary
    private static boolean renew(Tape tape) {
        return tape.renew();
    }

    @TruffleBoundary(transferToInterpreterOnException = false)
    private boolean slopes(Tape tape, Scalar head, double[] gradients, int at) {
        return tape.slopes(head, inputs, gradients, at * inputs);
    }

    @ExplodeLoop
    private Object[] few(Tape tape, double[] points, int k) {
        Object[] arguments = new Object[inputs + 1];
        int site = site(tape);
        for (int j = 0; j < inputs; j++) {
            arguments[j + 1] = variable(tape, site, points[k * inputs + j]);
        }
        return arguments;
    }

    private Object[] many(Tape tape, double[] points, int k) {
        Object[] arguments = new Object[inputs + 1];
        int site = site(tape);
        for (int j = 0; j < inputs; j++) {
            arguments[j + 1] = variable(tape, site, points[k * inputs + j]);
        }
        return arguments;
    }

    /** Variables belong to no line. */
    @TruffleBoundary
    private static int site(Tape tape) {
        return Tape.node(tape.sites.number(null, null), Scalar.FLOAT);
    }

    private static Scalar variable(Tape tape, int site, double x) {
        if (tape.full()) {
            grow(tape);
        }
        return new Scalar(x, Scalar.FLOAT, tape.current, tape.push(site, 0, 0, x, x));
    }

    @TruffleBoundary
    private static void grow(Tape tape) {
        tape.grow();
    }

    /** The slopes of what is no plain recorded number. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    private double general(Object function, Object value, double[] points, int at, double[] gradients) {
        double number = number(function, value);
        if (value instanceof Value v && v.dtype().isFloat() && EbbContext.get(null).gradients().isTracked(v)) {
            general(v, points, at, gradients);
        } else {
            Arrays.fill(gradients, at * inputs, (at + 1) * inputs, 0);
        }
        return number;
    }

    @TruffleBoundary(transferToInterpreterOnException = false)
    private void general(Value head, double[] points, int at, double[] gradients) {
        EbbContext context = EbbContext.get(null);
        Tape tape = context.tape();
        List<Value> variables = new ArrayList<>(inputs);
        long first = tape.first();
        for (int j = 0; j < inputs; j++) {
            variables.add(new Scalar(points[at * inputs + j], Scalar.FLOAT, tape.current, first + j));
        }
        Value[] found = context.gradients().gradients(List.of(head), variables, null, true, false, tape.training, null);
        for (int j = 0; j < inputs; j++) {
            gradients[at * inputs + j] = ((Scalar) found[j]).value;
        }
    }

    /** A host's function that the program called while it recorded asks for a gradient: it is a recording of its own within that one. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    private void inside(Object function, double[] points, int from, int to, double[] values, double[] gradients) {
        Long[] places = new Long[inputs];
        Arrays.setAll(places, j -> (long) j);
        for (int k = from; k < to; k++) {
            Object[] arguments = new Object[inputs];
            for (int j = 0; j < inputs; j++) {
                arguments[j] = points[k * inputs + j];
            }
            EbbTuple pair = (EbbTuple) GradientFunctions.call(function, new EbbTuple((Object[]) places), GradientFunctions.Form.VALUE_AND_GRADIENT,
                    arguments, new EbbDict());
            values[k] = number(function, pair.items[0]);
            Object[] all = ((EbbTuple) pair.items[1]).items;
            for (int j = 0; j < inputs; j++) {
                gradients[k * inputs + j] = number(function, all[j]);
            }
        }
    }

    static double number(Object function, Object value) {
        if (value instanceof Double number) {
            return number;
        }
        return value instanceof Scalar number ? number.value : slowNumber(function, value);
    }

    @TruffleBoundary
    private static double slowNumber(Object function, Object value) {
        if (value instanceof Tensor tensor && tensor.size() == 1) {
            return tensor.getDouble(0);
        }
        Object plain = Numbers.plain(value);
        if (!Numbers.isNumber(plain)) {
            String found = value instanceof Tensor tensor ? "a tensor of shape " + tensor.shape() : "a value of type " + Types.name(value);
            throw Door.at(function, Errors.typeError("the host asked for one number, but the function gave " + found));
        }
        return Numbers.asDouble(plain);
    }

    @Override
    public boolean isInternal() {
        return true;
    }
}
