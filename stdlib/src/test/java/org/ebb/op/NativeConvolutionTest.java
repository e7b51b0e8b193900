package org.ebb.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.ebb.kernel.NativeConvolution;
import org.ebb.kernel.Threads;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Convolutions by the native library beside ours, on the platform whose library the build brings. */
@Tag("fast")
class NativeConvolutionTest {

    private static final Places[] KINDS = {
        kind("64 16 8 8", "32 16 3 3", 1L, 1L, 1L, 1L),
        kind("64 1 8 8", "16 1 3 3", 1L, 1L, 1L, 1L),
        kind("7 20 12 12", "50 20 5 5", 1L, 0L, 1L, 1L),
        kind("9 8 17 15", "16 8 3 3", 2L, 1L, 1L, 1L),
        kind("5 12 20 20", "24 4 3 3", 1L, 1L, 2L, 3L),
        kind("40 3 60", "16 3 9", 3L, 4L, 1L, 1L),
        kind("4 4 9 10 11", "8 4 3 2 3", 1L, new Object[] {1L, 0L, 1L}, 1L, 1L),
        kind("3 32 40 40", "32 1 3 3", 1L, 1L, 1L, 32L),
        kind("37 16 16 16", "32 16 3 3", 1L, 1L, 1L, 1L), // two parts of 18 and 19 images
    };

    private static Places kind(String x, String w, Object... options) {
        return (Places) Convolving.CONVOLUTION.prepare(options, new Value[] {filled(shape(x), 0), filled(shape(w), 0)});
    }

    private static Shape shape(String dims) {
        return Shape.of(java.util.Arrays.stream(dims.split(" ")).mapToLong(Long::parseLong).toArray());
    }

    /** Whole numbers: every order of addition gives the same, so that results are equal to the bit. */
    private static Tensor filled(Shape shape, int seed) {
        var random = new Random(seed);
        float[] x = new float[(int) shape.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextInt(-8, 9);
        }
        return Tensor.of(new Storage.Floats(x), shape, Flavour.PLAIN);
    }

    @BeforeAll
    static void onItsPlatform() {
        assumeTrue(System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64"));
    }

    @Test
    void allThreeOfAllKindsAreExact() {
        for (Places p : KINDS) {
            for (int gives = 0; gives < 3; gives++) {
                Tensor a = filled(gives == 0 ? p.outShape() : p.inShape(), 1);
                Tensor b = filled(gives == 1 ? p.outShape() : p.kernelShape(), 2);
                float[] expected = ((Storage.Floats) new Multiplying.Floats(p, a, b, gives).result()).array;
                for (int time = 0; time < 2; time++) {
                    float[] found = new float[expected.length];
                    assertTrue(natively(p, gives, a, b, found), p + " gives " + gives);
                    assertArrayEquals(expected, found, p + " gives " + gives);
                }
            }
        }
    }

    /** The library adds the bias: to whole images in parts, and of a view that begins late in its array. */
    @Test
    void aBiasIsAddedToItsChannel() {
        for (Places p : KINDS) {
            Tensor x = filled(p.inShape(), 1);
            Tensor w = filled(p.kernelShape(), 2);
            float[] expected = ((Storage.Floats) new Multiplying.Floats(p, x, w, 2).result()).array;
            float[] late = ((Storage.Floats) filled(Shape.of(p.channelsOut() + 3), 4).cell.storage).array;
            int plane = expected.length / p.batch() / p.channelsOut();
            for (int i = 0; i < expected.length; i++) {
                expected[i] += late[3 + i / plane % p.channelsOut()];
            }
            float[] found = new float[expected.length];
            var look = new NativeConvolution.Look();
            assertTrue(NativeConvolution.made(p.sizes(2, true), ((Storage.Floats) x.cell.storage).array, 0,
                    ((Storage.Floats) w.cell.storage).array, 0, late, 3, found, look), p.toString());
            assertTrue(look.isFinite());
            assertArrayEquals(expected, found, p.toString());
            Tensor bias = Tensor.of(new Storage.Floats(java.util.Arrays.copyOfRange(late, 3, late.length)), Shape.of(p.channelsOut()), Flavour.PLAIN);
            var made = (Tensor) Convolving.BIASED.forward(p, new Value[] {x, w, bias});
            assertEquals(p.outShape(), made.shape());
            assertArrayEquals(expected, ((Storage.Floats) made.cell.storage).array, p.toString());
        }
    }

    private static boolean natively(Places p, int gives, Tensor a, Tensor b, float[] found) {
        return NativeConvolution.made(p.sizes(gives), ((Storage.Floats) a.cell.storage).array, 0, ((Storage.Floats) b.cell.storage).array, 0, null, 0, found, null);
    }

    @Test
    void oneThreadAndThreeGiveTheSameBits() {
        Places p = KINDS[0];
        var random = new Random(3);
        for (int gives = 0; gives < 3; gives++) {
            Tensor a = filled(gives == 0 ? p.outShape() : p.inShape(), 1);
            Tensor b = filled(gives == 1 ? p.outShape() : p.kernelShape(), 2);
            for (Tensor t : new Tensor[] {a, b}) {
                float[] values = ((Storage.Floats) t.cell.storage).array;
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextGaussian();
                }
            }
            int before = Threads.limit();
            float[] one = new float[(int) (gives == 0 ? p.inShape() : gives == 1 ? p.kernelShape() : p.outShape()).size()];
            float[] three = new float[one.length];
            try {
                Threads.limit(1);
                assertTrue(natively(p, gives, a, b, one));
                Threads.limit(3);
                assertTrue(natively(p, gives, a, b, three));
            } finally {
                Threads.limit(before);
            }
            assertArrayEquals(one, three);
        }
    }

    /** What is nan or infinite comes out as without the library. */
    @Test
    void infinitiesAreTheOnesOfTheOtherWay() {
        Places p = KINDS[0];
        Tensor x = filled(p.inShape(), 1);
        Tensor w = filled(p.kernelShape(), 2);
        ((Storage.Floats) w.cell.storage).array[0] = Float.POSITIVE_INFINITY;
        ((Storage.Floats) x.cell.storage).array[5] = Float.NaN;
        var made = (Tensor) Convolving.CONVOLUTION.forward(p, new Value[] {x, w});
        float[] expected = ((Storage.Floats) new Multiplying.Floats(p, x, w, 2).result()).array;
        assertEquals(DType.FLOAT32, made.dtype());
        assertArrayEquals(expected, ((Storage.Floats) made.cell.storage).array);
        Tensor bias = filled(Shape.of(p.channelsOut()), 3);
        made = (Tensor) Convolving.BIASED.forward(p, new Value[] {x, w, bias});
        int plane = expected.length / p.batch() / p.channelsOut();
        for (int i = 0; i < expected.length; i++) {
            expected[i] += ((Storage.Floats) bias.cell.storage).array[i / plane % p.channelsOut()];
        }
        assertArrayEquals(expected, ((Storage.Floats) made.cell.storage).array);
    }
}
