package org.ebb.builtins;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.TruffleLanguage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.ebb.grad.Tape;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Calls;
import org.ebb.runtime.EbbBoundMethod;
import org.ebb.runtime.EbbBuiltin;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Signature;
import org.ebb.runtime.Truth;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;

/** The module {@code _embed}: functions of the program for Java hosts, with numbers in the hosts' own arrays. See {@code org.ebb.embed}. */
final class EmbedModule {

    private EmbedModule() {}

    static void fill(BuiltinTable table) {
        table.simple("parameters(f)", "How many arguments a call of f must give; -1 where f can be no function of numbers.", b -> parameters(b[0]));
        table.simple("door(f, inputs, whole, slopes, point, value, gradient)",
                "f for a host: a Door. whole: f takes one tensor of float64 instead of that many floats.", b -> {
                    RootCallTarget target = target(b[0], new Purpose((int) (long) (Long) b[1], Truth.of(b[2]), Truth.of(b[3])));
                    return new Door(b[0], target, Door.array(b[4]), Door.array(b[5]), Door.array(b[6]));
                });
        table.simple("outputs(f, inputs, whole, point)", "The numbers of f's value, as an array of the host.",
                b -> host(b[0], () -> numbers(b[0], Calls.call(b[0], arguments(b)))));
        table.simple("jacobian(f, inputs, whole, point)", "The numbers of f's value and then their derivatives, a row for each, as an array of the host.",
                b -> host(b[0], () -> jacobian(b[0], (int) (long) (Long) b[1], Truth.of(b[2]), Door.array(b[3]))));
        table.simple("product(f, inputs, whole, point, direction)", "The Hessian of f times a direction, as an array of the host.", b -> {
            Object f = b[0];
            boolean whole = Truth.of(b[2]);
            Object function = whole ? f : EbbBuiltin.function("spread(x)", "f of a tuple's items.", a -> Calls.call(f, Iteration.toArray(a[0])));
            Object x = whole ? tensor(Door.array(b[3])) : floats(Door.array(b[3]));
            Object along = whole ? tensor(Door.array(b[4])) : floats(Door.array(b[4]));
            return host(f, () -> numbers(f, Calls.call(EbbContext.get(null).builtins().get("hvp"), function, x, along)));
        });
    }

    private static long parameters(Object f) {
        Signature signature = switch (f) {
            case EbbFunction own -> own.code.signature;
            case EbbBuiltin builtin -> builtin.signature();
            case EbbBoundMethod method when method.function instanceof EbbFunction own -> own.code.signature;
            default -> null;
        };
        if (signature == null) {
            return Calls.isCallable(f) ? 0 : -1;
        }
        return signature.needed - (f instanceof EbbBoundMethod ? 1 : 0);
    }

    private record Purpose(int inputs, boolean whole, boolean slopes) {
        RootCallTarget root(TruffleLanguage<?> language) {
            return (whole ? new WholeDoorRoot(language, inputs, slopes) : new DoorRoot(language, inputs, slopes)).getCallTarget();
        }
    }

    private static RootCallTarget target(Object function, Purpose purpose) {
        if (function instanceof EbbFunction own) {
            TruffleLanguage<?> language = own.code.target(false).getRootNode().getLanguage(EbbContext.languageClass());
            return own.code.around(purpose, () -> purpose.root(language));
        }
        return purpose.root(null);
    }

    private static Object host(Object function, Supplier<double[]> numbers) {
        try {
            return EbbContext.get(null).env().asGuestValue(numbers.get());
        } catch (TensorException refusal) {
            throw Door.refused(function, refusal);
        }
    }

    static Tensor tensor(double[] numbers) {
        Storage elements = Storage.zeros(DType.FLOAT64, numbers.length);
        System.arraycopy(numbers, 0, elements.array(), 0, numbers.length);
        return Tensor.of(elements, Shape.of(numbers.length), Flavour.PLAIN);
    }

    private static EbbTuple floats(double[] numbers) {
        return new EbbTuple(Arrays.stream(numbers).boxed().toArray());
    }

    private static Object[] arguments(Object[] b) {
        double[] point = Door.array(b[3]);
        return Truth.of(b[2]) ? new Object[] {tensor(point)} : floats(point).items;
    }

    /** The numbers of a number, a tensor, or a nest of them in tuples and lists, in order. */
    private static double[] numbers(Object function, Object value) {
        List<Double> found = new ArrayList<>();
        for (Value one : values(function, value)) {
            switch (one) {
                case Scalar s -> found.add(s.value);
                case Tensor t -> {
                    for (long i = 0; i < t.size(); i++) {
                        found.add(t.getDouble(i));
                    }
                }
            }
        }
        return found.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static List<Value> values(Object function, Object value) {
        List<Value> found = new ArrayList<>();
        collect(function, value, found);
        return found;
    }

    private static void collect(Object function, Object value, List<Value> into) {
        switch (value) {
            case Value one -> into.add(one);
            case EbbTuple items -> {
                for (Object item : items.items) {
                    collect(function, item, into);
                }
            }
            case EbbList items -> {
                for (Object item : items.toArray()) {
                    collect(function, item, into);
                }
            }
            default -> into.add(Scalar.of(DoorRoot.number(function, value)));
        }
    }

    /** Runs f once, and backward once for each number it gives. */
    private static double[] jacobian(Object f, int inputs, boolean whole, double[] point) {
        EbbContext context = EbbContext.get(null);
        Tape tape = context.tape();
        Tape.Mode before = tape.enter(true, tape.training);
        try {
            List<Value> variables = new ArrayList<>();
            Object[] arguments = whole ? new Object[] {tape.variable(tensor(point))} : new Object[inputs];
            for (int j = 0; j < arguments.length; j++) {
                arguments[j] = whole ? arguments[j] : tape.variable(Scalar.of(point[j]));
                variables.add(tape.handle((Value) arguments[j]));
            }
            List<Value> outputs = values(f, Calls.call(f, arguments));
            long rows = outputs.stream().mapToLong(output -> output.shape().size()).sum();
            double[] all = new double[Math.toIntExact(rows * (inputs + 1))];
            int row = 0;
            for (Value output : outputs) {
                for (int i = 0; i < output.shape().size(); i++, row++) {
                    all[row] = output instanceof Tensor t ? t.getDouble(i) : ((Scalar) output).value;
                    slopes(context, before.session() == null && !whole, output, i, variables, all, (int) rows + row * inputs);
                }
            }
            return all;
        } finally {
            tape.discard(before, null);
        }
    }

    /** {@code first}: the recording began with the variables. */
    private static void slopes(EbbContext context, boolean first, Value output, int element, List<Value> variables, double[] all, int at) {
        Tape tape = context.tape();
        if (!context.gradients().isTracked(output) || first && output instanceof Scalar head && tape.slopes(head, variables.size(), all, at)) {
            return;
        }
        Value basis = Scalar.of(1);
        if (output instanceof Tensor t) {
            Tensor one = Tensor.zeros(t.dtype(), t.shape(), t.flavour());
            one.setDouble(element, 1);
            basis = one;
        }
        int to = at;
        for (Value found : context.gradients().gradients(List.of(output), variables, List.of(basis), true, false, tape.training, null)) {
            double[] numbers = numbers(null, found);
            System.arraycopy(numbers, 0, all, to, numbers.length);
            to += numbers.length;
        }
    }
}
