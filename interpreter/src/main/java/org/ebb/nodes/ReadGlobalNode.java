package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.Tag;
import com.oracle.truffle.api.nodes.UnexpectedResultException;
import java.util.ArrayList;
import java.util.List;
import org.ebb.runtime.Binding;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbModule;
import org.ebb.runtime.Names;

/** Reads a name of the module, else a builtin. What is written a few times counts as a constant in compiled code. */
public final class ReadGlobalNode extends ExpressionNode {

    private final String name;
    @CompilationFinal private EbbModule module;
    @CompilationFinal private boolean severalModules;
    @CompilationFinal private Binding global;
    @CompilationFinal private Binding builtin;
    @CompilationFinal private Binding.Constant constant = Binding.Constant.NONE;
    /** Of a builtin: that the module has no such name. */
    @CompilationFinal private Binding.Constant unbound = Binding.Constant.NOTHING;
    @CompilationFinal private boolean variable;

    /** What a variable has held so far: joined with anything else, a bare number would need a box. */
    private static final int LONGS = 1;
    private static final int DOUBLES = 2;
    private static final int OBJECTS = 4;
    @CompilationFinal private int kinds;

    public ReadGlobalNode(String name) {
        this.name = name;
    }

    @Override
    public long executeLong(VirtualFrame frame) throws UnexpectedResultException {
        if (variable && Frames.module(frame) == module && global.isLong()) {
            return global.getLong();
        }
        return super.executeLong(frame);
    }

    @Override
    public double executeDouble(VirtualFrame frame) throws UnexpectedResultException {
        if (variable && Frames.module(frame) == module && global.isDouble()) {
            return global.getDouble();
        }
        return super.executeDouble(frame);
    }

    @Override
    public Object execute(VirtualFrame frame) {
        EbbModule here = Frames.module(frame);
        if (here != module) {
            return slow(here);
        }
        if (!variable) {
            Object value = constant.get();
            if (constant.isValid() && unbound.isValid()) {
                return value;
            }
            CompilerDirectives.transferToInterpreterAndInvalidate();
            remember();
        }
        if ((kinds & LONGS) != 0 && global.isLong()) {
            return global.getLong();
        }
        if ((kinds & DOUBLES) != 0 && global.isDouble()) {
            return global.getDouble();
        }
        if ((kinds & OBJECTS) == 0 || global.isLong() || global.isDouble()) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            kinds |= global.isLong() ? LONGS : global.isDouble() ? DOUBLES : OBJECTS;
            return execute(frame);
        }
        Object value = global.getObject();
        if (value == null) {
            value = builtin.get();
        }
        if (value == null) {
            return missing(here);
        }
        return value;
    }

    private Object slow(EbbModule here) {
        if (!severalModules) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            if (module == null) {
                module = here;
                global = here.binding(name);
                builtin = EbbContext.get(this).builtins().binding(name);
                remember();
            } else {
                severalModules = true;
            }
        }
        Object value = here.get(name);
        if (value == null) {
            value = EbbContext.get(this).builtins().get(name);
        }
        if (value == null) {
            return missing(here);
        }
        return value;
    }

    /** The last resort: a module of the library that is a name without being imported. */
    private Object missing(EbbModule here) {
        CompilerDirectives.transferToInterpreter();
        Object module = EbbContext.get(this).libraryName(name);
        if (module == null) {
            throw Names.unknown(here, name, locals()).at(this);
        }
        return module;
    }

    private List<String> locals() {
        var descriptor = getRootNode().getFrameDescriptor();
        var names = new ArrayList<String>();
        for (int slot = 0; slot < descriptor.getNumberOfSlots(); slot++) {
            if (descriptor.getSlotName(slot) instanceof String variable) {
                names.add(variable);
            }
        }
        return names;
    }

    private void remember() {
        constant = (global.isBound() ? global : builtin).constant();
        unbound = global.isBound() ? Binding.Constant.NOTHING : global.constant();
        variable = constant.get() == null || !constant.isValid() || !unbound.isValid();
    }

    @Override
    public boolean hasTag(Class<? extends Tag> tag) {
        return tag == StandardTags.ReadVariableTag.class || super.hasTag(tag);
    }
}
