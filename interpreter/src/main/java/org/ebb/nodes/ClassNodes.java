package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import org.ebb.runtime.CellBox;
import org.ebb.runtime.ClassNamespace;
import org.ebb.runtime.Classes;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.EbbSuper;
import org.ebb.runtime.FunctionCode;
import org.ebb.runtime.Thrown;

/** {@code class}: runs its body in a fresh namespace and makes the class of it. */
public final class ClassNodes {

    private ClassNodes() {}

    public static final class Make extends ExpressionNode {
        private final String name;
        private final String qualifiedName;
        @Child private SpreadNode bases;
        @Child private ExpressionNode function; // a MakeFunctionNode, or the wrapper of a tool around it
        @Child private CodeCallNode body;

        public Make(String name, String qualifiedName, SpreadNode bases, MakeFunctionNode function, FunctionCode code) {
            this.name = name;
            this.qualifiedName = qualifiedName;
            this.bases = bases;
            this.function = function;
            this.body = new CodeCallNode(code);
        }

        @Override
        public Object execute(VirtualFrame frame) {
            try {
                SpreadNode.Arguments header = bases.execute(frame, null);
                var namespace = new ClassNamespace();
                Classes.prepare(namespace, Frames.module(frame), qualifiedName);
                Object cell = body.call((EbbFunction) function.execute(frame), namespace);
                return Classes.make(name, header.positional(), header.names(), header.values(), namespace,
                        cell instanceof CellBox box ? box : null);
            } catch (AbstractTruffleException error) {
                throw Thrown.at(error, this);
            }
        }
    }

    /** {@code super()} in a method: the class it stands in, and its first argument. */
    public static final class Super extends ExpressionNode {
        @Child private BoxNode classCell;

        /** A class and that of an object which inherits from it, as seen here first. */
        @CompilationFinal private EbbClass start;
        @CompilationFinal private EbbClass type;

        public Super(BoxNode classCell) {
            this.classCell = classCell;
        }

        @Override
        public Object execute(VirtualFrame frame) {
            Object around = classCell.execute(frame).value;
            Object[] arguments = frame.getArguments();
            if (around == start && arguments.length > 1 && arguments[1] instanceof EbbObject self && self.type() == type) {
                return new EbbSuper(start, self);
            }
            EbbSuper made;
            try {
                made = Classes.superOf(around, arguments);
            } catch (AbstractTruffleException error) {
                throw Thrown.at(error, this);
            }
            if (start == null && made.self instanceof EbbObject self) {
                CompilerDirectives.transferToInterpreterAndInvalidate();
                start = made.start;
                type = self.type();
            }
            return made;
        }
    }

    /** Gives the class body's {@code __class__} cell to whoever makes the class. */
    public static final class TakeCell extends ExpressionNode {
        @Child private BoxNode cell;

        public TakeCell(BoxNode cell) {
            this.cell = cell;
        }

        @Override
        public Object execute(VirtualFrame frame) {
            return cell.execute(frame);
        }
    }
}
