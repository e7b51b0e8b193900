package org.ebb.grad;

/** The nearest guard for an operation that gave nan or inf. */
final class Advice {

    private Advice() {}

    static String forward(String operation) {
        return "help: " + switch (operation) {
            case "log", "log2", "log10" -> "keep the argument positive, as in log(maximum(x, 1e-12))";
            case "log1p" -> "keep the argument above -1";
            case "sqrt", "rsqrt" -> "keep the argument from being negative, as in sqrt(maximum(x, 0))";
            case "divide", "reciprocal", "mod" -> "keep the divisor from zero: add a small number, or choose with where(d != 0, n / d, 0)";
            case "exp", "expm1", "cosh", "sinh" -> "the argument is too large: subtract the largest one first, as softmax, logsumexp and log_softmax do";
            case "power" -> "keep the base positive and the exponent small, or choose with where";
            case "arcsin", "arccos", "arctanh" -> "keep the argument inside its range, as in clip(x, -1, 1)";
            case "add", "subtract", "multiply", "square", "sum", "prod", "dot", "matmul" ->
                    "the numbers grew too large: scale them down, or use float64";
            default -> "guard it with where(condition, value, other): what is not chosen contributes nothing to the gradient";
        };
    }

    static String backward(String operation) {
        return "help: " + switch (operation) {
            case "sqrt" -> "the slope at 0 is infinite: write sqrt(x + 1e-12), or where(x > 0, sqrt(x), 0)";
            case "log", "log2", "log10" -> "the slope at 0 is infinite: write log(maximum(x, 1e-12))";
            case "divide", "reciprocal" -> "keep the divisor from zero: add a small number, or choose with where(d != 0, n / d, 0)";
            case "power" -> "the slope is infinite where the base is 0 and the exponent below 1: keep the base away from 0";
            case "arcsin", "arccos" -> "the slope at -1 and 1 is infinite: write clip(x, -0.999999, 0.999999)";
            case "cbrt" -> "the slope at 0 is infinite: keep the argument away from 0";
            case "a rule of the program's own" -> "the backward of the rule itself gave it";
            default -> "guard it with where(condition, value, other): what is not chosen contributes nothing to the gradient";
        };
    }
}
