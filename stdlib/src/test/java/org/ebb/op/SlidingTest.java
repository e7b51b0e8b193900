package org.ebb.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;
import org.junit.jupiter.api.Test;

/** Windows that slide give what the matrix of windows gives, for all three parts of a convolution. */
class SlidingTest {

    private final Random random = new Random(5);

    private Tensor filled(long... dims) {
        Tensor x = Tensor.zeros(DType.FLOAT32, Shape.of(dims), Flavour.PLAIN);
        for (long i = 0; i < x.size(); i++) {
            x.setDouble(i, random.nextGaussian());
        }
        return x;
    }

    /**
     * In float, up to 16,000 products of normal numbers in another order: a wrong place would show in the first digit. Many small images are laid
     * out together for the weights, with some left over.
     */
    @Test
    void areTheSumsOfTheMatrixOfWindows() {
        int slid = 0;
        for (int round = 0; round < 300; round++) {
            int rank = 1 + random.nextInt(3);
            int groups = 1 + random.nextInt(2);
            int in = groups * (1 + random.nextInt(5));
            int out = groups * (1 + random.nextInt(9));
            long[] x = new long[rank + 2];
            long[] w = new long[rank + 2];
            Object[] padding = new Object[rank];
            Object[] dilation = new Object[rank];
            x[0] = 1 + random.nextInt(round % 3 == 0 ? 16 : 4);
            x[1] = in;
            w[0] = out;
            w[1] = in / groups;
            for (int d = 0; d < rank; d++) {
                w[d + 2] = 1 + random.nextInt(3);
                dilation[d] = (long) 1 + random.nextInt(2);
                padding[d] = (long) random.nextInt(3);
                x[d + 2] = 5 + random.nextInt(6);
            }
            Tensor image = filled(x);
            Tensor weight = filled(w);
            Object pad = random.nextInt(4) == 0 ? "same" : padding;
            var p = (Places) Convolving.CONVOLUTION.prepare(new Object[] {1L, pad, dilation, (long) groups}, new Value[] {image, weight});
            Tensor y = filled(p.outShape().dims());
            Tensor[][] operands = {{y, weight}, {image, y}, {image, weight}};
            for (int gives = 0; gives < 3; gives++) {
                if (Sliding.fits(p, gives)) {
                    slid++;
                    Tensor a = operands[gives][0];
                    Tensor b = operands[gives][1];
                    double[] expected = doubles(new Multiplying.Floats(p, a, b, gives).result());
                    assertArrayEquals(expected, doubles(Sliding.result(p, a, b, gives)), 1e-3, "part " + gives + " of " + p);
                }
            }
        }
        assertTrue(slid > 300, slid + " of 900 slid");
    }

    /** Of images with one channel, which no library's code is asked for on every machine; so many that they are cut into parts. */
    @Test
    void giveTheWeightsOfManyImagesWithOneChannel() {
        Tensor x = filled(64, 1, 21, 23);
        Tensor w = filled(8, 1, 5, 5);
        var p = (Places) Convolving.CONVOLUTION.prepare(new Object[] {1L, 2L, 1L, 1L}, new Value[] {x, w});
        Tensor y = filled(p.outShape().dims());
        double[] expected = doubles(new Multiplying.Floats(p, x, y, 1).result());
        assertArrayEquals(expected, ((Tensor) Convolving.WEIGHTS.forward(p, new Value[] {x, y})).toDoubles(), 5e-3);
    }

    /** Zeros between the rows and around the image meet everything, but must not make nan of it. */
    @Test
    void leaveInfinityWhereItIs() {
        Tensor x = filled(1, 1, 4, 5);
        Tensor w = filled(1, 1, 3, 3);
        Tensor y = filled(1, 1, 4, 5);
        x.setDouble(4, Double.POSITIVE_INFINITY);
        var p = (Places) Convolving.CONVOLUTION.prepare(new Object[] {1L, 1L, 1L, 1L}, new Value[] {x, w});
        double[] found = ((Tensor) Convolving.WEIGHTS.forward(p, new Value[] {x, y})).toDoubles();
        double[] expected = doubles(new Multiplying.Floats(p, x, y, 1).result());
        assertArrayEquals(expected, found, 1e-5);
        assertEquals(Double.POSITIVE_INFINITY, Math.abs(found[4]));
        assertTrue(java.util.Arrays.stream(found).anyMatch(Double::isFinite));
    }

    private static double[] doubles(org.ebb.tensor.Storage storage) {
        return Tensor.of(storage, Shape.of(storage.length()), Flavour.PLAIN).toDoubles();
    }
}
