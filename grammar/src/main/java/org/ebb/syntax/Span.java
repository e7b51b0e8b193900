package org.ebb.syntax;

/** A piece of source text: where it starts and how long it is, counted in UTF-16 units of the source. */
public record Span(int start, int length) {

    public int end() {
        return start + length;
    }

    /** The smallest span that holds both. */
    public Span to(Span last) {
        int from = Math.min(start, last.start);
        return new Span(from, Math.max(end(), last.end()) - from);
    }
}
