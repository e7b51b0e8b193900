package org.ebb.syntax;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Finds the scope of every function, lambda, class and comprehension of a program.
 *
 * <p>The rules are Python's:
 * <ul>
 * <li>A name bound anywhere in a function (assignment, {@code for}, {@code with}, {@code import}, {@code def}, {@code class},
 *     {@code except ... as}, a match capture, {@code :=}, {@code del}, a bare annotation) is the function's own, in all of it.
 * <li>Decorators, default values, annotations, base classes and the first iterable of a comprehension are evaluated outside.
 * <li>{@code :=} in a comprehension binds in the function or program around all comprehensions.
 * <li>Methods do not see the names of their class; a class body reads a name it binds itself from its own namespace, then from
 * the module.
 * <li>{@code super} or {@code __class__} in a method makes {@code __class__} a free name of it, which the class around provides.
 * </ul>
 */
public final class Scopes {

    private Scopes() {}

    /**
     * The scope of a tree node that opens one: Program, FunctionDef, ClassDef, Lambda, or a comprehension. Looked up by identity.
     */
    public interface Table {
        Scope of(Object node);
    }

    /** Throws a {@link SyntaxError} where {@code global}, {@code nonlocal} or {@code :=} break a rule. */
    public static Table analyse(Program program) {
        ScopeWalk walk = new ScopeWalk();
        walk.program(program);
        Map<Object, Scope> table = new IdentityHashMap<>();
        // All names are resolved before the first scope is finished: an inner scope decides what is captured in an outer one.
        walk.scopes().values().forEach(OpenScope::resolve);
        walk.scopes().forEach((node, scope) -> table.put(node, scope.finish()));
        return node -> {
            Scope scope = table.get(node);
            if (scope == null) {
                throw new IllegalArgumentException("this node opens no scope of the analysed program: "
                        + node.getClass().getSimpleName());
            }
            return scope;
        };
    }
}
