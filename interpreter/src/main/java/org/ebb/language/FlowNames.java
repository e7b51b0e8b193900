package org.ebb.language;

import java.util.Map;
import java.util.Set;
import org.ebb.op.Op;
import org.ebb.op.Ops;

/** What builtin functions, methods and attributes do to the history of what they are given. */
final class FlowNames {

    private FlowNames() {}

    private static final String TEXT = "makes a text, and what is read back from a text has no history";

    /** Functions that take the history away, and how. */
    private static final Map<String, String> CUTTING = Map.ofEntries(
            Map.entry("int", "int(...) gives a whole number, a constant to differentiation"),
            Map.entry("round", "round(...) gives a rounded number, which is constant almost everywhere"),
            Map.entry("floor", "floor gives a rounded number, which is constant almost everywhere"),
            Map.entry("ceil", "ceil gives a rounded number, which is constant almost everywhere"),
            Map.entry("trunc", "trunc gives a rounded number, which is constant almost everywhere"),
            Map.entry("rint", "rint gives a rounded number, which is constant almost everywhere"),
            Map.entry("fix", "fix gives a rounded number, which is constant almost everywhere"),
            Map.entry("sign", "sign is constant almost everywhere"),
            Map.entry("bool", "a truth value has no gradient"),
            Map.entry("any", "a truth value has no gradient"),
            Map.entry("all", "a truth value has no gradient"),
            Map.entry("isfinite", "a truth value has no gradient"),
            Map.entry("isclose", "a truth value has no gradient"),
            Map.entry("allclose", "a truth value has no gradient"),
            Map.entry("len", "a length is a whole number, a constant to differentiation"),
            Map.entry("hash", "a hash is a whole number, a constant to differentiation"),
            Map.entry("count_nonzero", "a count is a whole number, a constant to differentiation"),
            Map.entry("str", TEXT), Map.entry("repr", TEXT), Map.entry("format", TEXT), Map.entry("ascii", TEXT), Map.entry("dumps", TEXT),
            Map.entry("detach", "detach() gives the value without its history"),
            Map.entry("stop_gradient", "stop_gradient gives the value without its history"),
            Map.entry("BlockGrad", "BlockGrad gives the value without its history"),
            Map.entry("tolist", "tolist() gives plain numbers, without their history"),
            Map.entry("numpy", "numpy() gives a copy without history"),
            Map.entry("asnumpy", "asnumpy() gives a copy without history"),
            Map.entry("zeros_like", "zeros_like takes only the shape of its argument"),
            Map.entry("ones_like", "ones_like takes only the shape of its argument"),
            Map.entry("empty_like", "empty_like takes only the shape of its argument"),
            Map.entry("full_like", "full_like takes only the shape of its first argument"),
            Map.entry("one_hot", "one_hot reads its argument as whole numbers, which are constants to differentiation"),
            Map.entry("arange", "arange gives numbers without history"));

    /** Attributes that are constants. */
    private static final Map<String, String> ATTRIBUTES = Map.of(
            "shape", "a shape is made of whole numbers, constants to differentiation",
            "size", "a size is a whole number, a constant to differentiation",
            "ndim", "a number of axes is a constant to differentiation",
            "dtype", "a dtype has no gradient",
            "grad", "`.grad` holds numbers without history; use grad(..., create_graph=True) to differentiate a gradient");

    private static final Set<String> WHOLE = Set.of("int64", "int32", "int", "bool", "long", "int8", "uint8");

    /** The attributes of a context of the engine that turn recording on or off. */
    static final Set<String> BLOCKS = Set.of("record", "pause", "train_mode", "predict_mode");

    /** Functions whose value is a function that differentiates its argument. */
    static final Set<String> FORMS = Set.of("grad", "value_and_grad", "jacobian", "hessian");

    /** Functions that call their first argument with the arguments after it. */
    static final Set<String> CALLERS = Set.of("vjp", "check_grad", "map", "hvp");

    /** Methods that change the object they are called on. */
    static final Set<String> CHANGING = Set.of("append", "extend", "insert", "add", "update", "setdefault", "appendleft", "push");

    /** How a call of a builtin takes the history of its arguments away; null where it keeps it. */
    static String cutBy(String name) {
        String why = CUTTING.get(name);
        if (why != null) {
            return why;
        }
        Op op = Ops.named(name);
        return op != null && !op.differentiable() ? name + " has no derivative: its result is a constant to differentiation" : null;
    }

    static String attribute(String name) {
        return ATTRIBUTES.get(name);
    }

    static boolean isWhole(String dtype) {
        return WHOLE.contains(dtype);
    }

    /** Does the argument at {@code place} only choose, and not give values? */
    static boolean onlyChooses(String name, int place) {
        return name.equals("where") && place == 0 || (name.equals("take") || name.equals("pick") || name.equals("Embedding")) && place == 1;
    }
}
