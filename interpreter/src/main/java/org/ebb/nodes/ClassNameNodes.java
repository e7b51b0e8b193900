package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import org.ebb.runtime.ClassNamespace;

/** Names in a class body: they live in the namespace that becomes the class. */
public final class ClassNameNodes {

    private ClassNameNodes() {}

    static ClassNamespace namespace(VirtualFrame frame) {
        return (ClassNamespace) frame.getArguments()[1];
    }

    /** The class's own name, else what the module or a builtin has. */
    public static final class Read extends ExpressionNode {
        private final String name;
        @Child private ExpressionNode global;

        public Read(String name, ExpressionNode global) {
            this.name = name;
            this.global = global;
        }

        @Override
        public Object execute(VirtualFrame frame) {
            Object own = namespace(frame).get(name);
            return own != null ? own : global.execute(frame);
        }
    }

    public static final class Write extends WriteNode {
        private final String name;

        public Write(String name) {
            this.name = name;
        }

        @Override
        public void write(VirtualFrame frame, Object value) {
            namespace(frame).set(name, value);
        }
    }
}
