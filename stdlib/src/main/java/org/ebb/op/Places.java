package org.ebb.op;

import org.ebb.kernel.NativeConvolution;
import org.ebb.tensor.Shape;
import org.ebb.tensor.TensorException;

/**
 * Where the windows of a convolution lie: place {@code o} of the output sees, with element {@code k} of the kernel, place
 * {@code o * stride + k * dilation - padding} of the input, in every direction. Channels fall into {@code groups} that do not
 * see each other. {@code strong}: which operand is a cotangent, whose exact zeros contribute nothing; -1 for none.
 */
record Places(long[] in, long[] kernel, long[] out, long[] stride, long[] padding, long[] dilation, int batch, int channelsIn,
              int channelsOut, int groups, int strong) {

    Places strong(int operand) {
        return new Places(in, kernel, out, stride, padding, dilation, batch, channelsIn, channelsOut, groups, operand);
    }

    /** The same for the native library. */
    NativeConvolution.Sizes sizes(int gives) {
        return sizes(gives, false);
    }

    /** {@code biased}: an element is added to each channel of the result. */
    NativeConvolution.Sizes sizes(int gives, boolean biased) {
        return new NativeConvolution.Sizes(gives, batch, channelsIn, channelsOut, groups, in, kernel, out, stride, padding, dilation, biased);
    }

    static int size(long[] dims) {
        long size = 1;
        for (long d : dims) {
            size = Placing.product(size, d);
        }
        return Placing.count(size);
    }

    Shape inShape() {
        return shape(batch, channelsIn, in);
    }

    Shape outShape() {
        return shape(batch, channelsOut, out);
    }

    Shape kernelShape() {
        return shape(channelsOut, channelsIn / groups, kernel);
    }

    private static Shape shape(long first, long second, long[] rest) {
        long[] dims = new long[rest.length + 2];
        dims[0] = first;
        dims[1] = second;
        System.arraycopy(rest, 0, dims, 2, rest.length);
        return Shape.of(dims);
    }

    /** Is the matrix of windows the input itself? */
    boolean isPointwise() {
        for (int d = 0; d < in.length; d++) {
            if (kernel[d] != 1 || stride[d] != 1 || padding[d] != 0 || in[d] != out[d]) {
                return false;
            }
        }
        return true;
    }

    /** One number for each direction, from an int or a tuple. */
    static long[] each(String op, String option, Object given, int directions, long least) {
        long[] values = Arguments.integers(op, option, given);
        if (values.length != 1 && values.length != directions) {
            throw new TensorException.BadValue(op + ": " + option + " needs " + directions + " numbers, not " + values.length);
        }
        long[] all = new long[directions];
        for (int d = 0; d < directions; d++) {
            all[d] = values[values.length == 1 ? 0 : d];
            if (all[d] < least || all[d] > Integer.MAX_VALUE) {
                throw new TensorException.BadValue(op + ": " + option + " must lie between " + least + " and "
                        + Integer.MAX_VALUE + ", but is " + all[d]);
            }
        }
        return all;
    }

    /** The sizes after the first two axes. */
    static long[] places(Shape shape) {
        long[] places = new long[shape.rank() - 2];
        for (int d = 0; d < places.length; d++) {
            places[d] = shape.dim(d + 2);
        }
        return places;
    }
}
