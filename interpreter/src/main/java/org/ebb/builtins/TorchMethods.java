package org.ebb.builtins;

import java.util.regex.Pattern;
import org.ebb.op.Elementwise;
import org.ebb.op.Linear;
import org.ebb.op.Op;
import org.ebb.op.Ops;
import org.ebb.op.Rounding;
import org.ebb.runtime.BuiltinNode;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Calls;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbDType;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.Errors;
import org.ebb.runtime.TensorOperators;
import org.ebb.runtime.Tensors;
import org.ebb.runtime.Truth;
import org.ebb.runtime.Types;
import org.ebb.tensor.DType;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * Methods of tensors that are PyTorch's words for what NumPy says otherwise, and its methods with an underscore behind the name, which
 * write their result into the tensor: {@code x.add_(y)} is {@code x += y}.
 */
final class TorchMethods {

    /** Functions of the library, and rows that are not elementwise, whose result has the shape of their first argument. */
    private static final String KEEPING_SHAPE = "tril triu cumsum clamp_min clamp_max addcmul addcdiv nan_to_num float_power masked_fill masked_scatter "
            + "scatter scatter_add scatter_reduce index_add index_copy index_fill index_reduce index_put put fill_diagonal addmm addmv addr baddbmm cumprod "
            + "renorm";

    private static final Pattern DEVICE = Pattern.compile("(cpu|cuda|mps|gpu)(:\\d+)?");

    private TorchMethods() {}

    static void fill(BuiltinTable table) {
        casts(table);
        shapes(table);
        writing(table);
    }

    private static void casts(BuiltinTable table) {
        Object[][] dtypes = {{"float", DType.FLOAT32}, {"double", DType.FLOAT64}, {"half", DType.FLOAT16}, {"bfloat16", DType.BFLOAT16},
            {"long", DType.INT64}, {"int", DType.INT32}, {"bool", DType.BOOL}};
        for (Object[] pair : dtypes) {
            var dtype = (DType) pair[1];
            table.simple(pair[0] + "(self, /)", "The elements as " + dtype.text + "; the tensor itself where they are.", b -> cast(self(b), dtype));
        }
        table.simple("to(self, dtype=None, *, device=None, copy=False)",
                "The elements in another dtype, or in that of another tensor; the tensor itself where they have it. A device is taken and has no effect.", b -> {
                    boolean device = b[1] instanceof String name && DEVICE.matcher(name).matches();
                    DType dtype = device ? null : Tensors.isTensor(b[1]) ? Tensors.required(b[1], "to").dtype() : EbbDType.read(b[1], null);
                    Object result = dtype == null ? Tensors.result(self(b)) : cast(self(b), dtype);
                    return Truth.of(b[3]) && result == b[0] ? copy(self(b)) : result;
                });
        table.simple("type_as(self, other, /)", "The elements in the dtype of other.", b -> cast(self(b), Tensors.required(b[1], "type_as").dtype()));
        table.simple("is_floating_point(self, /)", "Whether the elements are of a float dtype.", b -> self(b).dtype().isFloat());
        table.simple("clone(self, /)", "A new tensor with the same elements and history: copy().", b -> copy(self(b)));
        table.simple("contiguous(self, /)", "The tensor itself: every tensor will do for every operation.", b -> Tensors.result(self(b)));
    }

    private static Object cast(Value x, DType dtype) {
        return Tensors.result(x.dtype() == dtype ? x : Tensors.apply(Linear.CAST, new Object[] {dtype}, x));
    }

    private static Tensor copy(Value x) {
        return TensorFunctions.copy(Tensors.tensor(x, "copy"), null);
    }

    private static void shapes(BuiltinTable table) {
        for (String name : new String[] {"dim", "ndimension"}) {
            table.simple(name + "(self, /)", "The number of axes: ndim.", b -> (long) self(b).shape().rank());
        }
        for (String name : new String[] {"numel", "nelement"}) {
            table.simple(name + "(self, /)", "The number of elements: size.", b -> self(b).shape().size());
        }
        table.simple("view(self, *shape)", "The same elements under another shape: reshape.", b -> {
            if (((Object[]) b[1]).length == 1 && ((Object[]) b[1])[0] instanceof EbbDType dtype) {
                throw Errors.typeError("view: bits are not read as another dtype; x.astype(" + dtype + ") gives the elements in it");
            }
            return TensorType.rearranged("reshape", b);
        });
        table.simple("where(self, condition, other, /)", "The elements where condition is true, those of other elsewhere: where(condition, x, other).",
                b -> TensorArguments.apply(Ops.named("where"), new Object[] {b[1], b[0], b[2]}));
        table.simple("permute(self, *axes)", "The axes in another order: transpose.", b -> TensorType.rearranged("transpose", b));
        table.simple("t(self, /)", "A matrix with rows and columns exchanged, as a view.", b -> {
            if (self(b).shape().rank() > 2) {
                throw Errors.valueError("t: at most 2 axes are exchanged, not those of shape " + self(b).shape() + "; write x.mT for the last two");
            }
            return Tensors.result(Tensors.apply(Ops.named("transpose"), new Object[] {null}, self(b)));
        });
    }

    private static void writing(BuiltinTable table) {
        table.simple("zero_(self, /)", "Writes zeros into the tensor: x[...] = 0.", b -> written("zero_", b[0], 0L));
        for (String name : new String[] {"fill_", "fill"}) {
            table.simple(name + "(self, value, /)", "Writes one value into all elements: x[...] = value.", b -> {
                Object result = written(name, b[0], b[1]);
                return name.equals("fill") ? EbbNone.NONE : result;
            });
        }
        table.simple("copy_(self, other, /)", "Writes the elements of other into the tensor: x[...] = other.", b -> written("copy_", b[0], b[1]));
        table.simple("normal_(self, mean=0.0, std=1.0)", "Writes normally distributed numbers into the tensor.", b -> drawn("normal", b));
        table.simple("uniform_(self, low=0.0, high=1.0)", "Writes numbers distributed evenly from low to high into the tensor.", b -> drawn("uniform", b));
        for (Op op : Ops.all()) {
            inPlace(table, op.name, op);
        }
        Ops.aliases().forEach((alias, name) -> inPlace(table, alias, Ops.named(name)));
        for (String name : KEEPING_SHAPE.split(" ")) {
            Op op = Ops.named(name);
            BuiltinNode.Simple body = op != null ? b -> TensorArguments.apply(op, b) : null;
            String signature = op != null ? TensorArguments.signature(name + "_", op, "self") : name + "_(self, *args, **kwargs)";
            table.simple(signature, "Writes the result of " + name + " into the tensor.", b -> written(name + "_", b[0],
                    body != null ? body.call(b) : TensorType.written(name, b[0], (Object[]) b[1], (EbbDict) b[2])));
        }
    }

    private static void inPlace(BuiltinTable table, String name, Op op) {
        if (op instanceof Elementwise row && row.result != Elementwise.Result.TRUTH && op != Rounding.STOP_GRADIENT && TensorType.isMethod(name, op)) {
            BuiltinNode.Simple body = MoreKeywords.body(op, b -> TensorArguments.apply(op, b));
            table.simple(MoreKeywords.signature(name + "_", op, "self"), "Writes the result of " + name + " into the tensor.",
                    b -> written(name + "_", b[0], body.call(b)));
        }
    }

    private static Object drawn(String name, Object[] b) {
        Object draw = EbbContext.get(null).modules().library("random").get(name);
        DType dtype = self(b).dtype() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
        return written(name + "_", b[0], Calls.call(draw, b[1], b[2], Tensors.shape(self(b).shape()), EbbDType.of(dtype)));
    }

    /** The tensor after it was written to. */
    private static Object written(String what, Object self, Object value) {
        if (!(self instanceof Tensor x) || x.frozen) {
            throw Errors.typeError(what + ": a 0-d result of an operation is a value: it cannot be written to");
        }
        Value v = Tensors.operand(value, !x.dtype().isFloat());
        if (v == null) {
            throw Errors.typeError(what + ": a tensor of " + x.dtype().text + " cannot hold " + Types.name(value));
        }
        if (!TensorOperators.canHold(x.dtype(), v.dtype())) {
            throw Errors.typeError(what + ": the result is " + v.dtype().text + ", which a tensor of " + x.dtype().text + " cannot hold");
        }
        if (v.shape().rank() > x.rank() || v.shape().size() > x.size()) {
            throw Errors.valueError(what + ": the result has shape " + v.shape() + ", which a tensor of shape " + x.shape() + " cannot hold");
        }
        EbbContext.get(null).writes().assign(x, v);
        return x;
    }

    private static Value self(Object[] b) {
        return TensorType.self(b);
    }
}
