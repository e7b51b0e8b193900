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

    private final ConcurrentHashMap<Long, BlockProgram> pulled = new ConcurrentHashMap<>(2);
    private final ConcurrentHashMap<Long, BlockProgram> pushed = new ConcurrentHashMap<>(2);

    BlockProgram(int inputs, double[] constants, Step[] steps, int[] outputs) {
        this.inputs = inputs;
        this.constants = constants;
        this.steps = steps;
        this.outputs = outputs;
        this.register = new int[steps.length];
        this.registers = allocate();
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
        return pulled.computeIfAbsent(wanted, this::pull);
    }

    /** The tangent of the result. The program takes more inputs: a tangent for each bit that is set in {@code given}, in order. */
    BlockProgram pushed(long given) {
        return pushed.computeIfAbsent(given, this::push);
    }

    private BlockProgram pull(long wanted) {
        var b = new BlockBuilder(inputs + 1);
        int[] values = copy(b);
        boolean[] needs = dependOn(wanted);
        int[] adjoints = new int[values.length];
        Arrays.fill(adjoints, BlockBuilder.NONE);
        adjoints[outputs[0]] = inputs;
        for (int s = steps.length - 1; s >= 0; s--) {
            int g = adjoints[first() + s];
            if (g == BlockBuilder.NONE) {
                continue;
            }
            Step step = steps[s];
            for (int k = 0; k < step.arguments.length; k++) {
                int to = step.arguments[k];
                if (needs[to] && step.row.slope(k) != null) {
                    int term = times(b, step, k, values, first() + s, g);
                    adjoints[to] = adjoints[to] == BlockBuilder.NONE ? term : b.step(Arithmetic.ADD, adjoints[to], term);
                }
            }
        }
        int[] gives = new int[Long.bitCount(wanted)];
        int next = 0;
        for (int k = 0; k < inputs; k++) {
            if ((wanted >> k & 1) != 0) {
                gives[next++] = adjoints[k] == BlockBuilder.NONE ? b.constant(0) : adjoints[k];
            }
        }
        return b.build(gives);
    }

    private BlockProgram push(long given) {
        var b = new BlockBuilder(inputs + Long.bitCount(given));
        int[] values = copy(b);
        int[] tangents = new int[values.length];
        Arrays.fill(tangents, BlockBuilder.NONE);
        int next = inputs;
        for (int k = 0; k < inputs; k++) {
            if ((given >> k & 1) != 0) {
                tangents[k] = next++;
            }
        }
        for (int s = 0; s < steps.length; s++) {
            Step step = steps[s];
            int sum = BlockBuilder.NONE;
            for (int k = 0; k < step.arguments.length; k++) {
                int tangent = tangents[step.arguments[k]];
                if (tangent != BlockBuilder.NONE && step.row.slope(k) != null) {
                    int term = times(b, step, k, values, first() + s, tangent);
                    sum = sum == BlockBuilder.NONE ? term : b.step(Arithmetic.ADD, sum, term);
                }
            }
            tangents[first() + s] = sum;
        }
        int result = tangents[outputs[0]];
        return b.build(result == BlockBuilder.NONE ? b.constant(0) : result);
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

    /** The strong product of {@code g} with the slope of a step with respect to its argument {@code k}. */
    private static int times(BlockBuilder b, Step step, int k, int[] values, int own, int g) {
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
        return b.step(step.row.gates(k) ? Slopes.GATE : Slopes.SCALE, g, b.formula(slope, arguments, values[own]));
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
