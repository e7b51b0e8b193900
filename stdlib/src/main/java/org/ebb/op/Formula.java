package org.ebb.op;

import java.util.function.Supplier;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Value;

/**
 * An expression over the inputs and the result of an elementwise row: the language in which slopes are written. One formula
 * serves the tape's sweep over plain doubles, rules on tensors through a {@link Trace} (so that they record), and derived
 * block programs.
 */
public abstract sealed class Formula {

    /** First, second and third input, and the row's own result. */
    public static final Formula X = new Variable(0), Y = new Variable(1), Z = new Variable(2), OUT = new Variable(3);

    /** Slopes that are never multiplied. */
    public static final Formula ONE = new Number(1), MINUS_ONE = new Number(-1);

    /** The formula's value for one element; allocates nothing. */
    public abstract double value(double x, double y, double z, double out);

    /** How the value changes where its variables change, for one element of a row of two inputs; allocates nothing. */
    abstract double along(double x, double y, double out, double dx, double dy, double dout);

    /** The formula's value for whole inputs, computed by rows that {@code t} applies. */
    public abstract Value value(Trace t, Value[] inputs, Value out);

    /** Which variables occur: bit k for input k, bit 3 for the result. */
    public abstract int reads();

    public static final class Variable extends Formula {
        public final int index;

        private Variable(int index) {
            this.index = index;
        }

        @Override
        public double value(double x, double y, double z, double out) {
            return switch (index) {
                case 0 -> x;
                case 1 -> y;
                case 2 -> z;
                default -> out;
            };
        }

        @Override
        double along(double x, double y, double out, double dx, double dy, double dout) {
            return value(dx, dy, 0, dout);
        }

        @Override
        public Value value(Trace t, Value[] inputs, Value out) {
            return index == 3 ? out : inputs[index];
        }

        @Override
        public int reads() {
            return 1 << index;
        }
    }

    public static final class Number extends Formula {
        public final double number;
        private final Scalar scalar;

        private Number(double number) {
            this.number = number;
            this.scalar = Scalar.of(number);
        }

        @Override
        public double value(double x, double y, double z, double out) {
            return number;
        }

        @Override
        double along(double x, double y, double out, double dx, double dy, double dout) {
            return 0;
        }

        @Override
        public Value value(Trace t, Value[] inputs, Value out) {
            return scalar;
        }

        @Override
        public int reads() {
            return 0;
        }
    }

    /** A row applied to formulas. The row is asked for late: families may refer to each other before they are initialised. */
    public static final class Apply extends Formula {
        private final Supplier<Elementwise> row;
        private final Formula[] arguments;

        private Apply(Supplier<Elementwise> row, Formula... arguments) {
            this.row = row;
            this.arguments = arguments;
        }

        public Elementwise row() {
            return row.get();
        }

        public Formula argument(int k) {
            return arguments[k];
        }

        @Override
        public double value(double x, double y, double z, double out) {
            double a = arguments[0].value(x, y, z, out);
            if (arguments.length == 1) {
                return row.get().apply(a);
            }
            double b = arguments[1].value(x, y, z, out);
            return arguments.length == 2 ? row.get().apply(a, b) : row.get().apply(a, b, arguments[2].value(x, y, z, out));
        }

        @Override
        double along(double x, double y, double out, double dx, double dy, double dout) {
            Elementwise op = row.get();
            double a = arguments[0].value(x, y, 0, out);
            double da = arguments[0].along(x, y, out, dx, dy, dout);
            if (arguments.length == 1) {
                return op.pull(0, da, a, 0, op.apply(a));
            }
            double b = arguments[1].value(x, y, 0, out);
            double db = arguments[1].along(x, y, out, dx, dy, dout);
            if (arguments.length > 2) {
                double c = arguments[2].value(x, y, 0, out);
                double value = op.apply(a, b, c);
                return op.push(0, da, a, b, c, value) + op.push(1, db, a, b, c, value)
                        + op.push(2, arguments[2].along(x, y, out, dx, dy, dout), a, b, c, value);
            }
            double value = op.apply(a, b);
            return op.pull(0, da, a, b, value) + op.pull(1, db, a, b, value);
        }

        @Override
        public Value value(Trace t, Value[] inputs, Value out) {
            var values = new Value[arguments.length];
            for (int k = 0; k < values.length; k++) {
                values[k] = arguments[k].value(t, inputs, out);
            }
            return t.apply(row.get(), null, values);
        }

        @Override
        public int reads() {
            int reads = 0;
            for (Formula argument : arguments) {
                reads |= argument.reads();
            }
            return reads;
        }
    }

    /** The number from which the square of the result is taken where that is the whole formula; nan for others. */
    double lessSquareOfResult() {
        return this instanceof Apply a && a.arguments.length == 2 && a.arguments[0] instanceof Number n
                && a.arguments[1] instanceof Apply b && b.arguments[0] == OUT && b.row() == Arithmetic.SQUARE && a.row() == Arithmetic.SUB
                ? n.number : Double.NaN;
    }

    public static Formula number(double number) {
        return new Number(number);
    }

    public static Formula apply(Supplier<Elementwise> row, Formula... arguments) {
        return new Apply(row, arguments);
    }

    public static Formula add(Formula a, Formula b) {
        return apply(() -> Arithmetic.ADD, a, b);
    }

    public static Formula add(double a, Formula b) {
        return add(number(a), b);
    }

    public static Formula sub(Formula a, Formula b) {
        return apply(() -> Arithmetic.SUB, a, b);
    }

    public static Formula sub(double a, Formula b) {
        return sub(number(a), b);
    }

    public static Formula mul(Formula a, Formula b) {
        return apply(() -> Arithmetic.MUL, a, b);
    }

    public static Formula mul(double a, Formula b) {
        return mul(number(a), b);
    }

    public static Formula div(Formula a, Formula b) {
        return apply(() -> Arithmetic.DIV, a, b);
    }

    public static Formula div(double a, Formula b) {
        return div(number(a), b);
    }

    public static Formula neg(Formula a) {
        return apply(() -> Arithmetic.NEG, a);
    }

    public static Formula square(Formula a) {
        return apply(() -> Arithmetic.SQUARE, a);
    }

    public static Formula reciprocal(Formula a) {
        return apply(() -> Arithmetic.RECIPROCAL, a);
    }

    public static Formula sqrt(Formula a) {
        return apply(() -> Functions.SQRT, a);
    }

    public static Formula scale(Formula a, Formula b) {
        return apply(() -> Slopes.SCALE, a, b);
    }
}
