package org.ebb.op;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An elementwise expression as straight-line steps: each applies one row to earlier values, element by element, so that all of it can run
 * over a block of elements while they are in the cache. Immutable, and the same for all shapes.
 *
 * <p>Values are numbered: first the inputs, then the constants, then the steps. The derivatives of a program are programs again, which
 * compute what they need of the forward values anew instead of keeping it.
 */
public final class BlockProgram {

    /** One use of a row. */
    record Step(Elementwise row, int[] arguments) {}

    final int inputs;
    final double[] constants;
    final Step[] steps;

    /** The numbers of the values that the program gives. */
    final int[] outputs;

    /** For each step the register its result goes to; a register is free again after the last use of what it holds. */
    final int[] register;
    final int registers;

    /** For each step: is it a product that only the next step reads, for a sum or difference with something else? */
    final boolean[] scales;

    /** The programs that derivatives are, made when they are first asked for. */
    private final ConcurrentHashMap<Derived, BlockProgram> derived = new ConcurrentHashMap<>(2);

    private enum Mode { PULLED, AHEAD, PUSHED, SECOND }

    /** Which derivative: for sets of inputs as bits; see the methods of the modes' names. */
    private record Derived(Mode mode, long wanted, long given, long values, boolean plain, boolean unit) {}

    BlockProgram(int inputs, double[] constants, Step[] steps, int[] outputs) {
        this.inputs = inputs;
        this.constants = constants;
        this.steps = steps;
        this.outputs = outputs;
        this.register = new int[steps.length];
        this.registers = allocate();
        this.scales = new boolean[steps.length];
        for (int s = 0; s + 1 < steps.length; s++) {
            scales[s] = scales(s);
        }
    }

    private boolean scales(int s) {
        int product = first() + s;
        Step next = steps[s + 1];
        if (steps[s].row != Arithmetic.MUL || next.row != Arithmetic.ADD && next.row != Arithmetic.SUB
                || (next.arguments[0] == product) == (next.arguments[1] == product)) {
            return false;
        }
        for (int later = s + 2; later < steps.length; later++) {
            if (Arrays.stream(steps[later].arguments).anyMatch(argument -> argument == product)) {
                return false;
            }
        }
        return Arrays.stream(outputs).noneMatch(output -> output == product);
    }

    /** More inputs than this are not told apart by the bits of a long. */
    public static final int MOST_INPUTS = 60;

    int first() {
        return inputs + constants.length;
    }

    private int allocate() {
        int[] last = new int[first() + steps.length];
        for (int s = 0; s < steps.length; s++) {
            for (int argument : steps[s].arguments) {
                last[argument] = s;
            }
        }
        for (int output : outputs) {
            last[output] = steps.length;
        }
        int used = 0;
        var free = new java.util.ArrayDeque<Integer>();
        for (int s = 0; s < steps.length; s++) {
            register[s] = free.isEmpty() ? used++ : free.pop();
            int[] arguments = steps[s].arguments;
            for (int k = 0; k < arguments.length; k++) {
                int from = arguments[k] - first();
                if (from >= 0 && last[arguments[k]] == s && isFirst(arguments, k)) {
                    free.push(register[from]);
                }
            }
        }
        return used;
    }

    private static boolean isFirst(int[] arguments, int k) {
        for (int j = 0; j < k; j++) {
            if (arguments[j] == arguments[k]) {
                return false;
            }
        }
        return true;
    }

    /** Does the result depend on an input smoothly anywhere? */
    boolean differentiable() {
        return Arrays.stream(steps).anyMatch(step -> step.row.differentiable());
    }

    /**
     * The cotangents of the inputs whose bits are set in {@code wanted}, in order. The program takes one input more: the cotangent of the
     * result.
     */
    BlockProgram pulled(long wanted) {
        return derived.computeIfAbsent(new Derived(Mode.PULLED, wanted, 0, 0, false, false), d -> pull(d, true));
    }

    /** The same, multiplying plainly, and for a cotangent of 1 everywhere if {@code unit}; see {@link Op#pull}. */
    BlockProgram pulledPlainly(long wanted, boolean unit) {
        return derived.computeIfAbsent(new Derived(Mode.PULLED, wanted, 0, 0, true, unit), d -> pull(d, true));
    }

    /** The result, and after it the outputs of {@link #pulledPlainly}. */
    BlockProgram ahead(long wanted, boolean unit) {
        return derived.computeIfAbsent(new Derived(Mode.AHEAD, wanted, 0, 0, true, unit), d -> pull(d, true));
    }

    /** The tangent of the result. The program takes more inputs: a tangent for each bit that is set in {@code given}, in order. */
    BlockProgram pushed(long given) {
        return derived.computeIfAbsent(new Derived(Mode.PUSHED, 0, given, 0, false, false), this::push);
    }

    /** The same, multiplying plainly. */
    BlockProgram pushedPlainly(long given) {
        return derived.computeIfAbsent(new Derived(Mode.PUSHED, 0, given, 0, true, false), this::push);
    }

    /**
     * How the cotangents of {@code wanted} inputs change along a direction, after the cotangents themselves of those that are among
     * {@code values} too. Multiplies plainly. The program takes more inputs: the cotangent of the result (that is 1 everywhere if
     * {@code unit}), then a tangent for each bit that is set in {@code given}, where the bit after the last input's stands for the cotangent's.
     */
    BlockProgram second(long wanted, long given, long values, boolean unit) {
        return derived.computeIfAbsent(new Derived(Mode.SECOND, wanted, given, values, true, unit), d -> {
            long kept = 0;
            int output = 0;
            for (int k = 0; k < inputs; k++) {
                if ((d.wanted >> k & 1) != 0) {
                    kept |= (d.values >> k & 1) << output++;
                }
            }
            return pull(d, false).push(new Derived(Mode.PUSHED, 0, d.given, kept, true, false));
        });
    }

    /** {@code last}: the program's outputs are those that somebody sees, so a -0 becomes 0, as the strong product makes it. */
    private BlockProgram pull(Derived d, boolean last) {
        var b = new BlockBuilder(inputs + 1);
        int[] values = copy(b);
        boolean[] needs = dependOn(d.wanted);
        int[] adjoints = new int[values.length];
        Arrays.fill(adjoints, BlockBuilder.NONE);
        adjoints[outputs[0]] = d.unit ? b.constant(1) : inputs;
        for (int s = steps.length - 1; s >= 0; s--) {
            int g = adjoints[first() + s];
            if (g == BlockBuilder.NONE) {
                continue;
            }
            Step step = steps[s];
            for (int k = 0; k < step.arguments.length; k++) {
                int to = step.arguments[k];
                if (needs[to] && step.row.slope(k) != null) {
                    int term = times(b, step, k, values, first() + s, g, d.plain);
                    adjoints[to] = adjoints[to] == BlockBuilder.NONE ? term : b.step(Arithmetic.ADD, adjoints[to], term);
                }
            }
        }
        int next = d.mode == Mode.AHEAD ? 1 : 0;
        int[] gives = new int[next + Long.bitCount(d.wanted)];
        if (d.mode == Mode.AHEAD) {
            gives[0] = values[outputs[0]];
        }
        for (int k = 0; k < inputs; k++) {
            if ((d.wanted >> k & 1) != 0) {
                int gradient = adjoints[k] == BlockBuilder.NONE ? b.constant(0) : adjoints[k];
                gives[next++] = d.plain && last ? b.unsigned(gradient) : gradient;
            }
        }
        return b.build(gives);
    }

    /** The tangents of all outputs, after those of the outputs themselves whose bits are set in {@code d.values}. */
    private BlockProgram push(Derived d) {
        var b = new BlockBuilder(inputs + Long.bitCount(d.given));
        int[] values = copy(b);
        int[] tangents = new int[values.length];
        Arrays.fill(tangents, BlockBuilder.NONE);
        int next = inputs;
        for (int k = 0; k < inputs; k++) {
            if ((d.given >> k & 1) != 0) {
                tangents[k] = next++;
            }
        }
        for (int s = 0; s < steps.length; s++) {
            Step step = steps[s];
            int sum = BlockBuilder.NONE;
            for (int k = 0; k < step.arguments.length; k++) {
                int tangent = tangents[step.arguments[k]];
                if (tangent != BlockBuilder.NONE && step.row.slope(k) != null) {
                    int term = times(b, step, k, values, first() + s, tangent, d.plain);
                    sum = sum == BlockBuilder.NONE ? term : b.step(Arithmetic.ADD, sum, term);
                }
            }
            tangents[first() + s] = sum;
        }
        int[] gives = new int[Long.bitCount(d.values) + outputs.length];
        next = 0;
        for (int k = 0; k < outputs.length; k++) {
            if ((d.values >> k & 1) != 0) {
                gives[next++] = b.unsigned(values[outputs[k]]);
            }
        }
        for (int output : outputs) {
            int tangent = tangents[output] == BlockBuilder.NONE ? b.constant(0) : tangents[output];
            gives[next++] = d.plain ? b.unsigned(tangent) : tangent;
        }
        return b.build(gives);
    }

    /** The forward steps in another program; the numbers of the values there. */
    private int[] copy(BlockBuilder b) {
        int[] values = new int[first() + steps.length];
        for (int k = 0; k < inputs; k++) {
            values[k] = k;
        }
        for (int k = 0; k < constants.length; k++) {
            values[inputs + k] = b.constant(constants[k]);
        }
        for (int s = 0; s < steps.length; s++) {
            int[] arguments = steps[s].arguments.clone();
            for (int k = 0; k < arguments.length; k++) {
                arguments[k] = values[arguments[k]];
            }
            values[first() + s] = b.step(steps[s].row, arguments);
        }
        return values;
    }

    private boolean[] dependOn(long wanted) {
        boolean[] depends = new boolean[first() + steps.length];
        for (int k = 0; k < inputs; k++) {
            depends[k] = (wanted >> k & 1) != 0;
        }
        for (int s = 0; s < steps.length; s++) {
            for (int argument : steps[s].arguments) {
                depends[first() + s] |= depends[argument];
            }
        }
        return depends;
    }

    /** The product of {@code g}, strong unless {@code plain}, with the slope of a step with respect to its argument {@code k}. */
    private static int times(BlockBuilder b, Step step, int k, int[] values, int own, int g, boolean plain) {
        Formula slope = step.row.slope(k);
        if (slope == Formula.ONE) {
            return g;
        }
        if (slope == Formula.MINUS_ONE) {
            return b.step(Arithmetic.NEG, g);
        }
        int[] arguments = new int[step.arguments.length];
        for (int j = 0; j < arguments.length; j++) {
            arguments[j] = values[step.arguments[j]];
        }
        Elementwise product = step.row.gates(k) ? Slopes.GATE : plain ? Arithmetic.MUL : Slopes.SCALE;
        return b.step(product, g, b.formula(slope, arguments, values[own]));
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int s = 0; s < steps.length; s++) {
            text.append(first() + s).append(" = ").append(steps[s].row.name).append(Arrays.toString(steps[s].arguments)).append("; ");
        }
        return inputs + " inputs, " + Arrays.toString(constants) + "; " + text + "gives " + Arrays.toString(outputs);
    }
}
