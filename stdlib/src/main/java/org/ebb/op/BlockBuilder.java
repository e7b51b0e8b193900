package org.ebb.op;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a {@link BlockProgram}. What was computed before is not computed again, what only meets constants is computed at once, and what no
 * output needs is left out.
 */
public final class BlockBuilder {

    /** No value. */
    static final int NONE = -1;

    /** While the program is being written, constants and steps are numbered from here on, inputs from 0. */
    private static final int CONSTANTS = 1 << 20;
    private static final int STEPS = 1 << 21;

    private record Key(Elementwise row, List<Integer> arguments) {}

    private final int inputs;
    private final List<Double> constants = new ArrayList<>();
    private final Map<Long, Integer> knownConstants = new HashMap<>();
    private final List<BlockProgram.Step> steps = new ArrayList<>();
    private final Map<Key, Integer> knownSteps = new HashMap<>();

    public BlockBuilder(int inputs) {
        this.inputs = inputs;
    }

    public int constant(double value) {
        return knownConstants.computeIfAbsent(Double.doubleToRawLongBits(value), _ -> {
            constants.add(value);
            return CONSTANTS + constants.size() - 1;
        });
    }

    private static boolean isConstant(int value) {
        return value >= CONSTANTS && value < STEPS;
    }

    private double number(int constant) {
        return constants.get(constant - CONSTANTS);
    }

    private boolean is(int value, double number) {
        return isConstant(value) && number(value) == number;
    }

    private boolean isNegative(int value) {
        return value >= STEPS && steps.get(value - STEPS).row() == Arithmetic.NEG;
    }

    /** The value that a row makes of others. */
    public int step(Elementwise row, int... arguments) {
        if (row == Arithmetic.POW && is(arguments[1], 1)) {
            return arguments[0];
        }
        if (row == Arithmetic.POW && is(arguments[1], 2)) {
            return step(Arithmetic.SQUARE, arguments[0]);
        }
        if (row == Slopes.SCALE && isConstant(arguments[0]) && number(arguments[0]) != 0) {
            return step(Arithmetic.MUL, arguments);
        }
        if ((row == Slopes.SCALE || row == Arithmetic.MUL) && is(arguments[1], 1)) {
            return arguments[0];
        }
        if (row == Arithmetic.MUL && is(arguments[0], 1)) {
            return arguments[1];
        }
        if (row == Slopes.GATE && arguments[1] >= STEPS) {
            BlockProgram.Step slope = steps.get(arguments[1] - STEPS);
            if (slope.row() == Slopes.STEP) {
                return step(Slopes.PASS, arguments[0], slope.arguments()[0]);
            }
            if (slope.row() == Slopes.SHARE && is(slope.arguments()[1], 0)) {
                return step(Slopes.PASS_HALF, arguments[0], slope.arguments()[0]);
            }
        }
        if (row == Arithmetic.ADD && isNegative(arguments[1])) {
            return step(Arithmetic.SUB, arguments[0], steps.get(arguments[1] - STEPS).arguments()[0]);
        }
        if (row == Arithmetic.ADD && isNegative(arguments[0])) {
            return step(Arithmetic.SUB, arguments[1], steps.get(arguments[0] - STEPS).arguments()[0]);
        }
        boolean fixed = true;
        for (int argument : arguments) {
            fixed &= isConstant(argument);
        }
        if (fixed) {
            return constant(switch (row.arity) {
                case 1 -> row.apply(number(arguments[0]));
                case 2 -> row.apply(number(arguments[0]), number(arguments[1]));
                default -> row.apply(number(arguments[0]), number(arguments[1]), number(arguments[2]));
            });
        }
        return knownSteps.computeIfAbsent(new Key(row, java.util.Arrays.stream(arguments).boxed().toList()), _ -> {
            steps.add(new BlockProgram.Step(row, arguments));
            return STEPS + steps.size() - 1;
        });
    }

    /** The same value, with -0 made 0. */
    int unsigned(int value) {
        if (value < STEPS) {
            return step(Arithmetic.ADD, value, constant(0));
        }
        BlockProgram.Step last = steps.get(value - STEPS);
        if (last.row() == Arithmetic.NEG) {
            return step(Arithmetic.SUB, constant(0), last.arguments()[0]);
        }
        // A sum is -0 only where both parts are; what goes through a gate never is.
        boolean never = last.row() == Arithmetic.ADD || last.row() == Arithmetic.SUB || last.row() == Slopes.GATE || last.row() == Slopes.SCALE
                || last.row() == Slopes.PASS || last.row() == Slopes.PASS_HALF;
        return never ? value : step(Arithmetic.ADD, value, constant(0));
    }

    /** The value of a slope of a row that was applied to {@code arguments} and gave {@code out}. */
    int formula(Formula formula, int[] arguments, int out) {
        return switch (formula) {
            case Formula.Variable v -> v.index == 3 ? out : arguments[v.index];
            case Formula.Number n -> constant(n.number);
            case Formula.Apply a -> {
                int[] inner = new int[a.row().arity];
                for (int k = 0; k < inner.length; k++) {
                    inner[k] = formula(a.argument(k), arguments, out);
                }
                yield step(a.row(), inner);
            }
        };
    }

    public BlockProgram build(int... outputs) {
        boolean[] used = new boolean[steps.size()];
        boolean[] usedConstants = new boolean[constants.size()];
        for (int output : outputs) {
            mark(output, used, usedConstants);
        }
        for (int s = steps.size() - 1; s >= 0; s--) {
            if (used[s]) {
                for (int argument : steps.get(s).arguments()) {
                    mark(argument, used, usedConstants);
                }
            }
        }
        int[] number = new int[constants.size()];
        var kept = new ArrayList<Double>();
        for (int k = 0; k < number.length; k++) {
            number[k] = inputs + kept.size();
            if (usedConstants[k]) {
                kept.add(constants.get(k));
            }
        }
        int next = inputs + kept.size();
        int[] position = new int[steps.size()];
        var left = new ArrayList<BlockProgram.Step>();
        for (int s = 0; s < position.length; s++) {
            if (used[s]) {
                position[s] = next++;
                left.add(new BlockProgram.Step(steps.get(s).row(), renumbered(steps.get(s).arguments(), number, position)));
            }
        }
        return new BlockProgram(inputs, kept.stream().mapToDouble(Double::doubleValue).toArray(), left.toArray(BlockProgram.Step[]::new),
                renumbered(outputs, number, position));
    }

    private static void mark(int value, boolean[] steps, boolean[] constants) {
        if (value >= STEPS) {
            steps[value - STEPS] = true;
        } else if (isConstant(value)) {
            constants[value - CONSTANTS] = true;
        }
    }

    private static int[] renumbered(int[] values, int[] constants, int[] steps) {
        int[] result = new int[values.length];
        for (int k = 0; k < result.length; k++) {
            int value = values[k];
            result[k] = value >= STEPS ? steps[value - STEPS] : isConstant(value) ? constants[value - CONSTANTS] : value;
        }
        return result;
    }
}
