package org.ebb.tensor;

/**
 * Philox 4x32 with 10 rounds (Salmon, Moraes, Dror and Shaw 2011): the n-th number is a function of seed, stream and n alone. So
 * the state is three numbers, streams never meet, and a tensor's elements could be drawn in any order.
 *
 * <p>Every number takes a fixed count of places in the stream: a float32 one word, a float64 or a whole number two. A place that
 * has to be drawn again is drawn from another lane of the same place.
 */
public final class Philox extends Generator {

    private final long seed;
    private final long stream;

    /** How many 32-bit words have been used. */
    private long place;

    /** The block of four words that was computed last. */
    private final int[] block = new int[4];
    private long blockIndex = -1;

    public Philox(long seed) {
        this(seed, 0, 0);
    }

    /**
     * @param seed the key
     * @param stream which of the 2^62 independent sequences of that key
     * @param place how many words of it are used up
     */
    public Philox(long seed, long stream, long place) {
        this.seed = seed;
        this.stream = stream;
        this.place = place;
    }

    public long seed() {
        return seed;
    }

    public long stream() {
        return stream;
    }

    public long place() {
        return place;
    }

    /** Another sequence of the same seed, from its beginning. */
    public Philox stream(long other) {
        return new Philox(seed, other, 0);
    }

    /** A generator of its own, keyed by the next words of this one: what it draws meets nothing drawn elsewhere. */
    public Philox split() {
        return new Philox(twoWords(), twoWords() >>> 2, 0);
    }

    /** The four words for a 128-bit counter under a 64-bit key. */
    static void words(long counterLow, long counterHigh, long key, int[] out) {
        int c0 = (int) counterLow;
        int c1 = (int) (counterLow >>> 32);
        int c2 = (int) counterHigh;
        int c3 = (int) (counterHigh >>> 32);
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < 10; round++) {
            long p = 0xD2511F53L * Integer.toUnsignedLong(c0);
            long q = 0xCD9E8D57L * Integer.toUnsignedLong(c2);
            c0 = (int) (q >>> 32) ^ c1 ^ k0;
            c1 = (int) q;
            c2 = (int) (p >>> 32) ^ c3 ^ k1;
            c3 = (int) p;
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        out[0] = c0;
        out[1] = c1;
        out[2] = c2;
        out[3] = c3;
    }

    private int word(long at) {
        if (at >>> 2 != blockIndex) {
            blockIndex = at >>> 2;
            words(blockIndex, stream, seed, block);
        }
        return block[(int) at & 3];
    }

    @Override
    public int bits() {
        return word(place++);
    }

    private long twoWords() {
        place += place & 1;
        long low = Integer.toUnsignedLong(word(place));
        long high = word(place + 1);
        place += 2;
        return high << 32 | low;
    }

    /** 24 bits, so that every result is exact and below 1. */
    @Override
    public float uniformFloat() {
        return (bits() >>> 8) * 0x1p-24f;
    }

    @Override
    public double uniformDouble() {
        return (twoWords() >>> 11) * 0x1p-53;
    }

    /** Box and Muller on the two halves of a pair of words: an even place takes the cosine, an odd one the sine. */
    @Override
    public float normalFloat() {
        long at = place++;
        double radius = Math.sqrt(-2 * Math.log((Integer.toUnsignedLong(word(at & ~1L)) + 0.5) * 0x1p-32));
        double angle = 2 * Math.PI * (Integer.toUnsignedLong(word(at | 1)) * 0x1p-32);
        return (float) (radius * ((at & 1) == 0 ? Math.cos(angle) : Math.sin(angle)));
    }

    @Override
    public double normalDouble() {
        place += place & 1;
        long pair = place & ~3L;
        boolean first = (place & 3) == 0;
        long low = Integer.toUnsignedLong(word(pair)) | (long) word(pair + 1) << 32;
        long high = Integer.toUnsignedLong(word(pair + 2)) | (long) word(pair + 3) << 32;
        place += 2;
        double radius = Math.sqrt(-2 * Math.log(((low >>> 11) + 0.5) * 0x1p-53));
        double angle = 2 * Math.PI * ((high >>> 11) * 0x1p-53);
        return radius * (first ? Math.cos(angle) : Math.sin(angle));
    }

    /** The high half of bits times bound (Lemire 2019); the few low halves that would favour some numbers are drawn again. */
    @Override
    public long below(long bound) {
        long drawn = twoWords();
        if (Long.compareUnsigned(drawn * bound, bound) < 0) {
            long unfair = Long.remainderUnsigned(-bound, bound);
            int[] lane = new int[4];
            for (long attempt = 1; Long.compareUnsigned(drawn * bound, unfair) < 0; attempt++) {
                words(place, ~attempt, seed ^ stream, lane);
                drawn = (long) lane[1] << 32 | Integer.toUnsignedLong(lane[0]);
            }
        }
        return Math.unsignedMultiplyHigh(drawn, bound);
    }

    @Override
    public Philox copy() {
        return new Philox(seed, stream, place);
    }
}
