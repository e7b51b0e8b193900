package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.Test;

/** Floats written and rounded to places, against java's exact decimals. */
class DecimalPlacesTest {

    private static List<Double> values() {
        Random random = new Random(20);
        List<Double> values = new ArrayList<>(List.of(0.0, Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE, 0.5, 1.5, 2.5, 0.125, 0.375, 0.25, 2.675, 1e15, 1e16,
                1e22, 1e23, 999.995, 0.05, 9.995, 0x1p63, 0x1p-63, 0x1p-62, 4503599627370495.5, 4503599627370496.5));
        for (int i = 0; i < 6000; i++) {
            values.add(Math.abs(Double.longBitsToDouble(random.nextLong())));
            values.add(random.nextInt(100_000_000) / 1000.0);
            // Ties: an odd number of halves behind the last place that is kept.
            values.add(random.nextInt(1 << 20) * Math.scalb(1.0, -random.nextInt(20)));
            values.add(random.nextDouble() * Math.scalb(1.0, random.nextInt(140) - 70));
        }
        values.removeIf(value -> !Double.isFinite(value));
        return values;
    }

    @Test
    void agreeWithExactDecimals() {
        try (Context context = Context.create("ebb")) {
            Value text = context.eval("ebb", "lambda x, places: f'{x:.{places}f}'");
            Value rounded = context.eval("ebb", "lambda x, places: round(x, places)");
            Random random = new Random(21);
            for (double value : values()) {
                int places = random.nextInt(8) == 0 ? random.nextInt(40) : random.nextInt(7);
                double signed = random.nextBoolean() ? value : -value;
                BigDecimal exact = new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN);
                String sign = Double.doubleToRawLongBits(signed) < 0 ? "-" : "";
                assertEquals(sign + exact.toPlainString(), text.execute(signed, places).asString(), () -> value + " to " + places);
                assertEquals(Math.copySign(exact.doubleValue(), signed), rounded.execute(signed, places).asDouble(), () -> value + " to " + places);
            }
        }
    }
}
