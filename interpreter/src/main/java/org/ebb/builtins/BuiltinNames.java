package org.ebb.builtins;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.ebb.op.OpNames;
import org.ebb.runtime.EbbModule;

/** The builtin names with what they mean. The functions of operations are made when one of them, or all, are first asked for. */
final class BuiltinNames extends AbstractMap<String, Object> {

    private final Map<String, Object> plain;
    private volatile Map<String, Object> all;

    BuiltinNames(Map<String, Object> plain) {
        this.plain = plain;
    }

    @Override
    public Object get(Object name) {
        Object value = plain.get(name);
        return value != null || !(name instanceof String text && OpNames.contains(text)) ? value : all().get(name);
    }

    @Override
    public boolean containsKey(Object name) {
        return get(name) != null;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return all().entrySet();
    }

    private synchronized Map<String, Object> all() {
        if (all == null) {
            EbbModule module = new EbbModule("builtins", plain);
            TensorFunctions.fillRows(module);
            all = Collections.unmodifiableMap(module.members());
        }
        return all;
    }
}
