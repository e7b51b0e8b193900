package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbModule;

/** Keeps the annotation of a variable of a class or module in its {@code __annotations__}. */
public final class AnnotateNode extends StatementNode {

    private static final String TABLE = "__annotations__";

    private final String name;
    private final boolean inClass;
    @Child private ExpressionNode annotation;

    public AnnotateNode(String name, ExpressionNode annotation, boolean inClass) {
        this.name = name;
        this.annotation = annotation;
        this.inClass = inClass;
    }

    @Override
    public void executeVoid(VirtualFrame frame) {
        Object type = annotation.execute(frame);
        table(frame).put(name, type);
    }

    private EbbDict table(VirtualFrame frame) {
        if (inClass) {
            var namespace = ClassNameNodes.namespace(frame);
            if (!(namespace.get(TABLE) instanceof EbbDict)) {
                namespace.set(TABLE, new EbbDict());
            }
            return (EbbDict) namespace.get(TABLE);
        }
        EbbModule module = Frames.module(frame);
        if (!(module.get(TABLE) instanceof EbbDict)) {
            module.set(TABLE, new EbbDict());
        }
        return (EbbDict) module.get(TABLE);
    }
}
