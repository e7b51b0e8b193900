package org.ebb.builtins;

import java.util.Arrays;
import java.util.Set;
import org.ebb.grad.Leaf;
import org.ebb.lib.GlobalNames;
import org.ebb.op.Linear;
import org.ebb.op.Op;
import org.ebb.op.Ops;
import org.ebb.op.Rounding;
import org.ebb.runtime.BuiltinNode;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Calls;
import org.ebb.runtime.Compare;
import org.ebb.runtime.EbbConstant;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbDType;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbIterator;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Floats;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Sequences;
import org.ebb.runtime.TensorItems;
import org.ebb.runtime.TensorOperators;
import org.ebb.runtime.Tensors;
import org.ebb.runtime.Truth;
import org.ebb.syntax.Expr.BinaryOperator;
import org.ebb.syntax.Expr.CompareOperator;
import org.ebb.syntax.Expr.UnaryOperator;
import org.ebb.runtime.Operators;
import org.ebb.tensor.DType;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** The type tensor: what a tensor knows of itself, its conversions and special methods, and every fitting row as a method. */
final class TensorType {

    /** Rows whose first argument is not what they work on. */
    private static final Set<String> NO_METHODS = Set.of("where", "polygamma");

    /** Methods that take more forms of arguments than their rows. */
    private static final Set<String> OWN = Set.of("astype", "cast", "reshape", "expand", "transpose", "permute", "copy");

    private TensorType() {}

    static void fill(BuiltinTable table) {
        table.staticMethod("__new__(cls, data, dtype=None)", "A new tensor of a number, a nest of lists, or another tensor; float32 unless said otherwise.",
                b -> TensorFunctions.tensor(b[1], b[2]));
        properties(table);
        conversions(table);
        shapes(table);
        operators(table);
        container(table);
        GradientMethods.fill(table);
        TorchMethods.fill(table);
        for (Op op : Ops.all()) {
            method(table, op.name, op);
        }
        Ops.aliases().forEach((alias, name) -> method(table, alias, Ops.named(name)));
        for (String name : GlobalNames.methods()) {
            table.simple(name + "(self, *args, **kwargs)", "The function " + name + " with the tensor as its first argument; see help("
                    + name + ").", b -> written(name, b[0], (Object[]) b[1], (EbbDict) b[2]));
        }
    }

    /** A method that is a function of the library. */
    static Object written(String name, Object self, Object[] rest, EbbDict keywords) {
        Object[] positional = new Object[rest.length + 1];
        positional[0] = self;
        System.arraycopy(rest, 0, positional, 1, rest.length);
        EbbContext context = EbbContext.get(null);
        Object bound = context.builtins().get(name);
        Object function = bound == null ? context.libraryName(name) : bound;
        return Calls.call(function, positional, keywords);
    }

    static Value self(Object[] b) {
        return b[0] instanceof Value v ? v : Scalar.of(Numbers.asDouble(b[0]));
    }

    private static void properties(BuiltinTable table) {
        table.property("shape", "The lengths of the axes.", b -> Tensors.shape(self(b).shape()));
        table.property("ndim", "The number of axes.", b -> (long) self(b).shape().rank());
        table.property("size", "The number of elements.", b -> self(b).shape().size());
        table.property("dtype", "The type of the elements.", b -> EbbDType.of(self(b).dtype()));
        table.property("itemsize", "The bytes of one element.", b -> (long) self(b).dtype().bytes);
        table.property("strides", "For each axis, how many bytes on the next element along it lies.", b -> {
            var t = Tensors.tensor(self(b), "strides");
            return new EbbTuple(Arrays.stream(t.strides()).mapToObj(step -> (Object) (step * t.dtype().bytes)).toArray());
        });
        table.property("nbytes", "The bytes of all elements.", b -> self(b).dtype().bytes * self(b).shape().size());
        table.property("mT", "The matrices of the last two axes with rows and columns exchanged, as a view.",
                b -> Tensors.result(Tensors.apply(Ops.named("swapaxes"), new Object[] {-2L, -1L}, self(b))));
        table.property("at", "x.at[index].set(value), .add(value), .multiply(value), ... give a changed copy.",
                b -> attribute("_indexing", "at", b[0]));
        table.property("T", "The axes in reverse order, as a view.",
                b -> Tensors.result(Tensors.apply(Ops.named("transpose"), new Object[] {null}, self(b))));
    }

    private static Object attribute(String module, String function, Object self) {
        return Calls.call(EbbContext.get(null).modules().library(module).get(function), self);
    }

    private static void conversions(BuiltinTable table) {
        for (String name : new String[] {"item", "asscalar"}) {
            table.simple(name + "(self, /)", "The one element as a float (still differentiable), an int or a bool.", b -> Tensors.item(self(b)));
        }
        table.simple("tolist(self, /)", "The elements as nested lists of numbers.", b -> Tensors.toList(self(b)));
        for (String name : new String[] {"asnumpy", "numpy"}) {
            table.simple(name + "(self, /)", "The values alone: a copy without history, in Ebb's own flavour.",
                    b -> self(b) instanceof Tensor t ? t.copy().withFlavour(org.ebb.tensor.Flavour.PLAIN)
                            : Tensors.result(EbbContext.get(null).tape().detach(self(b))));
        }
        table.simple("copy(self, /)", "A new tensor with the same elements and history.",
                b -> TensorFunctions.copy(Tensors.tensor(self(b), "copy"), null));
        table.simple("astype(self, dtype, copy=True)", "The elements in another dtype.",
                b -> Tensors.result(Tensors.apply(Linear.CAST, new Object[] {EbbDType.read(b[1], DType.FLOAT32)}, self(b))));
        for (String name : new String[] {"as_in_context", "as_in_ctx", "to_device"}) {
            table.simple(name + "(self, context, /)", "The tensor itself: there is one place where tensors live.", b -> Tensors.result(self(b)));
        }
        table.simple("wait_to_read(self, /)", "Nothing to wait for: an operation is done when its line is done.", b -> EbbNone.NONE);
        table.simple("as_np_ndarray(self, /)", "The same elements and history with the habits of MXNet 2.", b -> RowsModule.flavoured(self(b), "np"));
        table.simple("as_nd_ndarray(self, /)", "The same elements and history with the habits of MXNet 1.", b -> RowsModule.flavoured(self(b), "nd"));
        table.simple("__float__(self, /)", "The one element as a float, still differentiable.", b -> Tensors.toFloat(self(b)));
        table.simple("__int__(self, /)", "The one element cut to an int.",
                b -> Tensors.item(self(b)) instanceof Long n ? (Object) n : Floats.toInt(Numbers.asDouble(Tensors.item(self(b)))));
        table.simple("__index__(self, /)", "The one element, if it is an int.", b -> {
            if (self(b) instanceof Tensor t && t.dtype().isInteger() && t.size() == 1) {
                return t.getLong(0);
            }
            throw Errors.typeError("a tensor of " + self(b).dtype().text + " with shape " + self(b).shape() + " is no index; write int(...)");
        });
        table.simple("__bool__(self, /)", "Whether the one element is not 0.", b -> Truth.of(self(b)));
        table.simple("__repr__(self, /)", "The tensor as the prompt shows it.", b -> Tensors.display(self(b)));
        table.simple("__str__(self, /)", "The tensor as print shows it.", b -> Tensors.print(self(b)));
        table.simple("__format__(self, format_spec, /)", "The one element formatted as a number; any tensor where the format is empty.", b -> {
            String spec = (String) b[1];
            return spec.isEmpty() ? Tensors.print(self(b)) : org.ebb.runtime.Text.format(Numbers.plain(Tensors.item(self(b))), spec);
        });
        table.simple("__hash__(self, /)", "Told from all other tensors by identity.",
                b -> b[0] instanceof Scalar s ? Compare.hash(s.value) : Compare.identity(b[0]));
    }

    private static void shapes(BuiltinTable table) {
        table.simple("reshape(self, *shape)", "The same elements under another shape.", b -> rearranged("reshape", b));
        table.simple("expand(self, *shape)", "The tensor repeated along new and size-1 axes until it has the shape: a view.", b -> rearranged("broadcast_to", new Object[] {b[0], lengths(self(b), (Object[]) b[1])}));
        table.simple("transpose(self, *axes)", "The axes in another order; reversed where none is given.", b -> rearranged("transpose", b));
        table.simple("flatten(self, *args, **kwargs)", "A copy with one axis; with a first and a last axis, those in one: flatten(x, 1).", b -> {
            if (((Object[]) b[1]).length > 0 || ((EbbDict) b[2]).size() > 0) {
                return written("flatten", b[0], (Object[]) b[1], (EbbDict) b[2]);
            }
            return TensorFunctions.copy((Tensor) Tensors.apply(Linear.RESHAPE, new Object[] {-1L}, Tensors.tensor(self(b), "flatten")), null);
        });
        table.simple("__round__(self, ndigits=None, /)", "The elements rounded.", b -> rounded(self(b), b[1]));
        table.simple("round(self, decimals=None)", "The elements rounded.", b -> rounded(self(b), b[1]));
        table.simple("__abs__(self, /)", "The elements without their signs.", b -> Tensors.apply(Ops.named("abs"), self(b)));
    }

    static Object rounded(Value x, Object digits) {
        long places = Args.absent(digits) ? 0 : TensorArguments.integer(digits);
        if (places == 0) {
            return Tensors.apply(Rounding.RINT, x);
        }
        Object power = Math.pow(10, places);
        Object scaled = TensorOperators.binary(BinaryOperator.MULTIPLY, x, power);
        return TensorOperators.binary(BinaryOperator.DIVIDE, Tensors.apply(Rounding.RINT, (Value) scaled), power);
    }

    /** The lengths of axes to which a tensor is expanded; -1 leaves an axis as it is. */
    private static Object[] lengths(Value x, Object[] given) {
        Object[] lengths = given.length == 1 && given[0] instanceof EbbTuple tuple ? tuple.items.clone() : given.clone();
        int before = lengths.length - x.shape().rank();
        for (int k = Math.max(before, 0); k < lengths.length; k++) {
            lengths[k] = lengths[k] instanceof Long n && n == -1 ? (Object) x.shape().dim(k - before) : lengths[k];
        }
        return lengths;
    }

    /** A row whose last argument may also be given as several. */
    static Object rearranged(String row, Object[] b) {
        Object[] given = (Object[]) b[1];
        Object one = given.length == 0 ? null : TensorArguments.option(given.length == 1 ? given[0] : new org.ebb.runtime.EbbTuple(given));
        return Tensors.result(Tensors.apply(Ops.named(row), new Object[] {one}, self(b)));
    }

    private static void operators(BuiltinTable table) {
        for (BinaryOperator operator : BinaryOperator.values()) {
            String name = Operators.methodName(operator);
            table.simple("__" + name + "__(self, value, /)", "self " + operator.text + " value", b -> known(TensorOperators.binary(operator, b[0], b[1])));
            table.simple("__r" + name + "__(self, value, /)", "value " + operator.text + " self", b -> known(TensorOperators.binary(operator, b[1], b[0])));
        }
        for (CompareOperator operator : new CompareOperator[] {CompareOperator.EQUAL, CompareOperator.NOT_EQUAL, CompareOperator.LESS,
            CompareOperator.LESS_EQUAL, CompareOperator.GREATER, CompareOperator.GREATER_EQUAL}) {
            table.simple(Compare.methodName(operator) + "(self, value, /)", "self " + operator.text + " value",
                    b -> known(TensorOperators.compare(operator, b[0], b[1])));
        }
        table.simple("__neg__(self, /)", "-self", b -> TensorOperators.unary(UnaryOperator.MINUS, self(b)));
        table.simple("__pos__(self, /)", "+self", b -> TensorOperators.unary(UnaryOperator.PLUS, self(b)));
        table.simple("__invert__(self, /)", "~self", b -> TensorOperators.unary(UnaryOperator.INVERT, self(b)));
    }

    private static Object known(Object result) {
        return result == null ? EbbConstant.NOT_IMPLEMENTED : result;
    }

    private static void container(BuiltinTable table) {
        table.simple("__len__(self, /)", "The length of the first axis.", b -> {
            if (self(b).shape().rank() == 0) {
                throw Errors.typeError("a tensor of shape () has no len()");
            }
            return self(b).shape().dim(0);
        });
        table.simple("__getitem__(self, key, /)", "self[key]", b -> TensorItems.get(self(b), b[1]));
        table.simple("__setitem__(self, key, value, /)", "self[key] = value", b -> {
            TensorItems.set(self(b), b[1], b[2]);
            return EbbNone.NONE;
        });
        table.simple("__iter__(self, /)", "Walks over the first axis.", b -> iterator(self(b)));
        table.simple("__contains__(self, value, /)", "Is any element equal to value?", b -> {
            Object equal = TensorOperators.compare(CompareOperator.EQUAL, b[0], b[1]);
            return equal != null && (equal instanceof Boolean truth ? truth : Truth.of(Tensors.apply(Ops.named("any"), new Object[] {null, false},
                    (Value) equal)));
        });
    }

    static EbbIterator iterator(Value x) {
        if (x.shape().rank() == 0) {
            throw Errors.typeError("a tensor of shape () cannot be walked over");
        }
        long[] next = {0};
        return EbbIterator.of("tensor_iterator", () -> next[0] < x.shape().dim(0) ? Sequences.getItem(x, next[0]++) : EbbIterator.END);
    }

    /** Can a row be a method under this name? */
    static boolean isMethod(String name, Op op) {
        return !name.startsWith("_") && !op.variadic() && !NO_METHODS.contains(op.name) && !OWN.contains(name);
    }

    private static void method(BuiltinTable table, String name, Op op) {
        if (isMethod(name, op)) {
            BuiltinNode.Simple body = MoreKeywords.body(op, b -> TensorArguments.apply(op, b));
            table.row(op, MoreKeywords.signature(name, op, "self"), MoreKeywords.doc(op), RowNodes.of(op, body), body);
        }
    }
}
