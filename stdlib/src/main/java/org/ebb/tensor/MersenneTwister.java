package org.ebb.tensor;

/**
 * MT19937 (Matsumoto and Nishimura 1998), with the float distributions of the C++ library that MXNet was built with: its
 * published random numbers come out to the last digit. The normal distribution is Marsaglia's polar method.
 */
public final class MersenneTwister extends Generator {

    private static final int N = 624;
    private static final int M = 397;

    private final int[] state;
    private int used;

    /** The second number of the last pair that the polar method made, or nan. */
    private float spareFloat = Float.NaN;
    private double spareDouble = Double.NaN;

    /** Starts from 32 bits of seed, as std::mt19937 and numpy.random.seed do. */
    public MersenneTwister(int seed) {
        this.state = new int[N];
        start(seed);
    }

    private MersenneTwister(MersenneTwister other) {
        this.state = other.state.clone();
        this.used = other.used;
        this.spareFloat = other.spareFloat;
        this.spareDouble = other.spareDouble;
    }

    /** Starts from a key of any length above 0, as Python's random.seed does. */
    public static MersenneTwister ofKey(int... key) {
        var twister = new MersenneTwister(19650218);
        int[] s = twister.state;
        int i = 1;
        for (int k = 0; k < Math.max(N, key.length); k++) {
            s[i] = (s[i] ^ (s[i - 1] ^ s[i - 1] >>> 30) * 1664525) + key[k % key.length] + k % key.length;
            i = following(s, i);
        }
        for (int k = 0; k < N - 1; k++) {
            s[i] = (s[i] ^ (s[i - 1] ^ s[i - 1] >>> 30) * 1566083941) - i;
            i = following(s, i);
        }
        s[0] = 0x80000000;
        return twister;
    }

    private static int following(int[] s, int i) {
        if (i + 1 < N) {
            return i + 1;
        }
        s[0] = s[N - 1];
        return 1;
    }

    private void start(int seed) {
        state[0] = seed;
        for (int i = 1; i < N; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
        }
        used = N;
    }

    private void twist() {
        for (int i = 0; i < N; i++) {
            int y = state[i] & 0x80000000 | state[(i + 1) % N] & 0x7fffffff;
            state[i] = state[(i + M) % N] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        used = 0;
    }

    @Override
    public int bits() {
        if (used == N) {
            twist();
        }
        int y = state[used++];
        y ^= y >>> 11;
        y ^= y << 7 & 0x9d2c5680;
        y ^= y << 15 & 0xefc60000;
        return y ^ y >>> 18;
    }

    /** 32 bits rounded to a float; what rounds up to 1 becomes the float below. */
    @Override
    public float uniformFloat() {
        float x = (float) Integer.toUnsignedLong(bits()) * 0x1p-32f;
        return x < 1 ? x : Math.nextDown(1f);
    }

    /** 64 bits rounded to a double, the low word first, as std::generate_canonical does. */
    @Override
    public double uniformDouble() {
        double low = Integer.toUnsignedLong(bits());
        double x = (low + Integer.toUnsignedLong(bits()) * 0x1p32) * 0x1p-64;
        return x < 1 ? x : Math.nextDown(1.0);
    }

    /** 53 bits of two words, as random.random() of Python and numpy.random.rand do. */
    public double uniform53() {
        long high = bits() >>> 5;
        return (high * 0x1p26 + (bits() >>> 6)) * 0x1p-53;
    }

    @Override
    public float normalFloat() {
        if (!Float.isNaN(spareFloat)) {
            float spare = spareFloat;
            spareFloat = Float.NaN;
            return spare;
        }
        float x;
        float y;
        float square;
        do {
            x = 2 * uniformFloat() - 1;
            y = 2 * uniformFloat() - 1;
            square = x * x + y * y;
        } while (square > 1 || square == 0);
        float scale = (float) Math.sqrt(-2 * (float) Math.log(square) / square);
        spareFloat = x * scale;
        return y * scale;
    }

    @Override
    public double normalDouble() {
        if (!Double.isNaN(spareDouble)) {
            double spare = spareDouble;
            spareDouble = Double.NaN;
            return spare;
        }
        double x;
        double y;
        double square;
        do {
            x = 2 * uniformDouble() - 1;
            y = 2 * uniformDouble() - 1;
            square = x * x + y * y;
        } while (square > 1 || square == 0);
        double scale = Math.sqrt(-2 * Math.log(square) / square);
        spareDouble = x * scale;
        return y * scale;
    }

    /** Forgets the second number of the last pair: some of MXNet's functions begin a new distribution at every draw. */
    public void dropSpare() {
        spareFloat = Float.NaN;
        spareDouble = Double.NaN;
    }

    /** Draws as many bits as the bound has until they lie below it, as random.randrange of Python does. */
    @Override
    public long below(long bound) {
        int width = 64 - Long.numberOfLeadingZeros(bound);
        long drawn;
        do {
            drawn = width <= 32 ? bits() >>> 32 - width & 0xffffffffL
                    : Integer.toUnsignedLong(bits()) | (long) (bits() >>> 64 - width) << 32;
        } while (drawn >= bound);
        return drawn;
    }

    @Override
    public MersenneTwister copy() {
        return new MersenneTwister(this);
    }
}
