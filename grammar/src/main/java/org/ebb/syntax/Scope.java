package org.ebb.syntax;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the names of one function, lambda, class body, comprehension or program live.
 *
 * <p>{@code names} says for every name used directly in the scope where it lives. {@code locals} are the names bound here,
 * parameters first in their order; {@code captured} are those locals that an inner scope reads or writes; {@code free} are the
 * names of enclosing functions used here or further in. A class scope's names are never captured by its methods, as in Python.
 */
public record Scope(Kind kind, String name, List<String> locals, Set<String> captured, List<String> free, Map<String, Place> names,
        boolean generator, boolean usesClassCell) {

    public enum Kind { PROGRAM, FUNCTION, LAMBDA, CLASS, COMPREHENSION }

    /** LOCAL: a slot of this frame; CAPTURED: a local that lives in a cell; FREE: a cell of an enclosing scope; GLOBAL: module, then builtins. */
    public enum Place { LOCAL, CAPTURED, FREE, GLOBAL }
}
