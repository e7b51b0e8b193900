package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.UnexpectedResultException;
import com.oracle.truffle.api.profiles.CountingConditionProfile;
import org.ebb.tensor.Recording;
import org.ebb.tensor.Scalar;

/**
 * {@code then if test else otherwise}. Where both sides are floats, recorded or not, it joins their parts and makes one value of them:
 * two objects that meet here would both go on the heap in compiled code.
 */
public final class ConditionalNode extends ExpressionNode {

    /** No recorded float came by yet; only floats since one did; anything. */
    private enum Results { PLAIN, FLOATS, ANY }

    @Child private ConditionNode test;
    @Child private ExpressionNode then;
    @Child private ExpressionNode otherwise;
    private final CountingConditionProfile profile = CountingConditionProfile.create();
    @CompilationFinal private Results results = Results.PLAIN;

    public ConditionalNode(ConditionNode test, ExpressionNode then, ExpressionNode otherwise) {
        this.test = test;
        this.then = then;
        this.otherwise = otherwise;
    }

    @Override
    public Object execute(VirtualFrame frame) {
        return results == Results.FLOATS ? join(frame) : choose(frame);
    }

    private Object choose(VirtualFrame frame) {
        Object value = profile.profile(test.executeBoolean(frame)) ? then.execute(frame) : otherwise.execute(frame);
        if (results == Results.PLAIN && value instanceof Scalar s) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            results = canBeCopied(s) ? Results.FLOATS : Results.ANY;
        }
        return value;
    }

    private Object join(VirtualFrame frame) {
        double number;
        int kind;
        Recording recording;
        long id;
        if (profile.profile(test.executeBoolean(frame))) {
            Object value = then.execute(frame);
            if (value instanceof Scalar s && canBeCopied(s)) {
                number = s.value;
                kind = s.kind;
                recording = s.recording;
                id = s.id;
            } else if (value instanceof Double d) {
                number = d;
                kind = Scalar.FLOAT;
                recording = null;
                id = 0;
            } else {
                return anything(value);
            }
        } else {
            Object value = otherwise.execute(frame);
            if (value instanceof Scalar s && canBeCopied(s)) {
                number = s.value;
                kind = s.kind;
                recording = s.recording;
                id = s.id;
            } else if (value instanceof Double d) {
                number = d;
                kind = Scalar.FLOAT;
                recording = null;
                id = 0;
            } else {
                return anything(value);
            }
        }
        return new Scalar(number, kind, recording, id);
    }

    /** A 0-d value that is not recorded can still get a gradient attached, so its identity counts. */
    private static boolean canBeCopied(Scalar s) {
        return s.recording != null || s.isLanguageFloat();
    }

    private Object anything(Object value) {
        CompilerDirectives.transferToInterpreterAndInvalidate();
        results = Results.ANY;
        return value;
    }

    @Override
    public long executeLong(VirtualFrame frame) throws UnexpectedResultException {
        return profile.profile(test.executeBoolean(frame)) ? then.executeLong(frame) : otherwise.executeLong(frame);
    }

    @Override
    public double executeDouble(VirtualFrame frame) throws UnexpectedResultException {
        return profile.profile(test.executeBoolean(frame)) ? then.executeDouble(frame) : otherwise.executeDouble(frame);
    }
}
