package org.ebb.embed;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Where the time and memory of what {@link Ebb#profile} ran went, line by line.
 *
 * @param lines those that ran, in the order of their scripts and numbers
 * @param elsewhereNanos the time in which no line of a script ran: the host's own, and that of the way in and out
 * @param wallNanos the time of it all, which is that of the lines and of elsewhere together
 */
public record Profile(List<Line> lines, long elsewhereNanos, long wallNanos) {

    /**
     * What one line took. Measuring costs some 50 ns a statement, which the times include.
     *
     * @param script the name of its script
     * @param line its number, counted from 1
     * @param text what stands there
     * @param hits how often it ran
     * @param forwardNanos its own time and that of the library functions that it called, without that of the scripts' functions
     * @param backwardNanos what backward passes took for what it recorded
     * @param tapeBytes what its entries kept on the tape
     * @param operations the entries that it put there
     */
    public record Line(String script, int line, String text, long hits, long forwardNanos, long backwardNanos, long tapeBytes, long operations) {

        /** Forward and backward. */
        public long nanos() {
            return forwardNanos + backwardNanos;
        }
    }

    /** A list that cannot change. */
    public Profile {
        lines = List.copyOf(lines);
    }

    /** The time of all lines together, forward and backward. */
    public long linesNanos() {
        return lines.stream().mapToLong(Line::nanos).sum();
    }

    /** The lines that took longest, longest first. */
    public List<Line> longest(int most) {
        return lines.stream().sorted(Comparator.comparingLong(Line::nanos).reversed()).limit(most).toList();
    }

    /** A table of the twenty lines that took longest. */
    @Override
    public String toString() {
        String rows = longest(20).stream().map(row -> String.format(Locale.ROOT, "%10.3f%10.3f%12d%14d  %s:%d  %s%n", row.forwardNanos * 1e-6,
                row.backwardNanos * 1e-6, row.operations, row.tapeBytes, row.script, row.line, row.text)).collect(Collectors.joining());
        return String.format(Locale.ROOT, "forward ms  backward  operations    tape bytes%n%s%.3f ms in %d lines, %.3f ms outside of them%n", rows,
                linesNanos() * 1e-6, lines.size(), elsewhereNanos * 1e-6);
    }
}
