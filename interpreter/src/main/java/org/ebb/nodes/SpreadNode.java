package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.Node;
import java.util.ArrayList;
import java.util.Arrays;
import org.ebb.runtime.Calls;
import org.ebb.runtime.EbbBuiltin;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Sequences;
import org.ebb.runtime.Types;
import org.ebb.syntax.Expr.Argument.Kind;

/** Evaluates a list of arguments with stars in it. */
public final class SpreadNode extends Node {

    /** What a call is given. */
    public record Arguments(Object[] positional, String[] names, Object[] values) {}

    @CompilationFinal(dimensions = 1) private final Kind[] kinds;
    @CompilationFinal(dimensions = 1) private final String[] names;
    @Children private final ExpressionNode[] values;

    public SpreadNode(Kind[] kinds, String[] names, ExpressionNode[] values) {
        this.kinds = kinds;
        this.names = names;
        this.values = values;
    }

    @ExplodeLoop
    public Arguments execute(VirtualFrame frame, Object callee) {
        Object[] evaluated = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            evaluated[i] = values[i].execute(frame);
        }
        return spread(callee, evaluated);
    }

    @TruffleBoundary
    private Arguments spread(Object callee, Object[] evaluated) {
        var positional = new ArrayList<Object>();
        var keys = new ArrayList<String>();
        var keyed = new ArrayList<Object>();
        for (int i = 0; i < evaluated.length; i++) {
            switch (kinds[i]) {
                case POSITIONAL -> positional.add(evaluated[i]);
                case STAR -> positional.addAll(Arrays.asList(items(callee, evaluated[i])));
                case KEYWORD -> {
                    keys.add(names[i]);
                    keyed.add(evaluated[i]);
                }
                case DOUBLE_STAR -> addAll(callee, evaluated[i], keys, keyed);
            }
        }
        return new Arguments(positional.toArray(), keys.toArray(String[]::new), keyed.toArray());
    }

    private static Object[] items(Object callee, Object value) {
        if (!Iteration.isIterable(value)) {
            throw Errors.typeError((callee == null ? "Value" : name(callee) + " argument") + " after * must be an iterable, not " + Types.name(value));
        }
        return Iteration.toArray(value);
    }

    private static void addAll(Object callee, Object mapping, ArrayList<String> keys, ArrayList<Object> keyed) {
        Object[] all;
        if (EbbObject.unwrap(mapping) instanceof EbbDict dict) {
            all = dict.keyArray();
        } else {
            Object method = Types.lookup(mapping, "keys");
            if (method == null) {
                throw Errors.typeError(name(callee) + " argument after ** must be a mapping, not " + Types.name(mapping));
            }
            all = Iteration.toArray(Calls.callMethod(mapping, "keys"));
        }
        for (Object key : all) {
            if (!(key instanceof String text)) {
                throw Errors.typeError("keywords must be strings");
            }
            if (keys.contains(text)) {
                throw Errors.typeError(name(callee) + " got multiple values for keyword argument '" + text + "'");
            }
            keys.add(text);
            keyed.add(Sequences.getItem(mapping, key));
        }
    }

    /** What is called; null for the header of a class. */
    private static String name(Object callee) {
        return switch (callee) {
            case null -> "__build_class__()";
            case EbbFunction function -> function.code.qualifiedName + "()";
            case EbbBuiltin builtin -> builtin.name + "()";
            default -> Types.name(callee) + " object";
        };
    }
}
