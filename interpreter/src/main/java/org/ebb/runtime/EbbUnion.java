package org.ebb.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.Collectors;

/** {@code int | None}: one type or another, in annotations and for isinstance. */
public final class EbbUnion extends EbbValue {

    /** Classes, and None. */
    public final Object[] members;

    private EbbUnion(Object[] members) {
        this.members = members;
    }

    /** {@code left | right}, or null where that is no union of types. */
    static EbbUnion of(Object left, Object right) {
        boolean type = left instanceof EbbClass || left instanceof EbbUnion || right instanceof EbbClass || right instanceof EbbUnion;
        if (!type || !isMember(left) || !isMember(right)) {
            return null;
        }
        var all = new ArrayList<Object>();
        for (Object side : new Object[] {left, right}) {
            for (Object each : side instanceof EbbUnion union ? union.members : new Object[] {side}) {
                if (!all.contains(each)) {
                    all.add(each);
                }
            }
        }
        return new EbbUnion(all.toArray());
    }

    private static boolean isMember(Object value) {
        return value instanceof EbbClass || value instanceof EbbUnion || value == EbbNone.NONE;
    }

    boolean sameAs(EbbUnion other) {
        return members.length == other.members.length && Arrays.asList(members).containsAll(Arrays.asList(other.members));
    }

    @Override
    public EbbClass type() {
        return Types.UNION;
    }

    @Override
    public String toString() {
        return Arrays.stream(members).map(each -> each instanceof EbbClass type ? ObjectText.qualified(type) : "None")
                .collect(Collectors.joining(" | "));
    }
}
