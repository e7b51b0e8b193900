package org.ebb.builtins;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ebb.op.Linear;
import org.ebb.op.Op;
import org.ebb.op.Ops;
import org.ebb.op.Selection;
import org.ebb.runtime.BuiltinNode;
import org.ebb.runtime.Calls;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbDType;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Tensors;
import org.ebb.runtime.Text;
import org.ebb.runtime.Truth;
import org.ebb.runtime.Types;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Value;

/**
 * What functions take in NumPy and PyTorch beside the parameters of their row: dtype, initial and where of reductions, an order for sorts, a mode of
 * take, alpha of sums. Each is said in other operations, so that their gradients are theirs.
 */
final class MoreKeywords {

    /** The further parameters of rows, which a row's own come before. */
    private static final Map<String, String> NAMES = Map.ofEntries(Map.entry("sum", "dtype initial where"), Map.entry("prod", "dtype initial where"),
            Map.entry("mean", "dtype where"), Map.entry("std", "dtype where unbiased"), Map.entry("var", "dtype where unbiased"), Map.entry("max", "initial where"),
            Map.entry("min", "initial where"), Map.entry("any", "where"), Map.entry("all", "where"), Map.entry("cumsum", "dtype"),
            Map.entry("sort", "descending kind stable"), Map.entry("argsort", "descending kind stable"), Map.entry("take", "mode"),
            Map.entry("zeros_like", "dtype shape"), Map.entry("ones_like", "dtype shape"), Map.entry("add", "alpha"), Map.entry("subtract", "alpha"),
            Map.entry("divide", "rounding_mode"), Map.entry("gelu", "approximate"), Map.entry("softplus", "beta threshold"));

    private static final Map<String, String> MEANINGS = Map.ofEntries(Map.entry("dtype", "dtype: in which to compute"),
            Map.entry("initial", "initial: a number to start from"), Map.entry("where", "where: a mask of the elements that count"),
            Map.entry("unbiased", "unbiased: True for ddof=1, False for ddof=0"), Map.entry("descending", "descending: True for the largest first"),
            Map.entry("kind", "kind and stable have no effect: every sort is stable"), Map.entry("mode", "mode: 'clip' or 'wrap' bring places into the axis"),
            Map.entry("shape", "shape: another shape"), Map.entry("alpha", "alpha: a factor of y"),
            Map.entry("rounding_mode", "rounding_mode: 'floor' or 'trunc' round the quotient"), Map.entry("approximate", "approximate: 'tanh' for the form by tanh"),
            Map.entry("beta", "beta: a steepness, for log(1 + exp(beta * x)) / beta"), Map.entry("threshold", "threshold: where beta * x is above it the result is x"));

    private MoreKeywords() {}

    /** The doc string of a row's function. */
    static String doc(Op op) {
        String more = op == Selection.WHERE ? "" : NAMES.get(op.name);
        if (more == null) {
            return op.doc;
        }
        String text = more.isEmpty() ? "Of a condition alone the places where it is true, as nonzero gives them."
                : Stream.of(more.split(" ")).map(MEANINGS::get).filter(Objects::nonNull).collect(Collectors.joining("; ", "Also ", "."));
        int example = op.doc.indexOf("\n\n>>>");
        return example < 0 ? op.doc + "\n\n" + text : op.doc.substring(0, example) + "\n" + text + op.doc.substring(example);
    }

    /** The signature of a row's function, under one of its names. */
    static String signature(String name, Op op, String first) {
        String text = TensorArguments.signature(name, op, first);
        if (op == Selection.WHERE) {
            return text.replace(", x, y", ", x=?, y=?");
        }
        String more = NAMES.get(op.name);
        return more == null ? text : text.substring(0, text.length() - 1) + ", *, " + more.replace(" ", "=?, ") + "=?)";
    }

    /** What such a function does: {@code body}, where nothing more than the row's own arguments was given. */
    static BuiltinNode.Simple body(Op op, BuiltinNode.Simple body) {
        if (op == Selection.WHERE) {
            return b -> b[1] == null && b[2] == null ? Calls.call(library("nonzero"), b[0]) : body.call(both(b));
        }
        if (!NAMES.containsKey(op.name)) {
            return body;
        }
        int own = op.parameters().size();
        return b -> anyFrom(b, own) ? apply(op, b) : body.call(b);
    }

    private static Object[] both(Object[] b) {
        if (b[1] == null || b[2] == null) {
            throw Errors.typeError("where() takes a condition alone, or both x and y beside it");
        }
        return b;
    }

    private static Object library(String name) {
        EbbContext context = EbbContext.get(null);
        Object bound = context.builtins().get(name);
        return bound == null ? context.libraryName(name) : bound;
    }

    /** Applies a row to its own arguments and the further ones behind them, of which some are there. */
    static Object apply(Op op, Object[] b) {
        String[] names = NAMES.get(op.name).split(" ");
        int own = op.parameters().size();
        Object[] given = b.clone();
        Object dtype = null;
        Object initial = null;
        Object where = null;
        for (int k = 0; k < names.length; k++) {
            Object value = b[own + k] == EbbNone.NONE ? null : b[own + k];
            switch (names[k]) {
                case "dtype" -> dtype = value;
                case "initial" -> initial = value;
                case "where" -> where = value;
                case "unbiased" -> {
                    if (value != null) {
                        given[ddof(op)] = Truth.of(value) ? 1L : 0L;
                    }
                }
                case "alpha", "rounding_mode", "approximate", "beta", "threshold" -> {
                    return scaled(op, b);
                }
                case "descending" -> {
                    if (value != null && Truth.of(value)) {
                        return turned(op, b);
                    }
                }
                case "mode" -> given[1] = value == null ? b[1] : inside(b, value);
                case "shape" -> {
                    if (value != null) {
                        return constant(op, b[0], dtype, value);
                    }
                }
                default -> { } // every sort is stable
            }
        }
        if (op.name.endsWith("_like")) {
            return constant(op, b[0], dtype, null);
        }
        if (dtype != null) {
            given[0] = cast(Tensors.required(b[0], op.name), EbbDType.read(dtype, null));
        }
        return where == null && initial == null ? TensorArguments.apply(op, given) : started(op, given, initial, where);
    }

    private static Value cast(Value x, DType dtype) {
        return x.dtype() == dtype ? x : Tensors.apply(Linear.CAST, new Object[] {dtype}, x);
    }

    private static Object constant(Op op, Object like, Object dtype, Object shape) {
        Value x = Tensors.required(like, op.name);
        Object lengths = shape == null ? Tensors.shape(x.shape()) : shape;
        Value made = (Value) TensorFunctions.full(lengths, op.name.startsWith("ones") ? 1.0 : 0.0, EbbDType.of(EbbDType.read(dtype, x.dtype())), op.name);
        return x.flavour() == Flavour.PLAIN ? made : RowsModule.flavoured(made, x.flavour().name().toLowerCase(java.util.Locale.ROOT));
    }

    private static int ddof(Op op) {
        for (int k = 0; k < op.parameters().size(); k++) {
            if (op.parameters().get(k).name().equals("ddof")) {
                return k;
            }
        }
        throw new IllegalStateException(op.name);
    }

    /** Elementwise rows as PyTorch has them: x + alpha * y, a quotient rounded, gelu by tanh, softplus of another steepness. */
    private static Object scaled(Op op, Object[] b) {
        Object[] given = b.clone();
        switch (op.name) {
            case "add", "subtract" -> {
                given[1] = row("multiply", b[1], b[2]);
                return TensorArguments.apply(op, given);
            }
            case "divide" -> {
                return switch (b[2]) {
                    case String s when s.equals("floor") -> row("floor_divide", b[0], b[1]);
                    case String s when s.equals("trunc") -> row("trunc", row("divide", b[0], b[1]));
                    default -> throw Errors.valueError("divide: rounding_mode must be 'floor', 'trunc' or None, not " + Text.repr(b[2]));
                };
            }
            case "gelu" -> {
                if (b[1] instanceof String s && s.equals("none")) {
                    return TensorArguments.apply(op, given);
                }
                if (b[1] instanceof String s && s.equals("tanh")) {
                    return Calls.call(library("gelu_tanh"), b[0]);
                }
                throw Errors.valueError("gelu: approximate must be 'none' or 'tanh', not " + Text.repr(b[1]));
            }
            default -> {
                Object beta = Args.absent(b[1]) ? (Object) 1L : b[1];
                Object steep = row("multiply", b[0], beta);
                Object soft = row("divide", row("softplus", steep), beta);
                return Args.absent(b[2]) ? soft : row("where", row("greater", steep, b[2]), b[0], soft);
            }
        }
    }

    private static Object row(String name, Object... arguments) {
        Op op = Ops.named(name);
        Object[] bound = java.util.Arrays.copyOf(arguments, op.parameters().size());
        return TensorArguments.apply(op, bound);
    }

    /** A sort with the largest first. */
    private static Object turned(Op op, Object[] b) {
        Object sorted = TensorArguments.apply(op, b);
        Object axis = b[1] == null ? op.parameters().get(1).fallback() : b[1];
        return Calls.call(library("flip"), sorted, axis == null || axis == EbbNone.NONE ? (Object) 0L : axis);
    }

    /** The places of take, brought into the axis. */
    private static Object inside(Object[] b, Object mode) {
        Value x = Tensors.required(b[0], "take");
        Object axis = b[2] == null || b[2] == EbbNone.NONE ? null : TensorArguments.integer(b[2]);
        long size = axis == null ? x.shape().size() : x.shape().dim(x.shape().axis("take", (long) axis));
        Object places = TensorFunctions.tensor(b[1], EbbDType.of(DType.INT64));
        return switch (mode) {
            case String s when s.equals("raise") -> b[1];
            case String s when s.equals("clip") -> TensorArguments.apply(Ops.named("clip"), new Object[] {places, 0L, size - 1});
            case String s when s.equals("wrap") && size > 0 -> TensorArguments.apply(Ops.named("mod"), new Object[] {places, size});
            case String s when s.equals("wrap") -> b[1];
            default -> throw Errors.valueError("take: mode must be 'raise', 'clip' or 'wrap', not " + Text.repr(mode));
        };
    }

    /** A reduction that sees some elements only, or starts from a number. */
    private static Object started(Op op, Object[] b, Object initial, Object mask) {
        Object where = mask == null || Tensors.isTensor(mask) ? mask : TensorFunctions.tensor(mask, EbbDType.of(DType.BOOL));
        Value x = Tensors.required(b[0], op.name);
        Object result;
        if (where == null) {
            result = TensorArguments.apply(op, b);
        } else if (op.name.equals("mean") || op.name.equals("std") || op.name.equals("var")) {
            return masked(op, b, where);
        } else {
            Object hidden = switch (op.name) {
                case "sum", "any" -> 0L;
                case "prod", "all" -> 1L;
                default -> initial;
            };
            if (hidden == null) {
                throw Errors.valueError(op.name + ": with where=... also initial=... is needed: of no elements there is no " + op.name);
            }
            Object[] seen = b.clone();
            boolean truth = x.dtype() == DType.BOOL && hidden instanceof Long;
            seen[0] = TensorArguments.apply(Ops.named("where"), new Object[] {where, x, truth ? (Object) hidden.equals(1L) : hidden});
            result = TensorArguments.apply(op, seen);
        }
        String join = switch (op.name) {
            case "sum" -> "add";
            case "prod" -> "multiply";
            case "max" -> "maximum";
            default -> "minimum";
        };
        return initial == null ? result : TensorArguments.apply(Ops.named(join), new Object[] {result, initial});
    }

    private static Object masked(Op op, Object[] b, Object where) {
        var keywords = new EbbDict();
        for (int k = 1; k < op.parameters().size(); k++) {
            if (b[k] != null) {
                keywords.put(op.parameters().get(k).name(), b[k]);
            }
        }
        keywords.put("mask", where);
        return Calls.call(EbbContext.get(null).modules().library("masked").get(op.name), new Object[] {b[0]}, keywords);
    }

    /** The same for a builtin that takes a tensor or something else, where a reduction's further keywords are given. */
    static Object reduce(String name, Object x, Object axis, Object keepdims, Object... more) {
        if (!Tensors.isTensor(x)) {
            throw Errors.typeError(name + "(): " + NAMES.get(name).replace(" ", ", ") + ": these are keywords for tensors, not for " + Types.name(x));
        }
        Object[] b = new Object[3 + more.length];
        b[0] = x;
        b[1] = Args.absent(axis) ? null : axis;
        b[2] = keepdims;
        System.arraycopy(more, 0, b, 3, more.length);
        return apply(Ops.named(name), b);
    }

    /** Is any of the arguments from one place on there? */
    static boolean anyFrom(Object[] bound, int from) {
        for (int k = from; k < bound.length; k++) {
            if (bound[k] != null && bound[k] != EbbNone.NONE) {
                return true;
            }
        }
        return false;
    }
}
