package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.frame.VirtualFrame;
import org.ebb.runtime.Binding;
import org.ebb.runtime.EbbModule;

/** Writes a name of the module. */
public final class WriteGlobalNode extends WriteNode {

    private final String name;
    @CompilationFinal private EbbModule module;
    @CompilationFinal private Binding binding;

    public WriteGlobalNode(String name) {
        this.name = name;
    }

    @Override
    public void write(VirtualFrame frame, Object value) {
        Binding target = place(frame);
        if (value instanceof Long number) {
            target.set(number.longValue());
        } else if (value instanceof Double number) {
            target.set(number.doubleValue());
        } else {
            target.set(value);
        }
    }

    @Override
    public void write(VirtualFrame frame, long value) {
        place(frame).set(value);
    }

    @Override
    public void write(VirtualFrame frame, double value) {
        place(frame).set(value);
    }

    private Binding place(VirtualFrame frame) {
        EbbModule here = Frames.module(frame);
        if (here == module) {
            return binding;
        }
        Binding found = here.binding(name);
        if (module == null) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            module = here;
            binding = found;
        }
        return found;
    }
}
