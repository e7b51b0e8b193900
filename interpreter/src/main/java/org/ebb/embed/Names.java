package org.ebb.embed;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.Value;

/** The global names of a program as a map that reads and writes through. */
final class Names extends AbstractMap<String, Object> {

    private final Value module;

    Names(Value module) {
        this.module = module;
    }

    /** Data where it is some; a function or object stays a polyglot {@link Value}, and an object of the host is itself. */
    static Object toJava(Value value) {
        if (value != null && value.isHostObject()) {
            return value.asHostObject();
        }
        boolean data = value == null || value.isNull() || value.isBoolean() || value.isString() || value.isNumber() || value.hasArrayElements()
                || value.hasHashEntries();
        return data ? Data.of(value) : value;
    }

    @Override
    public Object get(Object key) {
        return key instanceof String name ? toJava(module.getMember(name)) : null;
    }

    @Override
    public boolean containsKey(Object key) {
        return key instanceof String name && module.hasMember(name);
    }

    @Override
    public Object put(String name, Object value) {
        Object before = get(name);
        module.putMember(name, value);
        return before;
    }

    @Override
    public Object remove(Object key) {
        Object before = get(key);
        if (before != null) {
            module.removeMember((String) key);
        }
        return before;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        List<Map.Entry<String, Object>> all = new ArrayList<>();
        for (String name : module.getMemberKeys()) {
            all.add(new SimpleEntry<>(name, null) {
                @Override
                public Object getValue() {
                    return Names.this.get(name);
                }

                @Override
                public Object setValue(Object value) {
                    return put(name, value);
                }
            });
        }
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                Iterator<Map.Entry<String, Object>> entries = all.iterator();
                return new Iterator<>() {
                    private Map.Entry<String, Object> last;

                    @Override
                    public boolean hasNext() {
                        return entries.hasNext();
                    }

                    @Override
                    public Map.Entry<String, Object> next() {
                        return last = entries.next();
                    }

                    @Override
                    public void remove() {
                        module.removeMember(last.getKey());
                    }
                };
            }

            @Override
            public int size() {
                return all.size();
            }
        };
    }
}
