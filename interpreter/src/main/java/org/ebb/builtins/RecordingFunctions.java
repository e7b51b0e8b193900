package org.ebb.builtins;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ebb.grad.Listing;
import org.ebb.grad.Tape;
import org.ebb.op.Rounding;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbModule;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.RecordedTape;
import org.ebb.runtime.RecordingBlock;
import org.ebb.runtime.RecordingBlock.Kind;
import org.ebb.runtime.Tensors;
import org.ebb.runtime.Truth;
import org.ebb.runtime.Types;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/** Recording: the blocks and flags, backward over several heads, attaching, and what a named recording tells. */
final class RecordingFunctions {

    private RecordingFunctions() {}

    /** The names that both the global names and the module autograd have. */
    static void fill(BuiltinTable table) {
        table.constant("record", new RecordingBlock(Kind.RECORD, true));
        table.constant("pause", new RecordingBlock(Kind.PAUSE, false));
        table.constant("train_mode", new RecordingBlock(Kind.TRAIN, true));
        table.constant("predict_mode", new RecordingBlock(Kind.PREDICT, false));
        table.simple("is_recording()", "Are operations being recorded?", b -> tape().recording);
        table.simple("is_training()", "Is training mode on?", b -> tape().training);
        table.simple("set_recording(is_recording, /)", "Turn recording on or off; gives what it was.", b -> {
            Tape tape = tape();
            boolean before = tape.recording;
            boolean wanted = Truth.of(b[0]);
            if (wanted || before) {
                tape.enter(wanted, tape.training);
            }
            return before;
        });
        table.simple("set_training(train_mode, /)", "Turn training mode on or off; gives what it was.", b -> {
            boolean before = tape().training;
            tape().train(Truth.of(b[0]));
            return before;
        });
        table.simple("backward(heads, head_grads=None, retain_graph=False, train_mode=True)",
                "Fill the gradients of everything attached that the heads were computed from.", b -> {
                    List<Value> heads = GradientMethods.values(b[0], "backward");
                    List<Value> gradients = b[1] == EbbNone.NONE ? null : GradientMethods.values(b[1], "backward");
                    GradientMethods.backward(heads, gradients, Truth.of(b[2]), Truth.of(b[3]));
                    return EbbNone.NONE;
                });
        table.simple("mark_variables(variables, gradients, grad_reqs='write')", "Attach gradient buffers of one's own.", b -> mark(b[0], b[1], b[2]));
        table.simple("stop_gradient(x)", "The same value, a constant to differentiation.",
                b -> Tensors.isTensor(b[0]) || b[0] instanceof Value ? Tensors.result(tape().detach((Value) b[0])) : b[0]);
        table.constant("Function", Types.CUSTOM_FUNCTION);
        GradientFunctions.fill(table);
        ExplainFunctions.fill(table);
        FormsModule.fillForms(table);
    }

    /** The same as a map. */
    static Map<String, Object> names() {
        EbbModule autograd = new EbbModule("autograd");
        fill(BuiltinTable.of(autograd));
        return autograd.members();
    }

    private static Tape tape() {
        return EbbContext.get(null).tape();
    }

    private static Object mark(Object variables, Object gradients, Object requests) {
        List<Value> values = GradientMethods.values(variables, "mark_variables");
        List<Value> buffers = GradientMethods.values(gradients, "mark_variables");
        Object[] each = requests instanceof String ? null : org.ebb.runtime.Iteration.toArray(requests);
        if (values.size() != buffers.size() || each != null && each.length != values.size()) {
            throw Errors.valueError("mark_variables: " + values.size() + " variables but " + buffers.size() + " gradients"
                    + (each == null ? "" : " and " + each.length + " grad_reqs"));
        }
        for (int k = 0; k < values.size(); k++) {
            if (!(buffers.get(k) instanceof Tensor buffer) || buffer.frozen) {
                throw Errors.typeError("mark_variables: gradient " + k + " is no tensor that can be written to");
            }
            GradientMethods.rebase(values.get(k));
            GradientMethods.gradients().mark(values.get(k), buffer, GradientMethods.request(each == null ? requests : each[k]));
        }
        return EbbNone.NONE;
    }

    /** The type behind {@code record} and its like. */
    static void fillBlock(BuiltinTable table) {
        table.simple("__call__(self, train_mode=?, *, check_nan=False)", "The same block with a training mode of its own. "
                + "record(check_nan=True): nan or inf in a value or a gradient is an error that names the operation it began at.", b -> {
            var block = (RecordingBlock) b[0];
            if (Truth.of(b[2]) && block.kind != Kind.RECORD) {
                throw Errors.typeError(block + "() records nothing to check: write record(check_nan=True)");
            }
            return switch (block.kind) {
                case RECORD -> new RecordingBlock(Kind.RECORD, b[1] == null || Truth.of(b[1]), Truth.of(b[2]));
                case PAUSE -> b[1] == null ? block : new RecordingBlock(Kind.PAUSE, Truth.of(b[1]));
                case TRAIN, PREDICT -> {
                    if (b[1] != null) {
                        throw Errors.typeError(block + "() takes no arguments");
                    }
                    yield block;
                }
            };
        });
        table.simple("__enter__(self, /)", "Start the block.", b -> {
            EbbContext context = EbbContext.get(null);
            context.blocks().add(((RecordingBlock) b[0]).enter(context.tape()));
            return RecordedTape.of((RecordingBlock) b[0], context.tape());
        });
        table.simple("__exit__(self, *error)", "End the block: what was before comes back.", b -> {
            EbbContext context = EbbContext.get(null);
            context.tape().restore(context.blocks().removeLast());
            return false;
        });
        table.simple("__repr__(self, /)", "Its name.", b -> b[0].toString());
    }

    /** The type of a named recording. */
    static void fillTape(BuiltinTable table) {
        table.simple("__len__(self, /)", "How many operations it holds.", b -> Listing.size(self(b).tape, self(b).session));
        table.simple("lines(self, /)", "Where operations were recorded, with their number: a list of (place, text, count).", b -> lines(self(b)));
        table.simple("graph(self, /)", "The operations one by one: a list of dicts with id, op, line and inputs.", b -> graph(self(b)));
        table.simple("__repr__(self, /)", "Its size.", b -> "<recording of " + Listing.size(self(b).tape, self(b).session) + " operations>");
    }

    private static RecordedTape self(Object[] b) {
        return (RecordedTape) b[0];
    }

    private static EbbList lines(RecordedTape recorded) {
        record Line(String where, String text, long[] count) {}
        var lines = new java.util.LinkedHashMap<String, Line>();
        for (Listing.Entry entry : Listing.of(recorded.tape, recorded.session)) {
            if (entry.place() != null) {
                lines.computeIfAbsent(entry.place().where() + entry.place().text(),
                        key -> new Line(entry.place().where(), entry.place().text(), new long[1])).count[0]++;
            }
        }
        EbbList list = new EbbList();
        lines.values().forEach(line -> list.append(new EbbTuple(line.where, line.text, line.count[0])));
        return list;
    }

    private static EbbList graph(RecordedTape recorded) {
        var numbers = new TreeMap<Long, Long>();
        EbbList list = new EbbList();
        for (Listing.Entry entry : Listing.of(recorded.tape, recorded.session)) {
            numbers.put(entry.id(), (long) numbers.size());
            EbbList inputs = new EbbList();
            entry.parents().forEach(parent -> inputs.append(numbers.getOrDefault(parent, -1L)));
            EbbDict row = new EbbDict();
            row.put("id", numbers.get(entry.id()));
            row.put("op", entry.op());
            row.put("line", entry.place() == null ? "" : entry.place().where());
            row.put("inputs", inputs);
            list.append(row);
        }
        return list;
    }
}
