package org.ebb.nodes;

import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import org.ebb.runtime.Attributes;
import org.ebb.runtime.CellBox;
import org.ebb.runtime.ClassNamespace;
import org.ebb.runtime.EbbModule;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Names;
import org.ebb.runtime.Sequences;
import org.ebb.runtime.Thrown;

/** {@code del}: one node for each kind of target. */
public final class DeleteNodes {

    private DeleteNodes() {}

    /** A local variable; {@code quiet} where it may be unbound already, as at the end of an {@code except ... as}. */
    public static final class Local extends StatementNode {
        private final int slot;
        private final String name;
        private final boolean quiet;

        public Local(int slot, String name, boolean quiet) {
            this.slot = slot;
            this.name = name;
            this.quiet = quiet;
        }

        @Override
        public void executeVoid(VirtualFrame frame) {
            boolean bound = frame.isLong(slot) || frame.isDouble(slot) || frame.isObject(slot) && frame.getObject(slot) != null
                    && !StartLocalNode.isUnbound(frame.getObject(slot));
            if (!bound && !quiet) {
                throw Errors.unboundLocalError("cannot access local variable '" + name + "' where it is not associated with a value").at(this);
            }
            frame.setObject(slot, null); // as at the start of the function
        }
    }

    /** A variable that inner functions share. */
    public static final class Cell extends StatementNode {
        @Child private BoxNode box;
        private final String name;
        private final boolean quiet;

        public Cell(BoxNode box, String name, boolean quiet) {
            this.box = box;
            this.name = name;
            this.quiet = quiet;
        }

        @Override
        public void executeVoid(VirtualFrame frame) {
            CellBox cell = box.execute(frame);
            if (cell.value == null && !quiet) {
                throw Errors.unboundLocalError("cannot access local variable '" + name + "' where it is not associated with a value").at(this);
            }
            cell.value = null;
        }
    }

    /** A name of the module. */
    public static final class Global extends StatementNode {
        private final String name;
        private final boolean quiet;

        public Global(String name, boolean quiet) {
            this.name = name;
            this.quiet = quiet;
        }

        @Override
        public void executeVoid(VirtualFrame frame) {
            EbbModule module = Frames.module(frame);
            if (module.get(name) == null && !quiet) {
                throw Names.unknown(module, name).at(this);
            }
            module.set(name, null);
        }
    }

    /** A name of a class body. */
    public static final class ClassName extends StatementNode {
        private final String name;
        private final boolean quiet;

        public ClassName(String name, boolean quiet) {
            this.name = name;
            this.quiet = quiet;
        }

        @Override
        public void executeVoid(VirtualFrame frame) {
            if (!((ClassNamespace) frame.getArguments()[1]).remove(name) && !quiet) {
                throw Errors.nameError("name '" + name + "' is not defined").at(this);
            }
        }
    }

    /** {@code del object.name}. */
    public static final class Attribute extends StatementNode {
        @Child private ExpressionNode object;
        private final String name;

        public Attribute(ExpressionNode object, String name) {
            this.object = object;
            this.name = name;
        }

        @Override
        public void executeVoid(VirtualFrame frame) {
            Object receiver = object.execute(frame);
            try {
                Attributes.delete(receiver, name);
            } catch (AbstractTruffleException error) {
                throw Thrown.at(error, this);
            }
        }
    }

    /** {@code del object[index]}. */
    public static final class Item extends StatementNode {
        @Child private ExpressionNode object;
        @Child private ExpressionNode index;

        public Item(ExpressionNode object, ExpressionNode index) {
            this.object = object;
            this.index = index;
        }

        @Override
        public void executeVoid(VirtualFrame frame) {
            Object receiver = object.execute(frame);
            Object key = index.execute(frame);
            try {
                Sequences.deleteItem(receiver, key);
            } catch (AbstractTruffleException error) {
                throw Thrown.at(error, this);
            }
        }
    }
}
