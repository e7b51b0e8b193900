package org.ebb.builtins;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.RootNode;
import java.util.Arrays;
import java.util.List;
import org.ebb.grad.Tape;
import org.ebb.nodes.DispatchNode;
import org.ebb.runtime.EbbContext;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** As {@link DoorRoot}, for a function that takes each point as one float64 tensor. */
final class WholeDoorRoot extends RootNode {

    private final int inputs;
    private final boolean slopes;
    @Child private DispatchNode call = DispatchNode.create();

    WholeDoorRoot(TruffleLanguage<?> language, int inputs, boolean slopes) {
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
        int to = (int) given[3];
        for (int k = (int) given[2]; k < to; k++) {
            Tensor point = point((double[]) given[1], k);
            double[] values = (double[]) given[4];
            if (slopes) {
                differentiate(given[0], point, values, (double[]) given[5], k);
            } else {
                values[k] = DoorRoot.number(given[0], call.execute(given[0], new Object[] {null, point}));
            }
        }
        return true;
    }

    @TruffleBoundary
    private Tensor point(double[] points, int k) {
        return EmbedModule.tensor(Arrays.copyOfRange(points, k * inputs, (k + 1) * inputs));
    }

    private void differentiate(Object function, Tensor point, double[] values, double[] gradients, int k) {
        Tape tape = EbbContext.get(this).tape();
        Tape.Mode before = enter(tape);
        try {
            Value variable = variable(tape, point);
            Object value = call.execute(function, new Object[] {null, variable});
            values[k] = DoorRoot.number(function, value);
            slopes(function, value, variable, gradients, k * inputs);
        } finally {
            leave(tape, before);
        }
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
    private static Value variable(Tape tape, Tensor point) {
        return tape.variable(point);
    }

    @TruffleBoundary(transferToInterpreterOnException = false)
    private void slopes(Object function, Object value, Value variable, double[] gradients, int at) {
        EbbContext context = EbbContext.get(null);
        if (value instanceof Value head && head.dtype().isFloat() && context.gradients().isTracked(head)) {
            Tape tape = context.tape();
            Value found = context.gradients().gradients(List.of(head), List.of(tape.handle(variable)), null, true, false, tape.training, null)[0];
            for (int j = 0; j < inputs; j++) {
                gradients[at + j] = ((Tensor) found).getDouble(j);
            }
        } else {
            Arrays.fill(gradients, at, at + inputs, 0);
        }
    }

    @Override
    public boolean isInternal() {
        return true;
    }
}
