package org.ebb.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Numbers and tensors as text. */
public final class Text {

    private Text() {}

    /** As Python writes a float: the shortest digits that give the same double back. */
    public static String python(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        return javaAgrees(value) ? Double.toString(value) : Decimal.of(value).python(wantsExponent(value));
    }

    /** The same for a float32: its own shortest digits. */
    public static String shortest(float value) {
        if (!Float.isFinite(value)) {
            return python(value);
        }
        return javaAgrees(value) ? Float.toString(value) : Decimal.of(value).python(wantsExponent(value));
    }

    /** The same for a half. */
    private static String shortest(Storage.Halves halves, int position) {
        double value = halves.get(position);
        return Double.isFinite(value) ? Decimal.of(halves, position).python(wantsExponent(value)) : python(value);
    }

    /** Between these bounds Java writes no exponent either, and its shortest digits are Python's. */
    private static boolean javaAgrees(double value) {
        double size = Math.abs(value);
        return size == 0 || size >= 1e-3 && size < 1e7;
    }

    private static boolean wantsExponent(double value) {
        double size = Math.abs(value);
        return size != 0 && (size < 1e-4 || size >= 1e16);
    }

    /** As NumPy's {@code str}: elements without commas, a 0-d tensor as a bare number. */
    public static String str(Tensor x) {
        return str(x, PrintOptions.DEFAULT);
    }

    public static String str(Tensor x, PrintOptions options) {
        if (x.size() == 0) {
            return "[]";
        }
        if (x.rank() > 0) {
            return Layout.of(x, options, " ", 0, 0);
        }
        return switch (x.dtype()) {
            case BOOL -> x.getLong(0) == 0 ? "False" : "True";
            case INT32, INT64 -> Long.toString(x.getLong(0));
            case FLOAT32 -> shortest((float) x.getDouble(0));
            case FLOAT64 -> python(x.getDouble(0));
            case FLOAT16, BFLOAT16 -> shortest((Storage.Halves) x.cell.storage, (int) x.position(0));
        };
    }

    /**
     * As NumPy's {@code repr}, under another word than {@code array}.
     *
     * @param hidden the dtype that is not named; nor is bool, which shows itself
     */
    public static String repr(Tensor x, String word, DType hidden) {
        return repr(x, word, hidden, PrintOptions.DEFAULT);
    }

    public static String repr(Tensor x, String word, DType hidden, PrintOptions options) {
        String start = word + "(";
        String body;
        if (x.size() > 0) {
            body = start + Layout.of(x, options, ", ", start.length(), 1);
        } else {
            body = start + "[]" + (x.rank() == 1 ? "" : ", shape=" + x.shape());
        }
        if (x.dtype() == hidden || x.dtype() == DType.BOOL && x.size() > 0) {
            return body + ")";
        }
        body += ",";
        String type = "dtype=" + x.dtype().text + ")";
        int lastLine = body.length() - (body.lastIndexOf('\n') + 1);
        boolean fits = lastLine + type.length() + 1 <= options.lineWidth();
        return body + (fits ? " " : "\n" + " ".repeat(start.length())) + type;
    }

    /** What {@code print} writes of a value. */
    public static String print(Value value) {
        return print(value, PrintOptions.DEFAULT);
    }

    public static String print(Value value, PrintOptions options) {
        if (value instanceof Scalar s && s.isLanguageFloat()) {
            return python(s.value);
        }
        Tensor x = tensor(value);
        return switch (x.flavour()) {
            case PLAIN, NP -> str(x, options);
            case ND -> nd(x, options);
        };
    }

    /** What the prompt and {@code repr} show of a value: {@code tensor([0., 1.])}, and MXNet's forms for its flavours. */
    public static String display(Value value) {
        return display(value, PrintOptions.DEFAULT);
    }

    public static String display(Value value, PrintOptions options) {
        return display(value, options, DType.FLOAT32);
    }

    /** The same; {@code hidden} is the dtype that goes without saying. */
    public static String display(Value value, PrintOptions options, DType hidden) {
        if (value instanceof Scalar s && s.isLanguageFloat()) {
            return python(s.value);
        }
        Tensor x = tensor(value);
        return switch (x.flavour()) {
            case PLAIN -> repr(x, "tensor", hidden, options);
            case NP -> repr(x, "array", DType.FLOAT32, options);
            case ND -> nd(x, options);
        };
    }

    private static Tensor tensor(Value value) {
        return switch (value) {
            case Tensor t -> t;
            case Scalar s -> Creation.full(s.value, s.dtype(), Shape.SCALAR, s.flavour());
        };
    }

    private static String nd(Tensor x, PrintOptions options) {
        String dims = Arrays.stream(x.shape().dims()).mapToObj(Long::toString).collect(Collectors.joining("x"));
        return "\n" + str(x, options) + "\n<NDArray " + dims + " @cpu(0)>";
    }
}
