package org.ebb.builtins;

import com.oracle.truffle.api.object.DynamicObjectLibrary;
import com.oracle.truffle.api.source.SourceSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ebb.grad.Place;
import org.ebb.grad.Rule;
import org.ebb.grad.Tape;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Calls;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbException;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Tensors;
import org.ebb.runtime.Types;
import org.ebb.tensor.Value;

/** The class {@code autograd.Function}: an operation with a forward and a backward of the program's own. */
final class CustomFunction {

    private static final DynamicObjectLibrary FIELDS = DynamicObjectLibrary.getUncached();
    private static final String SAVED = "saved_tensors";

    private CustomFunction() {}

    static void fill(BuiltinTable table) {
        table.simple("__init__(self, /)", "Nothing to prepare.", b -> EbbNone.NONE);
        table.simple("save_for_backward(self, *values)", "Keep values for backward, which finds them in saved_tensors.", b -> {
            Tape tape = EbbContext.get(null).tape();
            Object[] values = ((Object[]) b[1]).clone();
            for (int k = 0; k < values.length; k++) {
                values[k] = values[k] instanceof Value v ? tape.kept(v) : values[k];
            }
            FIELDS.put((EbbObject) b[0], SAVED, EbbTuple.of(values));
            return EbbNone.NONE;
        });
        table.simple("__call__(self, *inputs)", "Run forward with recording off, and record the call as one operation.",
                b -> call((EbbObject) b[0], (Object[]) b[1]));
        table.simple("forward(self, *inputs)", "To be written by the class that inherits.", b -> {
            throw Errors.notImplemented(Types.name(b[0]) + " has no forward");
        });
        table.simple("backward(self, *gradients)", "To be written by the class that inherits.", b -> {
            throw Errors.notImplemented(Types.name(b[0]) + " has no backward");
        });
    }

    private static Object call(EbbObject self, Object[] arguments) {
        EbbContext context = EbbContext.get(null);
        Tape tape = context.tape();
        var place = tape.place;
        boolean recording = tape.recording;
        var before = tape.enter(false, tape.training);
        Object result;
        try {
            result = Calls.callMethod(self, "forward", arguments);
        } finally {
            tape.restore(before);
        }
        if (!recording) {
            return result;
        }
        Value[] inputs = new Value[arguments.length];
        int count = 0;
        for (Object argument : arguments) {
            if (argument instanceof Value v) {
                inputs[count++] = v;
            }
        }
        Value[] tracked = java.util.Arrays.copyOf(inputs, count);
        List<Object> outputs = result instanceof EbbTuple tuple ? List.of(tuple.items) : result instanceof EbbList list ? List.of(list.toArray())
                : List.of(result);
        Value[] values = new Value[outputs.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = Tensors.required(outputs.get(k), Types.name(self) + ".forward");
        }
        Map<Object, Object> fields = fields(self);
        tape.place = place;
        Value[] recorded = context.gradients().custom(tracked, values,
                (trace, cotangents) -> backward(self, fields, arguments, tracked, cotangents, place),
                again(self, fields, arguments, detached(tape, tracked)));
        Object[] results = new Object[recorded.length];
        for (int k = 0; k < results.length; k++) {
            results[k] = Tensors.result(recorded[k]);
        }
        return result instanceof EbbTuple ? EbbTuple.of(results) : result instanceof EbbList ? new EbbList(results) : results[0];
    }

    private static Value[] detached(Tape tape, Value[] values) {
        Value[] own = new Value[values.length];
        for (int k = 0; k < own.length; k++) {
            own[k] = tape.detach(values[k]);
        }
        return own;
    }

    /** Forward once more, on an object of its own, so that what backward saved stays as it is. */
    private static Rule again(EbbObject self, Map<Object, Object> fields, Object[] arguments, Value[] inputs) {
        return new Rule() {
            @Override
            public Value[] inputs() {
                return inputs;
            }

            @Override
            public Value[] forward(Value[] others) {
                EbbObject receiver = new EbbObject(self.type().instanceShape());
                fields.forEach((name, value) -> FIELDS.put(receiver, name, value));
                Object[] given = arguments.clone();
                int next = 0;
                for (int k = 0; k < given.length; k++) {
                    given[k] = given[k] instanceof Value ? Tensors.result(others[next++]) : given[k];
                }
                Object result = Calls.callMethod(receiver, "forward", given);
                return GradientMethods.values(result instanceof Double d ? org.ebb.tensor.Scalar.of(d) : result, "forward").toArray(Value[]::new);
            }
        };
    }

    /** The attributes as forward left them: a later call may overwrite them before this call's backward runs. */
    private static Map<Object, Object> fields(EbbObject self) {
        var fields = new LinkedHashMap<Object, Object>();
        for (Object key : FIELDS.getKeyArray(self)) {
            fields.put(key, FIELDS.getOrDefault(self, key, EbbNone.NONE));
        }
        return fields;
    }

    private static Value[] backward(EbbObject self, Map<Object, Object> fields, Object[] arguments, Value[] inputs, Value[] cotangents,
            Place place) {
        Object[] given = new Object[cotangents.length];
        for (int k = 0; k < given.length; k++) {
            given[k] = Tensors.result(cotangents[k]);
        }
        Map<Object, Object> now = fields(self);
        EbbObject receiver = self;
        if (!now.equals(fields)) {
            receiver = new EbbObject(self.type().instanceShape());
            for (var field : fields.entrySet()) {
                FIELDS.put(receiver, field.getKey(), field.getValue());
            }
        }
        Object result;
        try {
            result = Calls.callMethod(receiver, "backward", given);
        } catch (EbbException error) {
            throw error.recordedAt(place);
        }
        if (result == EbbNone.NONE) {
            throw Errors.typeError(Types.name(self) + ".backward gave None: it must return one gradient for each input of forward, that is "
                    + arguments.length + "; zeros where there is none" + recorded(place));
        }
        Object[] gradients = result instanceof EbbTuple tuple ? tuple.items : result instanceof EbbList list ? list.toArray() : new Object[] {result};
        String name = Types.name(self) + ".backward";
        boolean forEach = gradients.length == arguments.length;
        if (!forEach && gradients.length != inputs.length) {
            throw Errors.valueError(name + " must give one gradient for each input of forward, that is " + arguments.length + ", but gave "
                    + gradients.length + returned(self) + recorded(place));
        }
        var found = new ArrayList<Value>();
        for (int k = 0; k < gradients.length; k++) {
            if (forEach && !(arguments[k] instanceof Value)) {
                continue;
            }
            found.add(fit(name, k, gradients[k], inputs[found.size()], place));
        }
        return found.toArray(Value[]::new);
    }

    /** The last line of the class's backward that returns something. */
    private static String returned(EbbObject self) {
        if (!(self.type().lookup("backward") instanceof EbbFunction backward)) {
            return "";
        }
        SourceSection section = backward.code.target(false).getRootNode().getSourceSection();
        for (int line = section.getEndLine(); line >= section.getStartLine(); line--) {
            String text = section.getSource().getCharacters(line).toString().strip();
            if (text.startsWith("return")) {
                return "\n  it returns at " + section.getSource().getName() + ":" + line + ": " + text;
            }
        }
        return "";
    }

    private static String recorded(Place place) {
        return place == null ? "" : "\n  the call was recorded at " + place.where() + ": " + place.text();
    }

    private static Value fit(String name, int k, Object gradient, Value input, Place place) {
        if (gradient == EbbNone.NONE) {
            return null;
        }
        if (!(gradient instanceof Value) && !Numbers.isNumber(gradient)) {
            throw Errors.typeError(name + ": gradient " + k + " must be a tensor or a number like the input, not " + Types.name(gradient)
                    + recorded(place));
        }
        Value value = Tensors.required(gradient, name);
        if (!value.shape().equals(input.shape()) && !(value.shape().size() == 1 && input.shape().size() == 1)) {
            throw Errors.valueError(name + ": gradient " + k + " has shape " + value.shape() + ", but the input has shape " + input.shape()
                    + recorded(place));
        }
        return value;
    }
}
