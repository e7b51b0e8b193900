package org.ebb.syntax;

import java.util.ArrayList;
import java.util.List;
import org.ebb.syntax.Expr.FPart;

/**
 * Turns strings and f-strings into literals.
 *
 * <p>What stands in a field of an f-string can hold neither a backslash nor the quotes of the f-string, so the fields are
 * printed first and quotes chosen that they do not hold.
 */
final class StringPrinter {

    private static final List<String> QUOTES = List.of("\"", "'", "\"\"\"", "'''");

    private StringPrinter() {}

    static String print(Expr.Str string, boolean inField) {
        String value = string.value();
        if (!inField) {
            String quote = value.indexOf('"') >= 0 && value.indexOf('\'') < 0 ? "'" : "\"";
            return quote + escaped(value, quote, false) + quote;
        }
        for (String quote : QUOTES) {
            if (fitsAsItIs(value, quote)) {
                return quote + value + quote;
            }
        }
        return pieces(value);
    }

    static String print(Expr.Bytes bytes, boolean inField) {
        String value = bytes.value();
        if (inField) {
            for (String quote : QUOTES) {
                if (fitsAsItIs(value, quote) && value.chars().allMatch(c -> c >= ' ' && c < 127)) {
                    return "b" + quote + value + quote;
                }
            }
            throw new IllegalArgumentException("bytes in an f-string's field that cannot be written without a backslash");
        }
        StringBuilder out = new StringBuilder("b\"");
        for (char c : value.toCharArray()) {
            out.append(c < ' ' || c > 126 || c == '"' || c == '\\' ? "\\x%02x".formatted((int) c) : String.valueOf(c));
        }
        return out.append('"').toString();
    }

    private static boolean fitsAsItIs(String value, String quote) {
        return !value.contains(quote) && (quote.length() == 3 || value.indexOf('\n') < 0)
                && !value.endsWith(quote.substring(0, 1)) && value.indexOf('\\') < 0;
    }

    /** Literals side by side, each in the quotes that it does not hold. */
    private static String pieces(String value) {
        if (value.indexOf('\\') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a string in an f-string's field that cannot be written without a backslash");
        }
        StringBuilder out = new StringBuilder();
        int start = 0;
        while (start < value.length()) {
            char quote = value.charAt(start) == '"' ? '\'' : '"';
            int end = start;
            while (end < value.length() && value.charAt(end) != quote) {
                end++;
            }
            out.append(start == 0 ? "" : " ").append(quote).append(value, start, end).append(quote);
            start = end;
        }
        return out.toString();
    }

    static String print(Expr.FString string, boolean inField) {
        List<FPart> parts = string.parts();
        List<String> fields = new ArrayList<>();
        printFields(parts, fields);
        for (String quote : QUOTES) {
            boolean fits = fields.stream().noneMatch(f -> f.contains(quote) || quote.length() == 1 && f.indexOf('\n') >= 0);
            if (fits && (!inField || textsFit(parts, quote))) {
                StringBuilder out = new StringBuilder("f").append(quote);
                append(parts, false, inField, quote, fields, new int[1], out);
                return out.append(quote).toString();
            }
        }
        throw new IllegalArgumentException("an f-string whose fields hold all kinds of quotes");
    }

    private static boolean textsFit(List<FPart> parts, String quote) {
        for (FPart part : parts) {
            boolean fits = switch (part) {
                case FPart.Text text -> fitsAsItIs(text.value(), quote);
                case FPart.Field field -> textsFit(field.format(), quote);
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** The text of every field's expression, in the order in which they are written. */
    private static void printFields(List<FPart> parts, List<String> fields) {
        for (FPart part : parts) {
            if (part instanceof FPart.Field field) {
                fields.add(expression(field));
                printFields(field.format(), fields);
            }
        }
    }

    private static String expression(FPart.Field field) {
        if (field.source() != null) {
            return field.source();
        }
        String text = ExpressionPrinter.print(field.value(), true);
        boolean colon = hasBareColon(field.value());
        return colon ? "(" + text + ")" : text.startsWith("{") ? " " + text : text;
    }

    /** A lambda that is not in brackets would end the expression at its colon. */
    private static boolean hasBareColon(Expr expression) {
        Expr last = expression;
        while (last instanceof Expr.Conditional conditional) {
            last = conditional.otherwise();
        }
        return last instanceof Expr.Lambda;
    }

    private static void append(List<FPart> parts, boolean format, boolean inField, String quote, List<String> fields, int[] next,
            StringBuilder out) {
        for (FPart part : parts) {
            switch (part) {
                case FPart.Text text ->
                        out.append(inField ? braces(text.value(), format) : escaped(text.value(), quote, true, format));
                case FPart.Field field -> {
                    out.append('{').append(fields.get(next[0]++));
                    if (field.conversion() != 0) {
                        out.append('!').append(field.conversion());
                    }
                    // "{x=}" alone means "{x=!r}".
                    if (!field.format().isEmpty() || field.source() != null && field.conversion() == 0) {
                        out.append(':');
                        append(field.format(), true, inField, quote, fields, next, out);
                    }
                    out.append('}');
                }
            }
        }
    }

    private static String braces(String value, boolean format) {
        return format ? value : value.replace("{", "{{").replace("}", "}}");
    }

    private static String escaped(String value, String quote, boolean formatted) {
        return escaped(value, quote, formatted, false);
    }

    private static String escaped(String value, String quote, boolean formatted, boolean format) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '"', '\'' -> out.append(quote.charAt(0) == c ? "\\" : "").append(c);
                case '{', '}' -> out.append(!formatted ? String.valueOf(c) : format ? "\\x%02x".formatted((int) c) : "" + c + c);
                default -> {
                    if (c < ' ' || c == 127) {
                        out.append("\\x%02x".formatted((int) c));
                    } else if (isLoneSurrogate(value, i) || c == '\uFEFF') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }

    private static boolean isLoneSurrogate(String value, int i) {
        char c = value.charAt(i);
        boolean high = Character.isHighSurrogate(c) && i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1));
        boolean low = Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
        return Character.isSurrogate(c) && !high && !low;
    }
}
