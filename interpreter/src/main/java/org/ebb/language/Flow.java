package org.ebb.language;

import com.oracle.truffle.api.source.Source;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.ebb.syntax.Span;

/**
 * What reading a program says about one of its values: which values it was computed from, and which statement first took the history of
 * each away. Names that stand for the same value share one Flow, so it can change.
 */
final class Flow {

    /** A piece of a program. */
    record Spot(Source source, Span span) {

        String where() {
            return source.getName() + ":" + source.createSection(span.start(), span.length()).getStartLine();
        }

        String text() {
            String text = source.createSection(span.start(), span.length()).getCharacters().toString().strip().replaceAll("\\s+", " ");
            return text.length() <= 80 ? text : text.substring(0, 77) + "...";
        }
    }

    /** A value that was computed from no other. */
    static final class Origin {
        final String name;
        final Spot made;

        /** Where a gradient was attached; null where none was. */
        Spot attached;

        /** Has the gradient the request 'null'? */
        boolean ignored;

        Origin(String name, Spot made) {
            this.name = name;
            this.made = made;
        }
    }

    /** Where the history of an origin ended, and what did it. */
    record Cut(Spot at, String why) {}

    /** The first cut on the way from each origin; null as long as there was none. */
    final Map<Origin, Cut> from = new LinkedHashMap<>();

    /** The origins whose history ends nowhere on at least one way. */
    final Set<Origin> live = new LinkedHashSet<>();

    /** Elements and attributes that can be told apart, by number or name. */
    final Map<Object, Flow> parts = new HashMap<>();

    /** A function, a class, an object, or the name of something builtin; null for a plain value. */
    Object what;

    /** Is it an int, a truth value or a text, that never had a history? */
    boolean discrete;

    static Flow builtin(String name) {
        Flow flow = new Flow();
        flow.what = name;
        return flow;
    }

    boolean isData() {
        return what == null && !discrete;
    }

    /** Becomes the value that a new variable has: nothing before it counts. */
    void start(Origin origin) {
        from.clear();
        live.clear();
        from.put(origin, null);
        live.add(origin);
    }

    /** Takes over what another value was computed from. */
    void join(Flow other) {
        join(other, null);
    }

    /** As {@link #join(Flow)}, where whatever still had a history loses it to {@code cut}. */
    void join(Flow other, Cut cut) {
        other.from.forEach((origin, before) -> {
            if (other.live.contains(origin) && cut == null) {
                live.add(origin);
            }
            Cut first = before != null ? before : cut;
            if (from.get(origin) == null) {
                from.put(origin, first);
            }
        });
    }

    /** This and everything inside of it, as one value. */
    Flow whole() {
        if (parts.isEmpty()) {
            return this;
        }
        Flow all = new Flow();
        gather(all, java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>()));
        return all;
    }

    private void gather(Flow all, Set<Flow> seen) {
        if (seen.add(this)) {
            all.join(this);
            parts.values().forEach(part -> part.gather(all, seen));
        }
    }
}
