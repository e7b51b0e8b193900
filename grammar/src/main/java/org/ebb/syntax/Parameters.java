package org.ebb.syntax;

import java.util.List;
import java.util.Optional;

/**
 * The parameters of a function in the order they are written: positional-only, ordinary, {@code *args}, keyword-only, {@code
 * **kwargs}.
 */
public record Parameters(List<Parameter> list) {

    public record Parameter(Kind kind, String name, Optional<Expr> defaultValue, Optional<Expr> annotation, Span span) {}

    public enum Kind { POSITIONAL_ONLY, ORDINARY, STAR, KEYWORD_ONLY, DOUBLE_STAR }
}
