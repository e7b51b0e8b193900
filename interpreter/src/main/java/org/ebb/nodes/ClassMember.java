package org.ebb.nodes;

import org.ebb.runtime.Binding;
import org.ebb.runtime.EbbClass;

/** What a class has for a name: a constant for as long as nobody writes it again. */
final class ClassMember {

    private final Binding binding;
    private final Binding.Constant constant;

    private ClassMember(Binding binding) {
        this.binding = binding;
        this.constant = binding == null ? Binding.Constant.NOTHING : binding.constant();
    }

    static ClassMember of(Object type, String name) {
        return new ClassMember(((EbbClass) type).find(name));
    }

    /** What an object's class has behind one of the classes it inherits from. */
    static ClassMember behind(EbbClass start, EbbClass type, String name) {
        return new ClassMember(type.findAfter(start, name));
    }

    /** The value, or null where the class has none. */
    Object get() {
        Object value = constant.get();
        return constant.isValid() ? value : binding.get();
    }
}
