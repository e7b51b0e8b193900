package org.ebb.op;

import java.util.ArrayList;
import java.util.List;
import org.ebb.tensor.DType;

/**
 * One parameter of a row's signature. {@code fallback} is its default as a Java value, meaningful where it is not {@code
 * required}.
 */
public record Parameter(String name, boolean required, Object fallback) {

    /** The parameters of a signature such as {@code sum(x, axis=None, keepdims=False)}. */
    static List<Parameter> parse(String signature) {
        String inside = signature.substring(signature.indexOf('(') + 1, signature.lastIndexOf(')')).strip();
        var parameters = new ArrayList<Parameter>();
        for (String part : inside.isEmpty() ? new String[0] : inside.split(",\\s*")) {
            int equals = part.indexOf('=');
            parameters.add(equals < 0
                    ? new Parameter(part, true, null)
                    : new Parameter(part.substring(0, equals), false, literal(part.substring(equals + 1))));
        }
        return List.copyOf(parameters);
    }

    private static DType dtype(String text) {
        for (DType dtype : DType.values()) {
            if (dtype.text.equals(text)) {
                return dtype;
            }
        }
        throw new IllegalArgumentException(text);
    }

    private static Object literal(String text) {
        return switch (text) {
            case "None" -> null;
            case "True" -> true;
            case "False" -> false;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "bool", "int32", "int64", "float32", "float64" -> dtype(text);
            default -> {
                if (text.startsWith("'")) {
                    yield text.substring(1, text.length() - 1);
                }
                if (text.contains(".")) {
                    yield Double.valueOf(text);
                }
                yield Long.valueOf(text);
            }
        };
    }
}
