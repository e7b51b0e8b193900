package org.ebb.tensor;

/**
 * How tensors are written: NumPy's options and defaults.
 *
 * @param precision digits after the point, at most
 * @param threshold a tensor of more elements is summarised
 * @param edgeItems how many elements of each end of an axis a summary shows
 * @param lineWidth characters in a line, after which it wraps
 * @param suppress never the exponent form for the sake of small numbers
 * @param nan the text of nan
 * @param infinity the text of infinity
 * @param sign '-': minus signs only; '+': plus signs too; ' ': a blank in their place
 * @param mode how digits after the point are chosen
 */
public record PrintOptions(int precision, long threshold, int edgeItems, int lineWidth, boolean suppress, String nan,
        String infinity,
                           char sign, Mode mode) {

    public static final PrintOptions DEFAULT = new PrintOptions(8, 1000, 3, 75, false, "nan", "inf", '-', Mode.MAXPREC);

    public PrintOptions {
        if (precision < 0 || edgeItems < 0 || lineWidth < 0 || threshold < 0) {
            throw new TensorException.BadValue(
                    "set_printoptions: precision, threshold, edgeitems and linewidth must not be negative");
        }
        if ("-+ ".indexOf(sign) < 0) {
            throw new TensorException.BadValue("set_printoptions: sign must be one of ' ', '+' and '-', not '" + sign + "'");
        }
    }

    /** Which digits after the point are written. */
    public enum Mode {
        /** Always {@code precision} of them. */
        FIXED,
        /** As many as tell the number from its neighbours. */
        UNIQUE,
        /** As UNIQUE, at most {@code precision}. */
        MAXPREC,
        /** As MAXPREC, and the same number for every element. */
        MAXPREC_EQUAL;

        /** By NumPy's name for it. */
        public static Mode named(String name) {
            for (Mode mode : values()) {
                if (mode.name().equalsIgnoreCase(name)) {
                    return mode;
                }
            }
            throw new TensorException.BadValue(
                    "set_printoptions: floatmode must be 'fixed', 'unique', 'maxprec' or 'maxprec_equal', not '" + name + "'");
        }
    }

    public PrintOptions withPrecision(int digits) {
        return new PrintOptions(digits, threshold, edgeItems, lineWidth, suppress, nan, infinity, sign, mode);
    }

    public PrintOptions withThreshold(long elements) {
        return new PrintOptions(precision, elements, edgeItems, lineWidth, suppress, nan, infinity, sign, mode);
    }

    public PrintOptions withEdgeItems(int items) {
        return new PrintOptions(precision, threshold, items, lineWidth, suppress, nan, infinity, sign, mode);
    }

    public PrintOptions withLineWidth(int characters) {
        return new PrintOptions(precision, threshold, edgeItems, characters, suppress, nan, infinity, sign, mode);
    }

    public PrintOptions withSuppress(boolean on) {
        return new PrintOptions(precision, threshold, edgeItems, lineWidth, on, nan, infinity, sign, mode);
    }

    public PrintOptions withNames(String nan, String infinity) {
        return new PrintOptions(precision, threshold, edgeItems, lineWidth, suppress, nan, infinity, sign, mode);
    }

    public PrintOptions withSign(char sign) {
        return new PrintOptions(precision, threshold, edgeItems, lineWidth, suppress, nan, infinity, sign, mode);
    }

    public PrintOptions withMode(Mode mode) {
        return new PrintOptions(precision, threshold, edgeItems, lineWidth, suppress, nan, infinity, sign, mode);
    }
}
