package org.ebb.op;

import org.ebb.kernel.DoubleSlopes;
import org.ebb.kernel.FloatSlopes;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Storage;

/** A slope that is a number or has its elements ready, so that backward is one loop over tensors of one shape. */
public enum Ready {
    ONE, MINUS_ONE,

    /** The other of two inputs. */
    OTHER,
    RESULT,

    /** A number less the square of the result, as that of tanh. */
    LESS_SQUARE;

    /** Of a row's slopes; null for one that has to be computed. */
    static Ready[] of(Elementwise op) {
        if (op.gated || op.result == Elementwise.Result.TRUTH || op.arity > 2 || op.arity == 2 && op.binaryKernel == null) {
            return null;
        }
        Ready[] all = new Ready[op.arity];
        for (int k = 0; k < all.length; k++) {
            Formula slope = op.slope(k);
            if (slope == null || (all[k] = of(slope, all.length == 1 ? null : k == 0 ? Formula.Y : Formula.X)) == null) {
                return null;
            }
        }
        return all;
    }

    private static Ready of(Formula slope, Formula other) {
        if (slope == Formula.ONE) {
            return ONE;
        }
        if (slope == Formula.MINUS_ONE) {
            return MINUS_ONE;
        }
        if (slope == other) {
            return OTHER;
        }
        if (slope == Formula.OUT) {
            return RESULT;
        }
        return Double.isNaN(slope.lessSquareOfResult()) ? null : LESS_SQUARE;
    }

    /**
     * Adds the products of cotangents and slopes to a sum, or puts them there where they are the {@code first}; all are whole arrays of one
     * length and kind. Only what the slope is made of has to be there.
     *
     * @param number what stands for all elements of {@code other} where that is null
     * @param formula what this is of
     */
    public void pull(boolean first, Storage cotangent, Storage other, Scalar number, Storage result, Formula formula, Storage sum) {
        if (sum instanceof Storage.Floats s) {
            float[] g = ((Storage.Floats) cotangent).array;
            switch (this) {
                case ONE -> FloatSlopes.scaled(first, g, 0, 1, s.array, g.length);
                case MINUS_ONE -> FloatSlopes.scaled(first, g, 0, -1, s.array, g.length);
                case OTHER -> {
                    if (other == null) {
                        FloatSlopes.scaled(first, g, 0, (float) number.value, s.array, g.length);
                    } else {
                        FloatSlopes.times(first, g, 0, ((Storage.Floats) other).array, 0, 1, s.array, g.length);
                    }
                }
                case RESULT -> FloatSlopes.times(first, g, 0, ((Storage.Floats) result).array, 0, 1, s.array, g.length);
                case LESS_SQUARE -> FloatSlopes.lessSquare(first, g, 0, (float) formula.lessSquareOfResult(), ((Storage.Floats) result).array, 0,
                        s.array, g.length);
            }
        } else {
            double[] g = ((Storage.Doubles) cotangent).array;
            double[] to = ((Storage.Doubles) sum).array;
            switch (this) {
                case ONE -> DoubleSlopes.scaled(first, g, 0, 1, to, g.length);
                case MINUS_ONE -> DoubleSlopes.scaled(first, g, 0, -1, to, g.length);
                case OTHER -> {
                    if (other == null) {
                        DoubleSlopes.scaled(first, g, 0, number.value, to, g.length);
                    } else {
                        DoubleSlopes.times(first, g, 0, ((Storage.Doubles) other).array, 0, 1, to, g.length);
                    }
                }
                case RESULT -> DoubleSlopes.times(first, g, 0, ((Storage.Doubles) result).array, 0, 1, to, g.length);
                case LESS_SQUARE -> DoubleSlopes.lessSquare(first, g, 0, formula.lessSquareOfResult(), ((Storage.Doubles) result).array, 0, to, g.length);
            }
        }
    }
}
