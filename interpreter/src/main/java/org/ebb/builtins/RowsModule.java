package org.ebb.builtins;

import java.util.Locale;
import org.ebb.op.Op;
import org.ebb.op.Ops;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Tensors;
import org.ebb.runtime.Text;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * The module {@code _rows}: every row by its name, also those whose names Python's builtins have, and what makes tensors under names
 * with an underscore. Modules of the library that have other habits build on it.
 */
final class RowsModule {

    private RowsModule() {}

    static void fill(BuiltinTable table) {
        for (Op op : Ops.all()) {
            row(table, op.name, op);
        }
        Ops.aliases().forEach((alias, name) -> row(table, alias, Ops.named(name)));
        for (String name : new String[] {"zeros", "ones", "full", "arange", "linspace", "eye"}) {
            table.constant("_" + name, EbbContext.get(null).builtins().get(name));
        }
        table.constant("_repeat", EbbContext.get(null).builtins().get("repeat"));
        table.simple("flavoured(x, flavour)", "x with the habits of 'plain' (Ebb), 'np' (MXNet 2) or 'nd' (MXNet 1).",
                b -> flavoured(b[0], b[1]));
    }

    private static void row(BuiltinTable table, String name, Op op) {
        if (!op.samples().isEmpty()) {
            table.simple(MoreKeywords.signature(name, op, null), MoreKeywords.doc(op), MoreKeywords.body(op, b -> TensorArguments.apply(op, b)));
        }
    }

    static Object flavoured(Object x, Object name) {
        Flavour flavour = switch (name) {
            case String s when s.equals("plain") || s.equals("np") || s.equals("nd") -> Flavour.valueOf(s.toUpperCase(Locale.ROOT));
            default -> throw Errors.valueError("flavoured: " + Text.repr(name) + " is none of 'plain', 'np', 'nd'");
        };
        return switch (x) {
            case EbbNone none -> none;
            case Tensor t when flavour == Flavour.ND && t.rank() == 0 -> ((Tensor) reshaped(t)).withFlavour(flavour);
            case Tensor t -> t.withFlavour(flavour);
            case Scalar s when flavour == Flavour.ND -> ((Tensor) reshaped(s)).withFlavour(flavour);
            case Scalar s -> new Scalar(s.value, Scalar.kind(s.dtype(), flavour), s.recording, s.id);
            default -> x;
        };
    }

    private static Value reshaped(Value x) {
        return Tensors.apply(Ops.named("reshape"), new Object[] {Shape.of(1)}, Tensors.tensor(x, "flavoured"));
    }
}
