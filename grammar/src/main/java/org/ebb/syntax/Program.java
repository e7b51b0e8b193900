package org.ebb.syntax;

import java.util.List;

/** A whole source text: the statements of a script, a module or one entry of the prompt. */
public record Program(List<Stmt> body, Span span) {}
