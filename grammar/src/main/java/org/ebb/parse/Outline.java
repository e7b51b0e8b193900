package org.ebb.parse;

import org.ebb.syntax.Program;
import org.ebb.syntax.Stmt;

/**
 * A module of the library, most of whose functions a program never calls: the bodies of functions and methods are left out of its tree and
 * read when they are asked for.
 */
public sealed interface Outline permits StoredOutline, TextOutline {

    /** The tree, in which bodies that were left out are their doc string alone, or {@code pass}. Places are those of the text. */
    Program program();

    /** Was the body of the function left out whose {@code def} begins there? */
    boolean leftOut(int start);

    /** That function with its body. */
    Stmt.FunctionDef function(int start);
}
