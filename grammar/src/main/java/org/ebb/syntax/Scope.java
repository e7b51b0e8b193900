package org.ebb.syntax;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the names of one function, lambda, class body, comprehension or program live.
 *
 * <p>{@code names} says for every name bound, used or declared directly in the scope where it lives. {@code locals} are the
 * names bound here, parameters first in their order; {@code captured} are those locals that an inner scope reads or writes;
 * {@code free} are the names of enclosing functions used here or further in, so that a scope between the two passes them on.
 *
 * <p>A program's names are all GLOBAL; its {@code locals} list the ones it binds. A class scope's names are never captured by
 * its methods, as in Python: they are LOCAL and mean the class's namespace (read: then the module's, then the builtins).
 *
 * <p>{@code generator}: the body yields; always so in a generator expression. {@code usesClassCell}: of a class, that something
 * in it needs the cell {@code __class__}, which the class must provide when it is made; of a function, lambda or comprehension
 * in a class, that it names {@code super} or {@code __class__} itself, and then {@code __class__} is one of its names.
 */
public record Scope(Kind kind, String name, List<String> locals, Set<String> captured, List<String> free, Map<String,
        Place> names,
        boolean generator, boolean usesClassCell) {

    public enum Kind { PROGRAM, FUNCTION, LAMBDA, CLASS, COMPREHENSION }

    /**
     * LOCAL: a slot of this frame; CAPTURED: a local that lives in a cell; FREE: a cell of an enclosing scope; GLOBAL: module,
     * then builtins.
     */
    public enum Place { LOCAL, CAPTURED, FREE, GLOBAL }
}
