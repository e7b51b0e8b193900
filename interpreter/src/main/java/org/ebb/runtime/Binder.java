package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.ArrayList;
import java.util.Arrays;

/** Puts the arguments of a call into the slots of a signature, or says in Python's words why they do not fit. */
public final class Binder {

    private Binder() {}

    private static final String[] NO_NAMES = {};
    private static final Object[] NOTHING = {};

    public static Object[] bind(Signature signature, Object[] positional) {
        return bind(signature, 0, positional, NO_NAMES, NOTHING);
    }

    /** The bound arguments from index {@code room} on; the first {@code room} places stay free. */
    @TruffleBoundary
    public static Object[] bind(Signature signature, int room, Object[] positional, String[] names, Object[] values) {
        try {
            return fit(signature, room, positional, names, values);
        } catch (EbbException wrong) {
            throw signature.hidden < 0 ? wrong : Misfit.of(signature, positional.length, names, wrong);
        }
    }

    private static Object[] fit(Signature signature, int room, Object[] positional, String[] names, Object[] values) {
        Object[] bound = new Object[room + signature.size()];
        int given = Math.min(positional.length, signature.positional);
        System.arraycopy(positional, 0, bound, room, given);
        if (signature.star >= 0) {
            bound[room + signature.star] = positional.length > given ? Arrays.copyOfRange(positional, given, positional.length) : NOTHING;
        } else if (positional.length > given) {
            throw tooMany(signature, positional.length);
        }
        EbbDict rest = signature.doubleStar >= 0 ? new EbbDict() : null;
        for (int i = 0; i < names.length; i++) {
            int slot = signature.slot(names[i]);
            if (slot >= 0) {
                if (bound[room + slot] != null) {
                    throw Errors.typeError(signature.name + "() got multiple values for argument '" + names[i] + "'");
                }
                bound[room + slot] = values[i];
            } else if (rest != null) {
                rest.put(names[i], values[i]);
            } else {
                throw unexpected(signature, names[i]);
            }
        }
        if (rest != null) {
            bound[room + signature.doubleStar] = rest;
        }
        fillDefaults(signature, room, bound);
        return bound;
    }

    /**
     * For each slot the number of the argument that goes there, positional ones first, or -1 for its default. Null where the call does
     * not fit or the signature collects the rest.
     */
    @TruffleBoundary
    public static int[] plan(Signature signature, int count, String[] names) {
        if (signature.star >= 0 || signature.doubleStar >= 0 || count > signature.positional) {
            return null;
        }
        int[] plan = new int[signature.size()];
        Arrays.fill(plan, -1);
        for (int slot = 0; slot < count; slot++) {
            plan[slot] = slot;
        }
        for (int i = 0; i < names.length; i++) {
            int slot = signature.slot(names[i]);
            if (slot < 0 || plan[slot] >= 0) {
                return null;
            }
            plan[slot] = count + i;
        }
        for (int slot = 0; slot < plan.length; slot++) {
            if (plan[slot] < 0 && signature.required[slot]) {
                return null;
            }
        }
        return plan;
    }

    private static void fillDefaults(Signature signature, int room, Object[] bound) {
        for (int slot = 0; slot < signature.size(); slot++) {
            if (bound[room + slot] == null) {
                if (signature.required[slot]) {
                    throw missing(signature, room, bound);
                }
                bound[room + slot] = signature.defaults[slot];
            }
        }
    }

    private static EbbException unexpected(Signature signature, String name) {
        for (int slot = 0; slot < signature.positionalOnly; slot++) {
            if (signature.names[slot].equals(name)) {
                return Errors.typeError(signature.name + "() got some positional-only arguments passed as keyword arguments: '" + name + "'");
            }
        }
        return Errors.typeError(signature.name + "() got an unexpected keyword argument '" + name + "'");
    }

    private static EbbException tooMany(Signature signature, int given) {
        String were = given == 1 ? " was given" : " were given";
        if (signature.positional == 0) {
            return Errors.typeError(signature.name + "() takes 0 positional arguments but " + given + were);
        }
        String takes = signature.needed == signature.positional ? "" + signature.positional
                : "from " + signature.needed + " to " + signature.positional;
        return Errors.typeError(signature.name + "() takes " + takes + " positional argument" + (takes.equals("1") ? "" : "s") + " but "
                + given + were);
    }

    private static EbbException missing(Signature signature, int room, Object[] bound) {
        var positional = new ArrayList<String>();
        var keywordOnly = new ArrayList<String>();
        for (int slot = 0; slot < signature.size(); slot++) {
            if (bound[room + slot] == null && signature.required[slot]) {
                (slot < signature.positional ? positional : keywordOnly).add("'" + signature.names[slot] + "'");
            }
        }
        boolean first = !positional.isEmpty();
        var list = first ? positional : keywordOnly;
        return Errors.typeError(signature.name + "() missing " + list.size() + " required " + (first ? "positional" : "keyword-only")
                + " argument" + (list.size() == 1 ? "" : "s") + ": " + join(list));
    }

    private static String join(ArrayList<String> names) {
        int n = names.size();
        return switch (n) {
            case 1 -> names.getFirst();
            case 2 -> names.get(0) + " and " + names.get(1);
            default -> String.join(", ", names.subList(0, n - 1)) + ", and " + names.get(n - 1);
        };
    }
}
