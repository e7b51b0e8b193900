package org.ebb.nodes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.ebb.op.Arithmetic;
import org.ebb.op.BlockBuilder;
import org.ebb.op.BlockProgram;
import org.ebb.op.Blocks;
import org.ebb.op.Elementwise;
import org.ebb.op.Far;
import org.ebb.op.Op;
import org.ebb.op.Selection;
import org.ebb.runtime.EbbBuiltin;
import org.ebb.runtime.Tensors;
import org.ebb.tensor.DType;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** Decides whether an expression with given operands can run as a block program, and as which one. Knows the programs it made. */
final class FusedBinding {

    /** What a leaf is to the program. */
    private enum Sort { OTHER, NUMBER, FULL, SMALLER, FULL_TRUTH, SMALLER_TRUTH, FUNCTION }

    /** Added to the number of an earlier leaf: a leaf with the very same tensor. */
    private static final int SAME = 16;

    /** What a part of the expression is within the program. */
    private enum Type { NUMBER, FLOAT, TRUTH, UNFIT }

    private static final int KEPT = 4;

    private final FusedTree tree;
    private final FusedTree.End end;
    private final List<FusedTree.Call> calls = new ArrayList<>();
    private final byte[][] signatures = new byte[KEPT][];
    private final Program[] programs = new Program[KEPT];
    private int known;

    /** A program and the parts that are its inputs; null where the operands do not fit. */
    private record Program(Blocks.Expression expression, FusedTree[] sources) {}

    /** A program for operands of these shapes. */
    record Bound(Blocks.Expression expression, FusedTree[] sources, Shape full, DType dtype) {

        /** The inputs; {@code compute} gives the value of a part. Null where one turns out not to fit. */
        Value[] inputs(Object[] values, Function<FusedTree, Object> compute) {
            Value[] inputs = new Value[sources.length];
            for (int k = 0; k < inputs.length; k++) {
                Object value = sources[k] instanceof FusedTree.Leaf leaf ? values[leaf.index()] : compute.apply(sources[k]);
                inputs[k] = Tensors.operand(value, false);
                if (inputs[k] == null || !fits(inputs[k])) {
                    return null;
                }
            }
            return inputs;
        }

        private boolean fits(Value value) {
            return switch (value) {
                case Scalar s -> s.isLanguageFloat() || s.dtype() == dtype || dtype == DType.FLOAT64;
                case Tensor t -> (t.dtype() == dtype || t.dtype() == DType.BOOL) && t.shape().fits(full);
            };
        }
    }

    FusedBinding(FusedTree tree, FusedTree.End end) {
        this.tree = tree;
        this.end = end;
        collect(tree);
    }

    private void collect(FusedTree part) {
        switch (part) {
            case FusedTree.Leaf _, FusedTree.Number _ -> {}
            case FusedTree.Binary b -> {
                collect(b.left());
                collect(b.right());
            }
            case FusedTree.Minus m -> collect(m.operand());
            case FusedTree.Compare c -> {
                collect(c.left());
                collect(c.right());
            }
            case FusedTree.Call c -> {
                calls.add(c);
                c.arguments().forEach(this::collect);
            }
            case FusedTree.Method m -> collect(m.receiver());
        }
    }

    /** Null where the operations have to run one by one. */
    Bound bind(Object[] values) {
        Tensor largest = null;
        for (Object value : values) {
            if (value instanceof Tensor t && Far.isFar(t)) {
                return null;
            }
            if (value instanceof Tensor t && t.dtype().isFloat() && !t.dtype().isHalf() && (largest == null || t.size() > largest.size())) {
                largest = t;
            }
        }
        if (largest == null || largest.size() < FusedBody.SMALLEST || largest.size() > Integer.MAX_VALUE - 8 || !callsRows(values)) {
            return null;
        }
        byte[] signature = new byte[values.length];
        for (int k = 0; k < values.length; k++) {
            Sort sort = sort(values[k], largest);
            if (sort == Sort.OTHER) {
                return null;
            }
            int first = first(values, k);
            signature[k] = (byte) (first < k ? SAME + first : sort.ordinal());
        }
        Program program = program(signature);
        return program.expression == null ? null : new Bound(program.expression, program.sources, largest.shape(), largest.dtype());
    }

    /** The first leaf that has the same tensor as leaf {@code k}: one input of the program serves both. */
    private static int first(Object[] values, int k) {
        if (values[k] instanceof Tensor) {
            for (int j = 0; j < k; j++) {
                if (values[j] == values[k]) {
                    return j;
                }
            }
        }
        return k;
    }

    private boolean callsRows(Object[] values) {
        for (FusedTree.Call call : calls) {
            if (!isRow(values[call.function()], call.row())) {
                return false;
            }
        }
        return end == null || end.function() < 0 || isRow(values[end.function()], end.row());
    }

    private static boolean isRow(Object function, Op row) {
        return function instanceof EbbBuiltin builtin && builtin.row == row;
    }

    private static Sort sort(Object value, Tensor full) {
        return switch (value) {
            case Double _, Long _, Scalar _ -> Sort.NUMBER;
            case EbbBuiltin _ -> Sort.FUNCTION;
            case Tensor t when t.dtype() == full.dtype() -> t.shape().equals(full.shape()) ? Sort.FULL : t.shape().fits(full.shape()) ? Sort.SMALLER : Sort.OTHER;
            case Tensor t when t.dtype() == DType.BOOL && t.rank() > 0 ->
                t.shape().equals(full.shape()) ? Sort.FULL_TRUTH : t.shape().fits(full.shape()) ? Sort.SMALLER_TRUTH : Sort.OTHER;
            default -> Sort.OTHER;
        };
    }

    private synchronized Program program(byte[] signature) {
        for (int k = 0; k < Math.min(known, KEPT); k++) {
            if (Arrays.equals(signatures[k], signature)) {
                return programs[k];
            }
        }
        Program made = new Writer(signature).write();
        signatures[known % KEPT] = signature;
        programs[known++ % KEPT] = made;
        return made;
    }

    /** Writes the program for one choice of sorts. */
    private final class Writer {
        private final Sort[] sorts;
        /** For each leaf the first one with the same tensor. */
        private final FusedTree.Leaf[] firsts;
        private final List<FusedTree> sources = new ArrayList<>();
        private BlockBuilder builder;

        Writer(byte[] signature) {
            sorts = new Sort[signature.length];
            firsts = new FusedTree.Leaf[signature.length];
            for (int k = 0; k < signature.length; k++) {
                int first = signature[k] < SAME ? k : signature[k] - SAME;
                firsts[k] = new FusedTree.Leaf(first);
                sorts[k] = first == k ? Sort.values()[signature[k]] : sorts[first];
            }
        }

        private FusedTree source(FusedTree part) {
            return part instanceof FusedTree.Leaf leaf ? firsts[leaf.index()] : part;
        }

        Program write() {
            findSources(tree);
            boolean inPlace = tree instanceof FusedTree.Binary b && b.inPlace();
            if (inPlace && sorts[0] != Sort.FULL || type(tree) != Type.FLOAT || sources.size() > BlockProgram.MOST_INPUTS || !isFull(tree)) {
                return new Program(null, null);
            }
            builder = new BlockBuilder(sources.size());
            BlockProgram program = builder.build(value(tree));
            return new Program(new Blocks.Expression(program, end == null ? Blocks.End.ELEMENTS : end.kind()), sources.toArray(FusedTree[]::new));
        }

        /** Does the part have the shape of the whole? What is smaller is computed once, outside of the program. */
        private boolean isFull(FusedTree part) {
            return switch (part) {
                case FusedTree.Leaf l -> sorts[l.index()] == Sort.FULL || sorts[l.index()] == Sort.FULL_TRUTH;
                case FusedTree.Number _ -> false;
                case FusedTree.Binary b -> isFull(b.left()) || isFull(b.right());
                case FusedTree.Minus m -> isFull(m.operand());
                case FusedTree.Compare c -> isFull(c.left()) || isFull(c.right());
                case FusedTree.Call c -> c.arguments().stream().anyMatch(this::isFull);
                case FusedTree.Method m -> isFull(m.receiver());
            };
        }

        private void findSources(FusedTree part) {
            if (part instanceof FusedTree.Number) {
                return;
            }
            if (part instanceof FusedTree.Leaf || !isFull(part)) {
                if (!sources.contains(source(part))) {
                    sources.add(source(part));
                }
                return;
            }
            arguments(part).forEach(this::findSources);
        }

        private List<FusedTree> arguments(FusedTree part) {
            return switch (part) {
                case FusedTree.Leaf _, FusedTree.Number _ -> List.of();
                case FusedTree.Binary b -> List.of(b.left(), b.right());
                case FusedTree.Minus m -> List.of(m.operand());
                case FusedTree.Compare c -> List.of(c.left(), c.right());
                case FusedTree.Call c -> c.arguments();
                case FusedTree.Method m -> List.of(m.receiver());
            };
        }

        private Elementwise row(FusedTree part) {
            return switch (part) {
                case FusedTree.Leaf _, FusedTree.Number _ -> null;
                case FusedTree.Binary b -> b.row();
                case FusedTree.Minus _ -> Arithmetic.NEG;
                case FusedTree.Compare c -> c.row();
                case FusedTree.Call c -> c.row();
                case FusedTree.Method m -> m.row();
            };
        }

        private Type type(FusedTree part) {
            return switch (part) {
                case FusedTree.Number _ -> Type.NUMBER;
                case FusedTree.Leaf l -> switch (sorts[l.index()]) {
                    case NUMBER -> Type.NUMBER;
                    case FULL, SMALLER -> Type.FLOAT;
                    case FULL_TRUTH, SMALLER_TRUTH -> Type.TRUTH;
                    case OTHER, FUNCTION -> Type.UNFIT;
                };
                case FusedTree.Binary _, FusedTree.Minus _, FusedTree.Compare _, FusedTree.Call _, FusedTree.Method _ ->
                    type(row(part), arguments(part).stream().map(this::type).toList());
            };
        }

        /**
         * Numbers of the language take the dtype of the program, as they do beside a tensor; where a row would meet no float tensor its own
         * rules of dtype count, and it stays outside.
         */
        private Type type(Elementwise row, List<Type> arguments) {
            if (arguments.contains(Type.UNFIT)) {
                return Type.UNFIT;
            }
            boolean numbers = arguments.stream().allMatch(t -> t == Type.NUMBER);
            if (numbers && row.result != Elementwise.Result.TRUTH) {
                return Type.NUMBER;
            }
            boolean fits = row == Selection.WHERE ? arguments.get(0) != Type.NUMBER && arguments.subList(1, 3).contains(Type.FLOAT) && !arguments.subList(1, 3).contains(Type.TRUTH)
                    : row.arity == 3 ? arguments.get(0) == Type.FLOAT && !arguments.contains(Type.TRUTH)
                    : arguments.contains(Type.FLOAT) && (!arguments.contains(Type.TRUTH) || row.result == Elementwise.Result.ARITHMETIC);
            return !fits ? Type.UNFIT : row.result == Elementwise.Result.TRUTH ? Type.TRUTH : Type.FLOAT;
        }

        private int value(FusedTree part) {
            if (part instanceof FusedTree.Number n) {
                return builder.constant(n.number());
            }
            int source = sources.indexOf(source(part));
            return source >= 0 ? source : builder.step(row(part), arguments(part).stream().mapToInt(this::value).toArray());
        }
    }
}
