package org.ebb.syntax;

/** Finds the scope of every function, lambda, class and comprehension of a program. */
public final class Scopes {

    private Scopes() {}

    /** The scope of a tree node that opens one: Program, FunctionDef, ClassDef, Lambda, or a comprehension. Looked up by identity. */
    public interface Table {
        Scope of(Object node);
    }

    public static Table analyse(Program program) {
        throw new UnsupportedOperationException("scopes");
    }
}
