package org.ebb.builtins;

import java.util.List;
import org.ebb.op.Op;
import org.ebb.op.Parameter;
import org.ebb.runtime.EbbBigInt;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbDType;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Integers;
import org.ebb.runtime.Tensors;
import org.ebb.runtime.Types;
import org.ebb.tensor.DType;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** Turns the arguments of a call into what a row of the operation table takes. */
final class TensorArguments {

    private TensorArguments() {}

    /** A row's signature as a builtin's: where a default is wanted the slot stays empty, and the row's own default is used. */
    static String signature(String name, Op op, String first) {
        var text = new StringBuilder(name).append('(');
        List<Parameter> parameters = op.parameters();
        for (int k = 0; k < parameters.size(); k++) {
            Parameter p = parameters.get(k);
            text.append(k == 0 ? "" : ", ").append(k == 0 && first != null ? first : p.name()).append(p.required() || k == 0 ? "" : "=?");
        }
        return text.append(')').toString();
    }

    /** Applies a row to bound arguments. */
    static Object apply(Op op, Object[] bound) {
        int inputs = op.variadic() ? 1 : op.inputs();
        Object[] options = new Object[op.parameters().size() - inputs];
        for (int k = 0; k < options.length; k++) {
            Object given = bound[inputs + k];
            options[k] = given == null ? op.parameters().get(inputs + k).fallback() : option(given);
        }
        Value[] values = inputs == 1 && !op.variadic() && bound[0] instanceof Tensor x ? new Value[] {x} : inputs(op, bound);
        return Tensors.result(Tensors.apply(op, options, values));
    }

    private static Value[] inputs(Op op, Object[] bound) {
        Object[] given = bound;
        int count = op.inputs();
        if (op.variadic()) {
            if (Tensors.isTensor(bound[0]) || !Iteration.isIterable(bound[0])) {
                throw Errors.typeError(op.name + ": a list or tuple of tensors is needed, not " + Types.name(bound[0]));
            }
            given = Iteration.toArray(bound[0]);
            count = given.length;
        }
        boolean whole = true;
        for (int k = 0; k < count; k++) {
            whole &= given[k] == null || given[k] instanceof Long || given[k] instanceof Boolean || Tensors.isWhole(given[k]);
        }
        boolean tensors = false;
        for (int k = 0; k < count; k++) {
            tensors |= Tensors.isWhole(given[k]);
        }
        Value[] values = new Value[count];
        for (int k = 0; k < count; k++) {
            Object value = given[k] == null || given[k] == EbbNone.NONE && !op.variadic() ? fallback(op, k) : given[k];
            values[k] = Tensors.operand(value, whole && tensors);
            if (values[k] == null) {
                throw Errors.typeError(op.name + ": " + (op.variadic() ? "item " + k : op.parameters().get(k).name())
                        + " must be a tensor or a number, not " + Types.name(value));
            }
        }
        return values;
    }

    private static Object fallback(Op op, int k) {
        Object value = op.parameters().get(k).fallback();
        if (value == null) {
            throw Errors.typeError(op.name + ": " + op.parameters().get(k).name() + " must be a tensor or a number, not NoneType");
        }
        return value;
    }

    /** An option as rows read it. */
    static Object option(Object value) {
        return switch (value) {
            case EbbNone _ -> null;
            case EbbDType d -> d.dtype;
            case EbbClass type when type == Types.BOOL || type == Types.INT || type == Types.FLOAT -> EbbDType.read(type, null);
            case EbbTuple tuple -> options(tuple.items);
            case EbbList list -> options(list.toArray());
            case Long _, Double _, Boolean _, String _, Value _, EbbBigInt _ -> value;
            default -> new Other(Types.name(value));
        };
    }

    /** A value that no row knows; its text is what errors call it. */
    private record Other(String type) {
        @Override
        public String toString() {
            return type;
        }
    }

    private static Object[] options(Object[] items) {
        Object[] all = new Object[items.length];
        for (int k = 0; k < all.length; k++) {
            all[k] = option(items[k]);
        }
        return all;
    }

    /** A shape from an int, or from a tuple or list of ints. */
    static Shape shape(Object value, String what) {
        if (value instanceof EbbTuple || value instanceof EbbList) {
            Object[] items = Iteration.toArray(value);
            long[] dims = new long[items.length];
            for (int k = 0; k < dims.length; k++) {
                dims[k] = length(items[k], what);
            }
            return Shape.of(dims);
        }
        return Shape.of(length(value, what));
    }

    private static long length(Object value, String what) {
        Object index = Numbers.asIndex(value);
        if (index == null) {
            throw Errors.typeError(what + ": a shape is an int or a tuple of ints, not " + Types.name(value));
        }
        return Integers.clampLong(index);
    }

    /** A shape where None means a single number. */
    static Shape size(Object value, String what) {
        return value == null || value == EbbNone.NONE ? Shape.SCALAR : shape(value, what);
    }

    static double number(Object value, String what) {
        Value v = Tensors.required(value, what);
        if (v.shape().size() != 1) {
            throw Errors.typeError(what + ": a number is needed, not a tensor of shape " + v.shape());
        }
        return Numbers.asDouble(Numbers.plain(Tensors.toFloat(v)));
    }

    static long integer(Object value) {
        return Integers.clampLong(Numbers.requireIndex(value));
    }

    static DType dtype(Object value) {
        return EbbDType.read(value, EbbContext.get(null).defaultDType);
    }
}
