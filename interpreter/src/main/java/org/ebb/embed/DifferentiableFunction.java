package org.ebb.embed;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.graalvm.polyglot.Value;

/**
 * A function of a script as a Java program wants it: of n numbers, with its derivatives. From {@link Script#function} or
 * {@link Script#vectorFunction}. Any number of threads may call it.
 *
 * <p>{@link #value}, {@link #gradient} and the batches ask for a function that returns one number; {@link #outputs} and {@link #jacobian} take
 * any number of them, in a tuple, list or tensor. Points of a batch lie one after the other in an array: input j of point k is
 * {@code points[k * inputs() + j]}. A batch is much cheaper than as many calls. Numbers are double both ways; NaN and infinity pass as they are.
 *
 * <pre>{@code
 * DifferentiableFunction f = ebb.compile("def f(x, y):\n    return x * x * y").function("f");
 * double[] slopes = new double[2];
 * double value = f.valueAndGradient(new double[] {3, 2}, slopes);      // 18.0; 12.0, 9.0
 *
 * double[] points = {3, 2,   1, 5};
 * double[] values = new double[2];
 * double[] gradients = new double[4];
 * f.gradients(points, values, gradients);                              // 18.0, 5.0; 12.0, 9.0, 10.0, 1.0
 *
 * f.hessianVectorProduct(new double[] {3, 2}, new double[] {1, 0});    // 4.0, 6.0
 * }</pre>
 *
 * <p>All methods throw {@link EbbException} where the script fails or a limit is reached, {@link IllegalArgumentException} for arrays of
 * lengths that do not fit (then nothing has run), and {@link IllegalStateException} once the {@link Ebb} is closed.
 */
public final class DifferentiableFunction {

    private final Script script;
    private final String name;
    private final int inputs;
    private final boolean whole;
    private final ThreadLocal<Doors> doors = new ThreadLocal<>();

    /** {@code inputs} below 0: as many as there are parameters. */
    DifferentiableFunction(Script script, String name, int inputs, boolean whole) {
        this.script = script;
        this.name = name;
        this.whole = whole;
        Program program = script.ebb().program();
        this.inputs = inputs > 0 ? inputs : program.run(() -> (int) program.embed().invokeMember("parameters", script.find(program, name)).asLong());
        if (this.inputs < 1) {
            throw new IllegalArgumentException("function '" + name + "' does not say how many numbers it takes: use function(name, inputs)");
        }
        doors();
    }

    /** How many numbers it takes. */
    public int inputs() {
        return inputs;
    }

    /** Its name in the script. */
    public String name() {
        return name;
    }

    /** The function's value. */
    public double value(double... x) {
        Doors here = doors();
        take(here, x);
        here.program.execute(here.value());
        return here.value[0];
    }

    /** The slopes along all inputs. */
    public double[] gradient(double... x) {
        double[] gradient = new double[inputs];
        valueAndGradient(x, gradient);
        return gradient;
    }

    /**
     * The value, and the slopes into an array of the caller's.
     *
     * @param gradientOut of length {@link #inputs}
     */
    public double valueAndGradient(double[] x, double[] gradientOut) {
        fits("gradientOut", gradientOut, inputs);
        Doors here = doors();
        take(here, x);
        here.program.execute(here.gradient());
        System.arraycopy(here.gradient, 0, gradientOut, 0, inputs);
        return here.value[0];
    }

    /** The values at many points. {@code valuesOut} has one place for each; its length says how many there are. */
    public void values(double[] points, double[] valuesOut) {
        int count = count(points, valuesOut);
        Doors here = doors();
        here.program.execute(here.value(), points, valuesOut, null, count);
    }

    /** The values at many points, an array for each. */
    public void values(double[][] points, double[] valuesOut) {
        values(flat(points, valuesOut), valuesOut);
    }

    /**
     * The values and gradients at many points.
     *
     * @param valuesOut one place for each point
     * @param gradientsOut as long as {@code points}, and in the same order
     */
    public void gradients(double[] points, double[] valuesOut, double[] gradientsOut) {
        int count = count(points, valuesOut);
        fits("gradientsOut", gradientsOut, points.length);
        Doors here = doors();
        here.program.execute(here.gradient(), points, valuesOut, gradientsOut, count);
    }

    /** The values and gradients at many points, an array for each. */
    public void gradients(double[][] points, double[] valuesOut, double[][] gradientsOut) {
        double[] flat = flat(points, valuesOut);
        if (Objects.requireNonNull(gradientsOut, "gradientsOut").length != points.length) {
            throw new IllegalArgumentException("gradientsOut has " + gradientsOut.length + " arrays for " + points.length + " points");
        }
        for (double[] one : gradientsOut) {
            fits("an array of gradientsOut", one, inputs);
        }
        double[] slopes = new double[flat.length];
        gradients(flat, valuesOut, slopes);
        for (int k = 0; k < points.length; k++) {
            System.arraycopy(slopes, k * inputs, gradientsOut[k], 0, inputs);
        }
    }

    /** All numbers that the function returns. */
    public double[] outputs(double... x) {
        return array(x, embed -> embed.invokeMember("outputs", function(), inputs, whole, x));
    }

    /** The slopes of all numbers that the function returns: a row for each. */
    public double[][] jacobian(double... x) {
        double[] all = array(x, embed -> embed.invokeMember("jacobian", function(), inputs, whole, x));
        double[][] rows = new double[all.length / (inputs + 1)][inputs];
        fill(all, rows);
        return rows;
    }

    /** The numbers that the function returns, and their slopes into an array of the caller's, a row for each. */
    public double[] outputsAndJacobian(double[] x, double[][] jacobianOut) {
        for (double[] row : Objects.requireNonNull(jacobianOut, "jacobianOut")) {
            fits("a row of jacobianOut", row, inputs);
        }
        double[] all = array(x, embed -> embed.invokeMember("jacobian", function(), inputs, whole, x));
        int rows = all.length / (inputs + 1);
        if (jacobianOut.length != rows) {
            throw new IllegalArgumentException("jacobianOut has " + jacobianOut.length + " rows, the function " + rows + " outputs");
        }
        fill(all, jacobianOut);
        return Arrays.copyOf(all, rows);
    }

    private void fill(double[] all, double[][] rows) {
        for (int k = 0; k < rows.length; k++) {
            System.arraycopy(all, rows.length + k * inputs, rows[k], 0, inputs);
        }
    }

    /** The second derivatives times a direction: how the gradient changes along it. No Hessian is made. */
    public double[] hessianVectorProduct(double[] x, double[] direction) {
        fits("direction", direction, inputs);
        return array(x, embed -> embed.invokeMember("product", function(), inputs, whole, x, direction));
    }

    private double[] array(double[] x, Function<Value, Value> ask) {
        fits("x", x, inputs);
        Program program = doors().program;
        return program.run(() -> ask.apply(program.embed()).asHostObject());
    }

    private Value function() {
        return doors().function;
    }

    private void take(Doors here, double[] x) {
        fits("x", x, inputs);
        System.arraycopy(x, 0, here.point, 0, inputs);
    }

    private void fits(String what, double[] array, int length) {
        if (Objects.requireNonNull(array, what).length != length) {
            throw new IllegalArgumentException("function '" + name + "' of " + inputs + " inputs: " + what + " has length " + array.length + ", not " + length);
        }
    }

    private int count(double[] points, double[] valuesOut) {
        fits("points", points, Math.multiplyExact(Objects.requireNonNull(valuesOut, "valuesOut").length, inputs));
        return valuesOut.length;
    }

    private double[] flat(double[][] points, double[] valuesOut) {
        if (Objects.requireNonNull(points, "points").length != Objects.requireNonNull(valuesOut, "valuesOut").length) {
            throw new IllegalArgumentException("valuesOut has length " + valuesOut.length + " for " + points.length + " points");
        }
        double[] flat = new double[Math.multiplyExact(points.length, inputs)];
        for (int k = 0; k < points.length; k++) {
            fits("a point", points[k], inputs);
            System.arraycopy(points[k], 0, flat, k * inputs, inputs);
        }
        return flat;
    }

    private Doors doors() {
        Doors known = doors.get();
        if (known == null || !known.program.isAlive()) {
            Program program = script.ebb().program();
            known = new Doors(program, program.run(() -> script.find(program, name)));
            doors.set(known);
        }
        return known;
    }

    /** The function in the program of one thread, and arrays that both sides know. */
    private final class Doors {
        final Program program;
        final Value function;
        final double[] point = new double[inputs];
        final double[] value = new double[1];
        final double[] gradient = new double[inputs];
        private Value valueDoor;
        private Value gradientDoor;

        Doors(Program program, Value function) {
            this.program = program;
            this.function = function;
        }

        Value value() {
            return valueDoor != null ? valueDoor : (valueDoor = door(false));
        }

        Value gradient() {
            return gradientDoor != null ? gradientDoor : (gradientDoor = door(true));
        }

        private Value door(boolean slopes) {
            return program.run(() -> program.embed().invokeMember("door", function, inputs, whole, slopes, point, value, gradient));
        }
    }
}
