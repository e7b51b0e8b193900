package org.ebb.builtins;

import java.math.BigInteger;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Integers;
import org.ebb.runtime.Numbers;

/** The source of random bits under the module random: the Mersenne Twister as Python seeds and reads it. */
final class RandomModule {

    private RandomModule() {}

    static void fill(BuiltinTable table) {
        var twister = new Twister();
        twister.seed(BigInteger.valueOf(System.nanoTime() ^ 0x5DEECE66DL * System.identityHashCode(table)));
        table.simple("seed(n, /)", "Start anew from a whole number.", b -> {
            twister.seed(Integers.big(Numbers.requireIndex(b[0])).abs());
            return EbbNone.NONE;
        });
        table.simple("random()", "A float in [0, 1).", b -> twister.random());
        table.simple("getrandbits(k, /)", "A whole number of k random bits.", b -> {
            int k = Numbers.requireSmall(b[0]);
            if (k < 0) {
                throw Errors.valueError("number of bits must be non-negative");
            }
            return twister.bits(k);
        });
        table.simple("getstate()", "The state as a list.", b -> twister.state());
        table.simple("setstate(state, /)", "Go on from a state.", b -> {
            twister.restore(org.ebb.runtime.Iteration.toArray(b[0]));
            return EbbNone.NONE;
        });
    }

    private static final class Twister {
        private static final int N = 624;
        private static final int M = 397;
        private final int[] state = new int[N];
        private int index;

        void seed(BigInteger number) {
            int words = Math.max(1, (number.bitLength() + 31) / 32);
            int[] key = new int[words];
            for (int i = 0; i < words; i++) {
                key[i] = number.shiftRight(32 * i).intValue();
            }
            seedByArray(key);
        }

        private void seedBy(int seed) {
            state[0] = seed;
            for (int i = 1; i < N; i++) {
                state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
            }
            index = N;
        }

        private void seedByArray(int[] key) {
            seedBy(19650218);
            int i = 1;
            int j = 0;
            for (int k = Math.max(N, key.length); k > 0; k--) {
                state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >>> 30) * 1664525) + key[j] + j;
                j = (j + 1) % key.length;
                i = step(i);
            }
            for (int k = N - 1; k > 0; k--) {
                state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >>> 30) * 1566083941) - i;
                i = step(i);
            }
            state[0] = 0x80000000;
        }

        private int step(int i) {
            if (i + 1 < N) {
                return i + 1;
            }
            state[0] = state[N - 1];
            return 1;
        }

        int next() {
            if (index >= N) {
                for (int k = 0; k < N; k++) {
                    int y = state[k] & 0x80000000 | state[(k + 1) % N] & 0x7fffffff;
                    state[k] = state[(k + M) % N] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
                }
                index = 0;
            }
            int y = state[index++];
            y ^= y >>> 11;
            y ^= y << 7 & 0x9d2c5680;
            y ^= y << 15 & 0xefc60000;
            return y ^ y >>> 18;
        }

        double random() {
            long a = next() >>> 5;
            long b = next() >>> 6;
            return (a * 67108864.0 + b) * (1.0 / 9007199254740992.0);
        }

        Object bits(int k) {
            if (k == 0) {
                return 0L;
            }
            if (k <= 32) {
                return next() >>> 32 - k & 0xffffffffL;
            }
            BigInteger result = BigInteger.ZERO;
            for (int at = 0; at < k; at += 32) {
                int word = next();
                int left = k - at;
                result = result.or(BigInteger.valueOf((left < 32 ? word >>> 32 - left : word) & 0xffffffffL).shiftLeft(at));
            }
            return Integers.of(result);
        }

        org.ebb.runtime.EbbList state() {
            var list = new org.ebb.runtime.EbbList();
            for (int word : state) {
                list.append(word & 0xffffffffL);
            }
            list.append((long) index);
            return list;
        }

        void restore(Object[] saved) {
            for (int i = 0; i < N; i++) {
                state[i] = (int) Integers.small(saved[i]);
            }
            index = (int) Integers.small(saved[N]);
        }
    }
}
