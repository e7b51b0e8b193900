package org.ebb.runtime;

/** {@code globals()}: a dict that is the module's names. What is written to one is seen in the other. */
final class ModuleDict extends EbbDict {

    private final EbbModule module;
    private boolean filling;

    ModuleDict(EbbModule module) {
        this.module = module;
    }

    /** The module bound a name, or with null unbound it. */
    void changed(String name, Object value) {
        filling = true;
        if (value == null) {
            remove(name);
        } else {
            put(name, value);
        }
        filling = false;
    }

    @Override
    void stored(Object key, Object value) {
        if (!filling && key instanceof String name) {
            module.set(name, value);
        }
    }

    @Override
    void removed(Object key) {
        if (!filling && key instanceof String name) {
            module.set(name, null);
        }
    }
}
