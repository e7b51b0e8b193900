package org.ebb.builtins;

import org.ebb.kernel.Threads;
import org.ebb.op.Elementwise;
import org.ebb.op.Linear;
import org.ebb.op.Op;
import org.ebb.op.Ops;
import org.ebb.runtime.BuiltinNode;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbDType;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbModule;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.ForeignTensors;
import org.ebb.runtime.Tensors;
import org.ebb.runtime.Truth;
import org.ebb.runtime.Types;
import org.ebb.tensor.Creation;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.PrintOptions;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** The global functions that make tensors, and every row of the operation table by its name. */
final class TensorFunctions {

    private TensorFunctions() {}

    /** Enters the names; what Python has a builtin for keeps that builtin, which takes tensors too. */
    static void fill(BuiltinTable table) {
        creation(table);
        options(table);
        for (DType dtype : DType.values()) {
            if (dtype != DType.BOOL) {
                table.constant(dtype.text, EbbDType.of(dtype));
            }
        }
    }

    /** Of the operations, those whose names the module does not have. */
    static void fillRows(EbbModule module) {
        BuiltinTable table = BuiltinTable.of(module);
        for (Op op : Ops.all()) {
            row(module, table, op.name, op);
        }
        Ops.aliases().forEach((alias, name) -> row(module, table, alias, Ops.named(name)));
    }

    private static void row(EbbModule module, BuiltinTable table, String name, Op op) {
        if (!name.startsWith("_") && module.get(name) == null) {
            boolean single = op instanceof Elementwise && op.parameters().size() == 1;
            BuiltinNode.Simple body = MoreKeywords.body(op, b -> single && b[0] instanceof Tensor x ? Tensors.apply(op, x) : TensorArguments.apply(op, b));
            table.row(op, MoreKeywords.signature(name, op, null), MoreKeywords.doc(op), RowNodes.of(op, body), body);
        }
    }

    static void fillDType(BuiltinTable table) {
        table.simple("__call__(self, x)", "x as a value of this type.", b -> {
            EbbDType dtype = (EbbDType) b[0];
            return Tensors.result(Tensors.apply(Linear.CAST, new Object[] {dtype.dtype}, Tensors.required(b[1], dtype.toString())));
        });
        table.simple("__repr__(self, /)", "Its name.", b -> b[0].toString());
        table.property("name", "Its name.", b -> b[0].toString());
        table.property("itemsize", "The bytes of one element.", b -> (long) ((EbbDType) b[0]).dtype.bytes);
    }

    /** The options of one program: how tensors are written, and the dtype of plain numbers. */
    private static void options(BuiltinTable table) {
        table.simple("set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None, nanstr=None, "
                + "infstr=None, sign=None, floatmode=None)", "How tensors are written from now on; what is left out stays.", b -> {
            EbbContext context = EbbContext.get(null);
            PrintOptions o = context.printOptions;
            context.printOptions = new PrintOptions(Args.index(b[0], o.precision()),
                    b[1] == EbbNone.NONE ? o.threshold() : b[1] instanceof Double d && d > 1e18 ? Long.MAX_VALUE : TensorArguments.integer(b[1]),
                    Args.index(b[2], o.edgeItems()), Args.index(b[3], o.lineWidth()),
                    b[4] == EbbNone.NONE ? o.suppress() : Truth.of(b[4]),
                    b[5] == EbbNone.NONE ? o.nan() : Args.str(b[5], "set_printoptions: nanstr"),
                    b[6] == EbbNone.NONE ? o.infinity() : Args.str(b[6], "set_printoptions: infstr"),
                    b[7] == EbbNone.NONE ? o.sign() : sign(Args.str(b[7], "set_printoptions: sign")),
                    b[8] == EbbNone.NONE ? o.mode() : PrintOptions.Mode.named(Args.str(b[8], "set_printoptions: floatmode")));
            return EbbNone.NONE;
        });
        table.simple("get_printoptions()", "How tensors are written: a dict of what set_printoptions takes.", b -> {
            PrintOptions o = EbbContext.get(null).printOptions;
            var all = new EbbDict();
            all.put("precision", (long) o.precision());
            all.put("threshold", o.threshold());
            all.put("edgeitems", (long) o.edgeItems());
            all.put("linewidth", (long) o.lineWidth());
            all.put("suppress", o.suppress());
            all.put("nanstr", o.nan());
            all.put("infstr", o.infinity());
            all.put("sign", String.valueOf(o.sign()));
            all.put("floatmode", o.mode().name().toLowerCase(java.util.Locale.ROOT));
            return all;
        });
        table.simple("set_default_dtype(dtype)", "The dtype of tensors made of plain numbers from now on: float32 (at first) or float64.", b -> {
            DType dtype = EbbDType.read(b[0], null);
            if (dtype == null || !dtype.isFloat() || dtype.isHalf()) {
                throw Errors.typeError("set_default_dtype: must be float32 or float64, not "
                        + (dtype == null ? "None" : dtype.text));
            }
            EbbContext.get(null).defaultDType = dtype;
            return EbbNone.NONE;
        });
        table.simple("get_default_dtype()", "The dtype of tensors made of plain numbers.",
                b -> EbbDType.of(EbbContext.get(null).defaultDType));
    }

    private static char sign(String text) {
        if (text.length() != 1) {
            throw Errors.valueError("set_printoptions: sign must be one of ' ', '+' and '-', not '" + text + "'");
        }
        return text.charAt(0);
    }

    private static final String SHAPES = " The shape is a tuple of ints, or one int, or several: (2, 3) or 2, 3.";

    private static void creation(BuiltinTable table) {
        table.constant("tensor", Types.TENSOR);
        table.simple("zeros(shape, *more, dtype=None)", "A tensor of zeros." + SHAPES, b -> full(b, 0.0, "zeros"));
        table.simple("ones(shape, *more, dtype=None)", "A tensor of ones." + SHAPES, b -> full(b, 1.0, "ones"));
        table.simple("empty(shape, *more, dtype=None)", "A tensor whose elements are to be written; they are zeros." + SHAPES, b -> full(b, 0.0, "empty"));
        table.simple("full(shape, fill_value, dtype=None)", "A tensor that holds one value everywhere.", b -> full(b[0], b[1], b[2], "full"));
        table.simple("full_like(x, fill_value, dtype=None)", "A tensor of the shape and dtype of x that holds one value everywhere.", b -> {
            Value x = Tensors.required(b[0], "full_like");
            return filled(x.shape(), b[1], EbbDType.read(b[2], x.dtype()));
        });
        table.simple("empty_like(x, dtype=None)", "A tensor of the shape and dtype of x whose elements are to be written; they are zeros.", b -> {
            Value x = Tensors.required(b[0], "empty_like");
            return Creation.zeros(EbbDType.read(b[1], x.dtype()), x.shape(), x.flavour());
        });
        table.simple("set_num_threads(n, /)", "Let tensor operations of the whole process use n threads, 1 to 256. Results do not depend on it.", b -> {
            long n = Numbers.requireSmall(b[0]);
            if (n < 1 || n > 256) {
                throw Errors.valueError("set_num_threads(): the number of threads must be 1 to 256, not " + n);
            }
            Threads.limit((int) n);
            return EbbNone.NONE;
        });
        table.simple("get_num_threads()", "How many threads tensor operations may use.", b -> (long) Threads.limit());
        table.simple("arange(start, stop=None, step=1, dtype=None)", "The numbers from start (or 0) up to but without stop.", b -> {
            boolean one = b[1] == EbbNone.NONE;
            double start = one ? 0 : TensorArguments.number(b[0], "arange");
            double stop = TensorArguments.number(one ? b[0] : b[1], "arange");
            return Creation.arange(start, stop, TensorArguments.number(b[2], "arange"), TensorArguments.dtype(b[3]), Flavour.PLAIN);
        });
        table.simple("linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None)",
                "Evenly spaced numbers from start to stop; with retstep the pair of these and their distance.", b -> {
                    if (b[4] instanceof EbbDType || b[4] instanceof String) {
                        b[5] = b[4]; // NumPy has dtype at the sixth place; it stood at the fifth here
                        b[4] = false;
                    }
                    double start = TensorArguments.number(b[0], "linspace");
                    double stop = TensorArguments.number(b[1], "linspace");
                    long n = TensorArguments.integer(b[2]);
                    boolean whole = Truth.of(b[3]);
                    Tensor made = Creation.linspace(start, stop, n, whole, TensorArguments.dtype(b[5]), Flavour.PLAIN);
                    long steps = whole ? n - 1 : n;
                    return Truth.of(b[4]) ? new EbbTuple(new Object[] {made, steps > 0 ? (stop - start) / steps : Double.NaN}) : made;
                });
        table.simple("eye(n, m=None, k=0, dtype=None)", "Ones on the k-th diagonal, zeros elsewhere.", b -> {
            long n = TensorArguments.integer(b[0]);
            return Creation.eye(n, b[1] == EbbNone.NONE ? n : TensorArguments.integer(b[1]), TensorArguments.integer(b[2]),
                    TensorArguments.dtype(b[3]), Flavour.PLAIN);
        });
        table.simple("identity(n, dtype=None)", "The identity matrix of n rows.", b -> {
            long n = TensorArguments.integer(b[0]);
            return Creation.eye(n, n, 0, TensorArguments.dtype(b[1]), Flavour.PLAIN);
        });
    }

    /** One of the rows sum, min, max, any, all; {@code axis} may be None. */
    static Object reduce(String row, Object x, Object axis, Object keepdims) {
        Object[] options = {TensorArguments.option(axis), TensorArguments.option(keepdims)};
        return Tensors.result(Tensors.apply(Ops.named(row), options, Tensors.required(x, row)));
    }

    /** {@code tensor(data, dtype)}. */
    static Object tensor(Object data, Object dtype) {
        DType wanted = EbbDType.read(dtype, null);
        return switch (data) {
            case Tensor t -> copy(t, wanted);
            case Scalar s when wanted == null || wanted == s.dtype() && !s.isLanguageFloat() -> Tensors.spread(s);
            case Scalar s -> {
                Tensor fresh = Tensor.zeros(wanted, Shape.SCALAR, s.flavour());
                EbbContext.get(null).writes().assign(fresh, s);
                yield fresh;
            }
            default -> {
                Tensor taken = ForeignTensors.ofArray(data, wanted);
                taken = taken != null ? taken : ForeignTensors.ofBuffer(data, wanted);
                yield taken != null ? taken : Tensors.gather(Tensors.leaf(data), wanted, Flavour.PLAIN);
            }
        };
    }

    /** A writable copy that keeps its history. */
    static Tensor copy(Tensor t, DType dtype) {
        Value cast = Tensors.apply(Linear.CAST, new Object[] {dtype == null ? t.dtype() : dtype}, t);
        if (cast instanceof Tensor fresh && !fresh.frozen) {
            return fresh;
        }
        Tensor fresh = Tensor.zeros(cast.dtype(), cast.shape(), cast.flavour());
        EbbContext.get(null).writes().assign(fresh, cast);
        return fresh;
    }

    /** A constant for {@code (shape, dtype)}, where the shape may also be several ints. */
    private static Tensor full(Object[] b, double value, String what) {
        Object[] more = (Object[]) b[1];
        int lengths = more.length;
        boolean typed = lengths > 0 && Numbers.asIndex(more[lengths - 1]) == null;
        Object dtype = typed ? more[--lengths] : b[2];
        if (typed && b[2] != EbbNone.NONE) {
            throw Errors.typeError(what + "() got multiple values for argument 'dtype'");
        }
        if (lengths == 0) {
            return full(b[0], value, dtype, what);
        }
        Object[] shape = new Object[lengths + 1];
        shape[0] = b[0];
        System.arraycopy(more, 0, shape, 1, lengths);
        return full(new EbbTuple(shape), value, dtype, what);
    }

    static Tensor full(Object shape, Object value, Object dtype, String what) {
        DType otherwise = value instanceof Boolean ? DType.BOOL : value instanceof Tensor t ? t.dtype() : TensorArguments.dtype(null);
        return filled(TensorArguments.shape(shape, what), value, EbbDType.read(dtype, otherwise));
    }

    private static Tensor filled(Shape shape, Object value, DType dtype) {
        Object plain = Numbers.plain(value);
        if (plain instanceof Long n) {
            return Creation.full(n, dtype, shape, Flavour.PLAIN);
        }
        Tensor fresh = Creation.zeros(dtype, shape, Flavour.PLAIN);
        if (!(plain instanceof Double d && d == 0)) {
            EbbContext.get(null).writes().assign(fresh, Tensors.required(value, "full"));
        }
        return fresh;
    }
}
