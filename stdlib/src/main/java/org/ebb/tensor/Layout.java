package org.ebb.tensor;

/** Puts the elements of a tensor into brackets and lines: NumPy's array2string. */
final class Layout {

    private final Tensor x;
    private final PrintOptions options;
    private final String separator;
    private final boolean summary;
    private final ElementText element;

    private Layout(Tensor x, PrintOptions options, String separator) {
        this.x = x;
        this.options = options;
        this.separator = separator;
        this.summary = x.size() > options.threshold();
        long[] shown = new long[Math.toIntExact(count(0))];
        collect(0, x.offset, shown, 0);
        this.element = ElementText.choose(x.cell.storage, shown, x.rank() == 0, options);
    }

    /**
     * The text of x, not empty.
     *
     * @param separator between elements: blank, or comma and blank
     * @param prefix how many characters stand before the text on its first line
     * @param suffix how many follow on the last
     */
    static String of(Tensor x, PrintOptions options, String separator, int prefix, int suffix) {
        var layout = new Layout(x, options, separator);
        return layout.lines(0, x.offset, " ".repeat(prefix + 1), options.lineWidth() - suffix);
    }

    private boolean cut(int axis) {
        return summary && 2L * options.edgeItems() < x.shape().dim(axis);
    }

    /** How many leading items of a cut axis are shown. */
    private int leading() {
        return options.edgeItems();
    }

    /** How many trailing ones; the last is always shown. */
    private int trailing() {
        return Math.max(options.edgeItems(), 1);
    }

    private long count(int axis) {
        if (axis == x.rank()) {
            return 1;
        }
        return (cut(axis) ? leading() + trailing() : x.shape().dim(axis)) * count(axis + 1);
    }

    private int collect(int axis, long at, long[] shown, int filled) {
        if (axis == x.rank()) {
            shown[filled] = at;
            return filled + 1;
        }
        long length = x.shape().dim(axis);
        for (long i = 0; i < length; i++) {
            if (cut(axis) && i == leading()) {
                i = length - trailing();
            }
            filled = collect(axis + 1, at + i * x.strides()[axis], shown, filled);
        }
        return filled;
    }

    private String lines(int axis, long at, String indent, int width) {
        int left = x.rank() - axis;
        if (left == 0) {
            return element.of(x.cell.storage, at);
        }
        var text = new StringBuilder();
        var line = new StringBuilder(indent);
        String trimmed = separator.stripTrailing();
        String between = trimmed + "\n".repeat(left - 1);
        int room = width - Math.max(trimmed.length(), 1);
        long length = x.shape().dim(axis);
        for (long i = 0; i < length; i++) {
            if (cut(axis) && i == leading()) {
                if (left == 1) {
                    extend(text, line, "...", room, indent);
                    line.append(separator);
                } else {
                    text.append(indent).append("...").append(between);
                }
                i = length - trailing();
            }
            String inner = lines(axis + 1, at + i * x.strides()[axis], indent + " ", width - 1);
            if (left == 1) {
                extend(text, line, inner, room, indent);
                line.append(i == length - 1 ? "" : separator);
            } else {
                text.append(indent).append(inner).append(i == length - 1 ? "" : between);
            }
        }
        if (left == 1) {
            text.append(line);
        }
        return "[" + text.substring(indent.length()) + "]";
    }

    /** Adds a word to the line, or begins a new one where it would not fit and a new line would help. */
    private static void extend(StringBuilder text, StringBuilder line, String word, int room, String indent) {
        if (line.length() + word.length() > room && line.length() > indent.length()) {
            text.append(line.toString().stripTrailing()).append('\n');
            line.setLength(0);
            line.append(indent);
        }
        line.append(word);
    }
}
