package org.ebb.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Random numbers against those of the C++ library, Python and the Philox paper, and the laws of their distributions. */
class GeneratorTest {

    @Test
    void theTwisterGivesTheNumbersOfTheCppLibrary() {
        String[] lines = Golden.text("golden_rng.txt").strip().split("\n");
        assertEquals(20, lines.length);
        for (String line : lines) {
            String[] halves = line.split(": ");
            String[] head = halves[0].split(" ");
            var twister = new MersenneTwister(Integer.parseInt(head[1]));
            Supplier<Object> draw = switch (head[2]) {
                case "raw" -> () -> Integer.toUnsignedLong(twister.bits());
                case "uniform_f32" -> twister::uniformFloat;
                case "uniform_f64" -> twister::uniformDouble;
                case "normal_f32_persistent" -> twister::normalFloat;
                case "normal_f32_fresh_per_draw" -> () -> {
                    twister.dropSpare();
                    return twister.normalFloat();
                };
                default -> throw new AssertionError("not known: " + head[2]);
            };
            for (String expected : halves[1].split(" ")) {
                Object drawn = draw.get();
                Object wanted = drawn instanceof Long ? (Object) Long.valueOf(expected)
                        : drawn instanceof Float ? (Object) Float.valueOf(expected) : Double.valueOf(expected);
                assertEquals(wanted, drawn, line);
            }
        }
    }

    /** random.seed(n); random.random() in Python 3. */
    @Test
    void theTwisterGivesPythonsNumbers() {
        assertEquals(0.8444218515250481, MersenneTwister.ofKey(0).uniform53());
        assertEquals(0.6394267984578837, MersenneTwister.ofKey(42).uniform53());
        // random.seed(42); [random.randrange(10) for _ in range(8)]; random.randrange(10 ** 15); random.randrange(2 ** 40)
        var twister = MersenneTwister.ofKey(42);
        for (long expected : new long[] {1, 0, 4, 3, 3, 2, 1, 8}) {
            assertEquals(expected, twister.below(10));
        }
        assertEquals(664835541016450L, twister.below(1_000_000_000_000_000L));
        assertEquals(70531617177L, twister.below(1L << 40));
        // numpy.random.seed(0); numpy.random.rand()
        assertEquals(0.5488135039273248, new MersenneTwister(0).uniform53());
    }

    /** The three known answers published with the Random123 library. */
    @Test
    void philoxGivesItsKnownAnswers() {
        assertArrayEquals(new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, words(0, 0, 0));
        assertArrayEquals(new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}, words(-1, -1, -1));
        assertArrayEquals(new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
                words(0x85a308d3243f6a88L, 0x0370734413198a2eL, 0x299f31d0a4093822L));
    }

    private static int[] words(long low, long high, long key) {
        int[] out = new int[4];
        Philox.words(low, high, key, out);
        return out;
    }

    @Test
    void aCopyGoesOnWithTheSameNumbers() {
        for (Generator generator : new Generator[] {new MersenneTwister(5), new Philox(5)}) {
            generator.normalFloat();
            generator.normalDouble();
            Generator copy = generator.copy();
            for (int i = 0; i < 1000; i++) {
                assertEquals(generator.normalFloat(), copy.normalFloat());
                assertEquals(generator.normalDouble(), copy.normalDouble());
                assertEquals(generator.below(1000), copy.below(1000));
                assertEquals(generator.uniformFloat(), copy.uniformFloat());
            }
        }
    }

    @Test
    void streamsAndSeedsDiffer() {
        var one = new Philox(1);
        assertNotEquals(one.copy().bits(), one.stream(1).bits());
        assertNotEquals(one.copy().bits(), new Philox(2).bits());
        assertEquals(one.stream(7).bits(), new Philox(1).stream(7).bits());
    }

    /** Means and variances of 100000 draws lie within five deviations of what they should be. */
    @Test
    void momentsAreRight() {
        int n = 100_000;
        for (Generator generator : new Generator[] {new MersenneTwister(3), new Philox(3)}) {
            for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
                double[] u = generator.uniform(0, 1, dtype, Shape.of(n), Flavour.PLAIN).toDoubles();
                assertEquals(0.5, mean(u), 5 * Math.sqrt(1.0 / 12 / n));
                assertTrue(Arrays.stream(u).allMatch(x -> x >= 0 && x < 1));
                double[] z = generator.normal(2, 3, dtype, Shape.of(n), Flavour.PLAIN).toDoubles();
                assertEquals(2, mean(z), 5 * 3 / Math.sqrt(n));
                assertEquals(9, mean(Arrays.stream(z).map(x -> (x - 2) * (x - 2)).toArray()), 5 * 9 * Math.sqrt(2.0 / n));
                // Neighbours, which share a pair of words, are independent.
                double[] products = new double[n / 2];
                Arrays.setAll(products, i -> (z[2 * i] - 2) * (z[2 * i + 1] - 2));
                assertEquals(0, mean(products), 5 * 9 / Math.sqrt(n / 2.0));
            }
        }
    }

    private static double mean(double[] x) {
        return Arrays.stream(x).average().orElseThrow();
    }

    @Test
    void wholeNumbersCoverTheirRangeEvenly() {
        for (Generator generator : new Generator[] {new MersenneTwister(4), new Philox(4)}) {
            long[] counts = new long[6];
            for (long x : generator.integers(-3, 3, DType.INT64, Shape.of(60_000), Flavour.PLAIN).toLongs()) {
                counts[(int) x + 3]++;
            }
            for (long count : counts) {
                assertEquals(10_000, count, 5 * Math.sqrt(10_000));
            }
            // A bound above 2^62 rejects about half of all draws.
            long bound = (1L << 62) + 1;
            for (int i = 0; i < 1000; i++) {
                long x = generator.below(bound);
                assertTrue(x >= 0 && x < bound);
            }
            assertThrows(TensorException.BadValue.class, () -> generator.integers(2, 2, DType.INT64, Shape.of(1), Flavour.PLAIN));
        }
    }

    @Test
    void aPermutationHoldsEveryPlaceOnce() {
        for (Generator generator : new Generator[] {new MersenneTwister(9), new Philox(9)}) {
            long[] order = generator.permutation(100);
            assertNotEquals(0, Arrays.compare(order, LongStream.range(0, 100).toArray()));
            Arrays.sort(order);
            assertArrayEquals(LongStream.range(0, 100).toArray(), order);
            assertEquals(0, generator.permutation(0).length);
        }
    }
}
