package org.ebb.builtins;

import java.util.ArrayList;
import java.util.List;
import org.ebb.grad.Gradients;
import org.ebb.grad.Leaf;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Names;
import org.ebb.runtime.Tensors;
import org.ebb.runtime.Text;
import org.ebb.runtime.Truth;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** Methods and attributes of tensors and of floats that have to do with gradients. */
final class GradientMethods {

    private GradientMethods() {}

    static void fill(BuiltinTable table) {
        table.property("grad", "The gradient that the latest backward left; None where none is attached.", b -> {
            Leaf leaf = gradients().leaf(self(b));
            return leaf == null || leaf.grad == null ? EbbNone.NONE : leaf.grad;
        }, b -> {
            Leaf leaf = gradients().leaf(self(b));
            if (leaf == null || leaf.grad == null) {
                throw Errors.attributeError("no gradient is attached: call attach_grad() first");
            }
            leaf.grad.assign(Tensors.tensor(b[1], "grad"));
            return EbbNone.NONE;
        });
        table.property("grad_is_fresh", "Whether a backward has reached the value since this was set to False.", b -> {
            Leaf leaf = gradients().leaf(self(b));
            return leaf != null && leaf.fresh;
        }, b -> {
            Leaf leaf = gradients().leaf(self(b));
            if (leaf != null) {
                leaf.fresh = Truth.of(b[1]);
            }
            return EbbNone.NONE;
        });
        table.property("grad_req", "What backward does with the gradient: 'write', 'add' or 'null'; None where none is attached.", b -> {
            Leaf leaf = gradients().leaf(self(b));
            return leaf == null ? EbbNone.NONE : leaf.request.name().toLowerCase(java.util.Locale.ROOT);
        });
        table.simple("attach_grad(self, grad_req='write')", "Give the value a gradient, zeros at first.", b -> {
            Value self = self(b);
            if (b[0] instanceof Double) {
                throw Errors.typeError("attach_grad: a plain float has no place for a gradient; write x = tensor(" + Text.repr(b[0]) + ")");
            }
            rebase(self);
            gradients().attach(self, request(b[1]));
            return EbbNone.NONE;
        });
        table.simple("drop_grad(self, /)", "Take the gradient off again.", b -> {
            gradients().drop(self(b));
            return EbbNone.NONE;
        });
        table.simple("zero_grad(self, /)", "Set the gradient to zeros.", b -> {
            Leaf leaf = gradients().leaf(self(b));
            if (leaf != null && leaf.grad != null) {
                leaf.grad.assign(Tensor.zeros(leaf.grad.dtype(), leaf.grad.shape(), leaf.grad.flavour()));
            }
            return EbbNone.NONE;
        });
        table.simple("detach(self, /)", "The same value without history.", b -> Tensors.result(context().tape().detach(self(b))));
        table.simple("backward(self, out_grad=None, retain_graph=False, train_mode=True)",
                "Fill the gradients of everything attached that this value was computed from.", b -> {
                    backward(List.of(self(b)), headGradients(b[1]), Truth.of(b[2]), Truth.of(b[3]));
                    return EbbNone.NONE;
                });
    }

    private static Value self(Object[] b) {
        return b[0] instanceof Value v ? v : Scalar.of((Double) b[0]);
    }

    static EbbContext context() {
        return EbbContext.get(null);
    }

    static Gradients gradients() {
        return context().gradients();
    }

    static Leaf.Request request(Object text) {
        Leaf.Request request = text instanceof String s ? Leaf.Request.named(s) : null;
        if (request == null) {
            throw Errors.valueError("grad_req must be 'write', 'add' or 'null', not " + Text.repr(text)
                    + (text instanceof String s ? Names.hint(s, List.of("write", "add", "null")) : ""));
        }
        return request;
    }

    private static List<Value> headGradients(Object one) {
        if (one == EbbNone.NONE) {
            return null;
        }
        return List.of(Tensors.required(one, "backward"));
    }

    static void backward(List<Value> heads, List<Value> headGradients, boolean retain, boolean train) {
        try {
            gradients().backward(heads, headGradients, retain, train, context().tape().place);
        } catch (org.ebb.tensor.TensorException.BadGradient refusal) {
            throw ExplainFunctions.explained(refusal);
        }
    }

    /**
     * A tensor that sees all of a cell under another shape (as {@code arange(6).reshape((2, 3))} does) becomes the cell's own form, as
     * long as the cell has no history: its gradient then belongs to the cell, and every view takes part.
     */
    static void rebase(Value value) {
        if (value instanceof Tensor t && !t.isBase() && t.cell.recording == null && t.cell.attached == null && t.offset == 0
                && t.size() == t.cell.storage.length() && t.isContiguous()) {
            t.cell.base = t.shape();
        }
    }

    /** The values in a list, a tuple, or alone. */
    static List<Value> values(Object one, String what) {
        var all = new ArrayList<Value>();
        if (one instanceof Value v) {
            all.add(v);
        } else {
            for (Object item : org.ebb.runtime.Iteration.toArray(one)) {
                all.add(item == EbbNone.NONE ? null : Tensors.required(item, what));
            }
        }
        return all;
    }
}
