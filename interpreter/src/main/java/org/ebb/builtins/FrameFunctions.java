package org.ebb.builtins;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.frame.Frame;
import com.oracle.truffle.api.frame.FrameInstance;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.source.Source;
import java.util.Map;
import org.ebb.nodes.Frames;
import org.ebb.nodes.LocalScope;
import org.ebb.nodes.SourceRoot;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbBytes;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.EbbModule;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Types;

/** Builtin functions that look at the function that calls them: globals, locals, eval, exec. */
public final class FrameFunctions {

    private FrameFunctions() {}

    static void fill(BuiltinTable table) {
        table.simple("globals()", "The names of the running module.", b -> Frames.module(caller()).dict());
        table.simple("locals()", "The names of the running function with their values.", b -> locals(caller()));
        table.simple("eval(source, globals=None, locals=None, /)", "The value of an expression given as text.",
                b -> run(b, true));
        table.simple("exec(source, globals=None, locals=None, /)", "Run statements given as text.", b -> {
            run(b, false);
            return EbbNone.NONE;
        });
    }

    /** The frame of the innermost function of a program. */
    static Frame caller() {
        Frame found = Truffle.getRuntime().iterateFrames(instance -> {
            if (instance.getCallTarget() instanceof RootCallTarget target && target.getRootNode() instanceof SourceRoot) {
                return instance.getFrame(FrameInstance.FrameAccess.READ_ONLY);
            }
            return null;
        });
        if (found == null) {
            throw Errors.runtimeError("no function of the program is running");
        }
        return found.getArguments()[0] instanceof EbbFunction ? found : (Frame) found.getArguments()[1];
    }

    static boolean isModule(Frame frame) {
        return Frames.function(frame).code.name.equals("<module>");
    }

    static EbbDict locals(Frame frame) {
        if (isModule(frame)) {
            return Frames.module(frame).dict();
        }
        EbbDict all = new EbbDict();
        LocalScope.variables(frame).forEach(all::put);
        return all;
    }

    /** What a debugger evaluates in a frame: an expression, or statements whose assignments reach the frame's variables. */
    @TruffleBoundary
    public static Object evaluate(Source source, MaterializedFrame frame) {
        EbbContext context = EbbContext.get(null);
        boolean expression = context.isExpression(source.getCharacters().toString());
        if (isModule(frame)) {
            return context.run(source, Frames.module(frame), expression);
        }
        EbbModule own = Frames.module(frame);
        Map<String, Object> names = LocalScope.outer(frame);
        names.putAll(LocalScope.variables(frame));
        EbbModule module = new EbbModule(own.name);
        own.members().forEach(module::set);
        names.forEach(module::set);
        try {
            return context.run(source, module, expression);
        } finally {
            module.members().forEach((name, value) -> {
                if (names.get(name) != value && own.get(name) != value && !LocalScope.write(frame, name, value)) {
                    own.set(name, value);
                }
            });
        }
    }

    private static Object run(Object[] b, boolean expression) {
        String text = b[0] instanceof EbbBytes bytes ? Codecs.decode(bytes, "utf-8", "strict")
                : Args.str(b[0], expression ? "eval() arg 1" : "exec() arg 1");
        Frame frame = caller();
        EbbContext context = EbbContext.get(null);
        Source source = Source.newBuilder("ebb", expression ? text.strip() : text, "<string>").build();
        boolean given = b[1] != EbbNone.NONE;
        if (!given && b[2] == EbbNone.NONE && isModule(frame)) {
            return context.run(source, Frames.module(frame), expression);
        }
        EbbModule module = new EbbModule(Frames.module(frame).name);
        EbbDict globals = given ? dict(b[1]) : Frames.module(frame).dict();
        EbbDict locals = b[2] != EbbNone.NONE ? dict(b[2]) : given ? globals : locals(frame);
        for (EbbDict from : new EbbDict[] {globals, locals}) {
            for (Object key : from.keyArray()) {
                if (key instanceof String name) { // no program can write any other
                    module.set(name, from.get(key));
                }
            }
        }
        try {
            return context.run(source, module, expression);
        } finally {
            module.members().forEach((name, value) -> {
                if (locals.get(name) != value) {
                    locals.put(name, value);
                }
            });
        }
    }

    private static EbbDict dict(Object value) {
        if (EbbObject.unwrap(value) instanceof EbbDict dict) {
            return dict;
        }
        throw Errors.typeError("globals must be a dict, not " + Types.name(value));
    }
}
