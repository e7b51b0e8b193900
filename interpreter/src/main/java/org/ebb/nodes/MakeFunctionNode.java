package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.InstrumentableNode;
import com.oracle.truffle.api.instrumentation.Tag;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import java.util.Set;
import org.ebb.runtime.CellBox;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.FunctionCode;

/** {@code def} or {@code lambda}: makes the function, with its defaults and the cells of enclosing variables. */
public final class MakeFunctionNode extends ExpressionNode {

    private final FunctionCode code;
    @Children private final BoxNode[] closure;
    @Children private final ExpressionNode[] defaults;
    private final boolean anyDefault;
    @Child private ExpressionNode annotations;

    /** {@code defaults} has null where a parameter has none; {@code annotations} may be null. */
    public MakeFunctionNode(FunctionCode code, BoxNode[] closure, ExpressionNode[] defaults, ExpressionNode annotations) {
        this.code = code;
        this.closure = closure;
        this.defaults = defaults;
        this.annotations = annotations;
        boolean any = false;
        for (ExpressionNode each : defaults) {
            any |= each != null;
        }
        this.anyDefault = any;
    }

    @Override
    @ExplodeLoop
    public EbbFunction execute(VirtualFrame frame) {
        Object[] values = null;
        if (anyDefault) {
            values = new Object[defaults.length];
            for (int i = 0; i < defaults.length; i++) {
                values[i] = defaults[i] == null ? null : defaults[i].execute(frame);
            }
        }
        CellBox[] cells = new CellBox[closure.length];
        for (int i = 0; i < closure.length; i++) {
            cells[i] = closure[i].execute(frame);
        }
        EbbFunction function = new EbbFunction(code, Frames.module(frame), cells, values);
        if (annotations != null) {
            function.annotations = annotations.execute(frame);
        }
        return function;
    }

    /** Who asks for statements gets those of the function too, though nobody has called it yet: a breakpoint in it finds its line. */
    @Override
    public InstrumentableNode materializeInstrumentableNodes(Set<Class<? extends Tag>> tags) {
        code.target(false);
        return this;
    }

    /** The statement or expression around it is what tools see. */
    @Override
    public boolean hasTag(Class<? extends Tag> tag) {
        return false;
    }
}
