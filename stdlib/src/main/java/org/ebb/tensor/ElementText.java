package org.ebb.tensor;

/** How each element of one printed tensor is written: chosen once from all elements shown, so that columns align. */
sealed interface ElementText {

    /** The text of the element at a storage position. */
    String of(Storage storage, long position);

    /** The format for the elements at these storage positions. */
    static ElementText choose(Storage storage, long[] positions, boolean scalar, PrintOptions options) {
        return switch (storage) {
            case Storage.Bools _ -> new Bool(!scalar);
            case Storage.Ints _, Storage.Longs _ -> new Whole(storage, positions);
            case Storage.Floats _, Storage.Doubles _, Storage.Halves _ -> new Real(storage, positions, options);
            case Storage.Pieces p -> p.dtype() == DType.BOOL ? new Bool(!scalar) : p.dtype().isFloat() ? new Real(storage, positions, options)
                    : new Whole(storage, positions);
        };
    }

    /** {@code True} and {@code False}, of equal width but for a 0-d tensor. */
    record Bool(boolean padded) implements ElementText {
        @Override
        public String of(Storage storage, long position) {
            return storage.getLong(position) == 0 ? "False" : padded ? " True" : "True";
        }
    }

    /** Whole numbers, right aligned; the sign option does not touch them. */
    final class Whole implements ElementText {
        private final int width;

        Whole(Storage storage, long[] positions) {
            int widest = 0;
            for (long position : positions) {
                widest = Math.max(widest, Long.toString(storage.getLong(position)).length());
            }
            this.width = widest;
        }

        @Override
        public String of(Storage storage, long position) {
            String text = Long.toString(storage.getLong(position));
            return " ".repeat(width - text.length()) + text;
        }
    }

    /** Floats, aligned at the point. */
    final class Real implements ElementText {
        private final PrintOptions options;
        private final boolean exponents;
        private int least;
        private int most;
        private int left;
        private int right;
        private int exponentWidth;
        private boolean equalDigits;

        Real(Storage storage, long[] positions, PrintOptions options) {
            this.options = options;
            this.least = options.mode() == PrintOptions.Mode.FIXED ? options.precision() : -1;
            this.most = options.mode() == PrintOptions.Mode.UNIQUE ? Decimal.ALL : options.precision();
            this.exponents = wantsExponents(storage, positions, options);
            boolean negative = false;
            int finite = 0;
            for (long position : positions) {
                if (Double.isFinite(storage.getDouble(position))) {
                    finite++;
                    Decimal x = decimal(storage, position);
                    negative |= x.negative();
                    measure(x);
                }
            }
            equalDigits = exponents || options.mode() == PrintOptions.Mode.FIXED
                    || options.mode() == PrintOptions.Mode.MAXPREC_EQUAL;
            if (equalDigits && finite > 0) {
                most = right;
            }
            least = equalDigits ? most : 0;
            if (exponents) {
                right += exponentWidth + 2;
            }
            if (options.sign() == ' ' && !negative) {
                left++;
            }
            if (finite < positions.length) {
                makeRoom(storage, positions);
            }
        }

        /** Widens the whole part where nan or inf is wider than the numbers. */
        private void makeRoom(Storage storage, long[] positions) {
            boolean signed = options.sign() != '-';
            for (long position : positions) {
                signed |= storage.getDouble(position) == Double.NEGATIVE_INFINITY;
            }
            left = Math.max(left, options.nan().length() - right - 1);
            left = Math.max(left, options.infinity().length() + (signed ? 1 : 0) - right - 1);
        }

        private void measure(Decimal x) {
            String text = exponents ? x.scientific(least, most) : x.positional(least, most);
            int point = text.indexOf('.');
            int end = text.indexOf('e');
            if (end >= 0) {
                exponentWidth = Math.max(exponentWidth, text.length() - end - 2);
            }
            left = Math.max(left, point + x.sign(options.sign() == '+').length());
            right = Math.max(Math.max(right, least), (end < 0 ? text.length() : end) - point - 1);
        }

        private static Decimal decimal(Storage storage, long position) {
            return switch (storage) {
                case Storage.Floats f -> Decimal.of(f.array[(int) position]);
                case Storage.Halves h -> Decimal.of(h, (int) position);
                case Storage.Pieces p -> decimal(p.piece(position), p.place(position));
                default -> Decimal.of(storage.getDouble(position));
            };
        }

        /**
         * NumPy's rule: from 1e8 on, below 1e-4, or where the largest is more than 1000 times the smallest; zeros do not count.
         */
        private static boolean wantsExponents(Storage storage, long[] positions, PrintOptions options) {
            double max = 0;
            double min = Double.POSITIVE_INFINITY;
            for (long position : positions) {
                double x = Math.abs(storage.getDouble(position));
                if (x != 0 && Double.isFinite(x)) {
                    max = Math.max(max, x);
                    min = Math.min(min, x);
                }
            }
            if (max == 0) {
                return false;
            }
            double ratio = storage.dtype() == DType.FLOAT32 ? (float) max / (float) min : max / min;
            return max >= 1e8 || !options.suppress() && (min < 1e-4 || ratio > 1000);
        }

        @Override
        public String of(Storage storage, long position) {
            double value = storage.getDouble(position);
            if (!Double.isFinite(value)) {
                String plus = options.sign() == '+' ? "+" : "";
                String name = Double.isNaN(value) ? plus + options.nan() : (value < 0 ? "-" : plus) + options.infinity();
                return " ".repeat(Math.max(0, left + right + 1 - name.length())) + name;
            }
            Decimal x = decimal(storage, position);
            String text = x.sign(options.sign() == '+') + (exponents ? x.scientific(least, most) : x.positional(least, most));
            int point = text.indexOf('.');
            int end = exponents ? text.indexOf('e') : text.length();
            String digits = text.substring(0, end);
            int missing = (exponents ? most : right) - (end - point - 1);
            digits = " ".repeat(Math.max(0, left - point)) + digits + (equalDigits ? "0" : " ").repeat(Math.max(0, missing));
            return exponents ? digits + Decimal.exponentText(Integer.parseInt(text.substring(end + 1)), exponentWidth) : digits;
        }
    }
}
