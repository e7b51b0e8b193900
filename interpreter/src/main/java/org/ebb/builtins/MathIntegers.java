package org.ebb.builtins;

import java.math.BigInteger;
import org.ebb.kernel.Poll;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Integers;
import org.ebb.runtime.LongProducts;

/** The functions of the module math on whole numbers. */
final class MathIntegers {

    private static final BigInteger LARGEST_COUNT = BigInteger.valueOf(Long.MAX_VALUE);

    private MathIntegers() {}

    static void fill(BuiltinTable table) {
        table.simple("factorial(n, /)", "n!", b -> factorial(MathModule.whole(b[0])));
        table.simple("gcd(*integers)", "The greatest common divisor.", b -> {
            BigInteger result = BigInteger.ZERO;
            for (Object each : (Object[]) b[0]) {
                result = LongProducts.gcd(result, MathModule.whole(each));
            }
            return Integers.of(result);
        });
        table.simple("lcm(*integers)", "The least common multiple.", b -> {
            BigInteger result = BigInteger.ONE;
            for (Object each : (Object[]) b[0]) {
                BigInteger n = MathModule.whole(each).abs();
                result = n.signum() == 0 || result.signum() == 0 ? BigInteger.ZERO : result.divide(result.gcd(n)).multiply(n);
            }
            return Integers.of(result);
        });
        table.simple("isqrt(n, /)", "The whole part of the square root.", b -> {
            BigInteger n = MathModule.whole(b[0]);
            if (n.signum() < 0) {
                throw Errors.valueError("isqrt() argument must be nonnegative");
            }
            return Integers.of(n.sqrt());
        });
        table.simple("comb(n, k, /)", "In how many ways k of n can be chosen.", b -> {
            BigInteger n = notNegative(b[0], "n");
            BigInteger k = notNegative(b[1], "k");
            BigInteger rest = n.subtract(k);
            return rest.signum() < 0 ? 0L : choose(n, k.min(rest), true);
        });
        table.simple("perm(n, k=None, /)", "In how many ways k of n can be put in order.", b -> {
            if (MathModule.isNone(b[1])) {
                return factorial(MathModule.whole(b[0]));
            }
            BigInteger n = notNegative(b[0], "n");
            BigInteger k = notNegative(b[1], "k");
            return k.compareTo(n) > 0 ? 0L : choose(n, k, false);
        });
    }

    private static BigInteger notNegative(Object value, String name) {
        BigInteger whole = MathModule.whole(value);
        if (whole.signum() < 0) {
            throw Errors.valueError(name + " must be a non-negative integer");
        }
        return whole;
    }

    private static Object factorial(BigInteger n) {
        if (n.signum() < 0) {
            throw Errors.valueError("factorial() not defined for negative values");
        }
        if (n.compareTo(LARGEST_COUNT) > 0) {
            throw Errors.overflow("factorial() argument should not exceed 9223372036854775807");
        }
        if (n.bitLength() > 24) {
            throw Errors.memoryError("the factorial would have too many digits");
        }
        return Integers.of(product(1, n.intValue()));
    }

    /** The product of a row of numbers by halves, which keeps the factors of like size. */
    private static BigInteger product(int from, int to) {
        if (to - from < 8) {
            BigInteger result = BigInteger.ONE;
            for (int i = from; i <= to; i++) {
                result = result.multiply(BigInteger.valueOf(i));
            }
            return result;
        }
        int middle = (from + to) >>> 1;
        Poll.now();
        return LongProducts.multiply(product(from, middle), product(middle + 1, to));
    }

    private static Object choose(BigInteger n, BigInteger k, boolean unordered) {
        if (k.bitLength() > 24) {
            throw Errors.memoryError("the result would have too many digits");
        }
        BigInteger result = BigInteger.ONE;
        for (int i = 0; i < k.intValue(); i++) {
            Poll.now();
            result = result.multiply(n.subtract(BigInteger.valueOf(i)));
            if (unordered) {
                result = result.divide(BigInteger.valueOf(i + 1));
            }
        }
        return Integers.of(result);
    }
}
