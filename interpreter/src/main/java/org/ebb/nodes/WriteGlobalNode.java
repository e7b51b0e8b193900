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
        EbbModule here = Frames.module(frame);
        if (here == module) {
            binding.set(value);
        } else {
            if (module == null) {
                CompilerDirectives.transferToInterpreterAndInvalidate();
                module = here;
                binding = here.binding(name);
            }
            here.set(name, value);
        }
    }
}
