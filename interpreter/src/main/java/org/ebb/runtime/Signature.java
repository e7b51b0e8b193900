package org.ebb.runtime;

import java.util.List;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;

/**
 * The parameters of a function or builtin, in the order written; each has one slot of the bound arguments. {@code *args} arrives as
 * {@code Object[]}, {@code **kwargs} as {@link EbbDict}; an argument left out as its literal default, or as null where there is none.
 */
public final class Signature {

    /** As messages name the function. */
    public final String name;
    @CompilationFinal(dimensions = 1) public final String[] names;
    @CompilationFinal(dimensions = 1) public final boolean[] required;
    @CompilationFinal(dimensions = 1) public final Object[] defaults;
    /** How many parameters take only positional arguments. */
    public final int positionalOnly;
    /** How many parameters may be given by position, the positional-only ones included. */
    public final int positional;
    /** The slot of {@code *args}, or -1. */
    public final int star;
    /** The slot of {@code **kwargs}, or -1. */
    public final int doubleStar;
    /** How many positional arguments a call must give at least, if it gives no keywords. */
    public final int needed;
    /** Of a builtin: how many leading parameters the caller does not write (receiver, class). -1 for a function of the program. */
    public final int hidden;
    /** No {@code *args}, no {@code **kwargs}, no keyword that must be given: {@code n} positional arguments fill the first n slots. */
    public final boolean simple;
    /** All positional arguments go to {@code *args} in the first slot, and no keyword has to be given. */
    public final boolean collects;
    /** Is this a function of Ebb's own library? Then {@code dim} is taken for {@code axis}, and so on: {@link #other}. */
    public final boolean bundled;

    public Signature(String name, String[] names, boolean[] required, Object[] defaults, int positionalOnly, int positional, boolean hasStar,
            boolean hasDoubleStar, boolean bundled, int hidden) {
        this.name = name;
        this.bundled = bundled;
        this.names = names;
        this.required = required;
        this.defaults = defaults;
        this.positionalOnly = positionalOnly;
        this.positional = positional;
        this.star = hasStar ? positional : -1;
        this.doubleStar = hasDoubleStar ? names.length - 1 : -1;
        int must = 0;
        for (int i = 0; i < positional; i++) {
            if (required[i]) {
                must = i + 1;
            }
        }
        this.needed = must;
        boolean optional = true;
        for (int i = 1; i < names.length; i++) {
            optional &= !required[i];
        }
        this.collects = star == 0 && !hasDoubleStar && optional;
        this.hidden = hidden;
        boolean keywordsOptional = true;
        for (int i = positional; i < names.length; i++) {
            keywordsOptional &= !required[i];
        }
        this.simple = !hasStar && !hasDoubleStar && keywordsOptional;
    }

    /** What PyTorch and others call a parameter, as NumPy calls it, the likelier name first; empty for a name that means nothing else. */
    private static List<String> others(String keyword) {
        return switch (keyword) {
            case "dim" -> List.of("axis");
            case "keepdim" -> List.of("keepdims");
            case "dims" -> List.of("axes", "axis");
            case "correction" -> List.of("ddof");
            case "input", "a", "data" -> List.of("x");
            case "other" -> List.of("y");
            case "a_min" -> List.of("min");
            case "a_max" -> List.of("max");
            case "newshape", "size" -> List.of("shape");
            case "decimals" -> List.of("ndigits");
            case "diagonal" -> List.of("k");
            case "index" -> List.of("indices");
            case "num_classes" -> List.of("depth");
            case "p" -> List.of("ord");
            case "shifts" -> List.of("shift");
            case "steps" -> List.of("num");
            default -> List.of();
        };
    }

    /** The slot that an argument under this name fills, or -1. */
    int slot(String keyword) {
        int slot = exactly(keyword);
        if (slot < 0 && bundled) {
            for (String other : others(keyword)) {
                slot = slot < 0 ? exactly(other) : slot;
            }
        }
        return slot;
    }

    private int exactly(String keyword) {
        for (int slot = positionalOnly; slot < size(); slot++) {
            if (slot != star && slot != doubleStar && names[slot].equals(keyword)) {
                return slot;
            }
        }
        return -1;
    }

    public int size() {
        return names.length;
    }

    /** True where so many positional arguments, and nothing else, fill the slots from the first on without any further work. */
    public boolean takes(int count) {
        return simple && count >= needed && count <= positional;
    }
}
