package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbModule;
import org.ebb.runtime.Thrown;

/** {@code import} and {@code from ... import}. */
public final class ImportNodes {

    private ImportNodes() {}

    /** Loads a module; {@code import a.b} gives {@code a}, {@code import a.b as c} gives {@code a.b}. */
    public static final class Module extends ExpressionNode {
        private final String name;
        private final boolean top;

        public Module(String name, boolean top) {
            this.name = name;
            this.top = top;
        }

        @Override
        public Object execute(VirtualFrame frame) {
            try {
                return load(EbbContext.get(this), Frames.module(frame));
            } catch (AbstractTruffleException error) {
                throw Thrown.at(error, this);
            }
        }

        @TruffleBoundary
        private Object load(EbbContext context, EbbModule from) {
            EbbModule module = context.modules().load(from, name);
            int dot = name.indexOf('.');
            return top && dot >= 0 ? context.modules().load(from, name.substring(0, dot)) : module;
        }
    }

    /** {@code from module import name}. */
    public static final class Member extends ExpressionNode {
        private final String module;
        private final int level;
        private final String name;

        public Member(String module, int level, String name) {
            this.module = module;
            this.level = level;
            this.name = name;
        }

        @Override
        public Object execute(VirtualFrame frame) {
            try {
                return EbbContext.get(this).modules().member(Frames.module(frame), module, level, name);
            } catch (AbstractTruffleException error) {
                throw Thrown.at(error, this);
            }
        }
    }

    /** {@code from module import *}, only at the top of a module. */
    public static final class All extends StatementNode {
        private final String module;
        private final int level;

        public All(String module, int level) {
            this.module = module;
            this.level = level;
        }

        @Override
        public void executeVoid(VirtualFrame frame) {
            try {
                EbbContext.get(this).modules().all(Frames.module(frame), module, level);
            } catch (AbstractTruffleException error) {
                throw Thrown.at(error, this);
            }
        }
    }
}
