package org.ebb.builtins;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.ebb.runtime.BuiltinNode;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbLibraryValue;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Hashes;
import org.ebb.runtime.Integers;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.IteratorTypes;
import org.ebb.runtime.Numbers;

/** The source of random bits under the module random: the Mersenne Twister as Python seeds and reads it. */
final class RandomModule {

    private RandomModule() {}

    private static final EbbClass TWISTER = IteratorTypes.plain("_random.Twister");

    static {
        TWISTER.fillWith(RandomModule::fillTwister);
    }

    static void fill(BuiltinTable table) {
        table.constant("Twister", TWISTER);
    }

    private static Twister self(Object[] b) {
        return (Twister) b[0];
    }

    private static void fillTwister(BuiltinTable table) {
        table.staticMethod("__new__(cls)", "A source that starts anywhere.", b -> {
            var twister = new Twister();
            twister.seed(anything(twister));
            return twister;
        });
        table.simple("seed(self, n, /)", "Start anew from a number or a text, or from anywhere.", b -> {
            self(b).seed(b[1] == EbbNone.NONE ? anything(b[0]) : seed(b[1]));
            return EbbNone.NONE;
        });
        table.function("random(self)", "A float in [0, 1).", RandomNode::new);
        table.simple("getrandbits(self, k, /)", "A whole number of k random bits.", b -> {
            int k = Numbers.requireSmall(b[1]);
            if (k < 0) {
                throw Errors.valueError("number of bits must be non-negative");
            }
            return self(b).bits(k);
        });
        table.simple("getstate(self)", "The state as a list.", b -> self(b).state());
        table.simple("setstate(self, state, /)", "Go on from a state.", b -> {
            self(b).restore(Iteration.toArray(b[1]));
            return EbbNone.NONE;
        });
    }

    private static final class RandomNode extends BuiltinNode {
        @Override
        public Object execute(Object[] bound) {
            return draw((Twister) bound[0]);
        }

        @TruffleBoundary(allowInlining = true)
        private static double draw(Twister twister) {
            return twister.random();
        }
    }

    private static BigInteger anything(Object salt) {
        return BigInteger.valueOf(System.nanoTime() ^ 0x5DEECE66DL * System.identityHashCode(salt)).abs();
    }

    private static BigInteger seed(Object value) {
        Object plain = Numbers.plain(value);
        if (Integers.isInt(plain)) {
            return Integers.big(plain).abs();
        }
        if (plain instanceof Double d) {
            long hash = Hashes.floating(d);
            return new BigInteger(Long.toUnsignedString(hash));
        }
        if (plain instanceof String text) {
            try {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                byte[] digest = MessageDigest.getInstance("SHA-512").digest(bytes);
                byte[] all = Arrays.copyOf(bytes, bytes.length + digest.length);
                System.arraycopy(digest, 0, all, bytes.length, digest.length);
                return new BigInteger(1, all);
            } catch (NoSuchAlgorithmException missing) {
                throw Errors.notImplemented("a text as seed: this Java has no SHA-512");
            }
        }
        throw Errors.typeError("The only supported seed types are: None,\nint, float, str, bytes, and bytearray.");
    }

    private static final class Twister extends EbbLibraryValue {
        private static final int N = 624;
        private static final int M = 397;
        private final int[] state = new int[N];
        private int index;

        Twister() {
            super(TWISTER);
        }

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

        EbbList state() {
            var list = new EbbList();
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
