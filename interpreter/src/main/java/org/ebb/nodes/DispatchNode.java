package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.Assumption;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.NeverDefault;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.IndirectCallNode;
import com.oracle.truffle.api.nodes.Node;
import java.util.Arrays;
import com.oracle.truffle.api.nodes.EncapsulatingNodeReference;
import org.ebb.runtime.Binder;
import org.ebb.runtime.Calls;
import org.ebb.runtime.EbbBoundMethod;
import org.ebb.runtime.EbbBuiltin;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.Errors;
import org.ebb.runtime.ExceptionObject;
import org.ebb.runtime.FunctionCode;
import org.ebb.runtime.StaticMethod;
import org.ebb.runtime.Types;

/**
 * Calls a value with positional arguments. They stand in {@code arguments} from index 1 on; index 0 is free and becomes the callee,
 * so that a function of the program takes the array as it is.
 */
public abstract class DispatchNode extends Node {

    public abstract Object execute(Object callee, Object[] arguments);

    @NeverDefault
    public static DispatchNode create() {
        return DispatchNodeGen.create();
    }

    @Specialization(guards = {"function.code == code", "fits(code, arguments)"}, limit = "3")
    static Object function(EbbFunction function, Object[] arguments, @Cached("function.code") FunctionCode code,
            @Cached("call(code)") CodeCallNode call) {
        int size = code.signature.size() + 1;
        Object[] full = arguments.length == size ? arguments : Arrays.copyOf(arguments, size);
        full[0] = function;
        return call.call(full);
    }

    @Specialization(guards = {"function.code == code"}, limit = "3")
    static Object bound(EbbFunction function, Object[] arguments, @Cached("function.code") FunctionCode code,
            @Cached("call(code)") CodeCallNode call) {
        Object[] full = bind(code, arguments);
        full[0] = function;
        return call.call(full);
    }

    @Specialization(replaces = {"function", "bound"})
    static Object anyFunction(EbbFunction function, Object[] arguments, @Cached IndirectCallNode call) {
        FunctionCode code = function.code;
        Object[] full = fits(code, arguments) ? Arrays.copyOf(arguments, code.signature.size() + 1) : bind(code, arguments);
        full[0] = function;
        return call.call(code.target(EbbContext.get(call)), full);
    }

    static CodeCallNode call(FunctionCode code) {
        return new CodeCallNode(code);
    }

    static boolean fits(FunctionCode code, Object[] arguments) {
        return code.signature.takes(arguments.length - 1);
    }

    @TruffleBoundary(transferToInterpreterOnException = false)
    private static Object[] bind(FunctionCode code, Object[] arguments) {
        return Binder.bind(code.signature, 1, Arrays.copyOfRange(arguments, 1, arguments.length), NO_NAMES, NOTHING);
    }

    private static final String[] NO_NAMES = {};
    private static final Object[] NOTHING = {};

    /** Where a call may or may not have put a receiver before its arguments, their number is no constant to the compiler: here it is. */
    @Specialization(guards = {"builtin == cached", "arguments.length == length"}, limit = "2")
    static Object builtin(EbbBuiltin builtin, Object[] arguments, @Cached("builtin") EbbBuiltin cached,
            @Cached("arguments.length") int length, @Cached("create(cached)") BuiltinBody body) {
        return body.execute(bindBuiltin(cached, arguments, length));
    }

    @Specialization(replaces = "builtin")
    static Object anyBuiltin(EbbBuiltin builtin, Object[] arguments) {
        return builtin.call(bindSlowly(builtin, arguments));
    }

    /** {@code length} is that of the arguments, and a constant. */
    @ExplodeLoop
    private static Object[] bindBuiltin(EbbBuiltin builtin, Object[] arguments, int length) {
        var signature = builtin.signature();
        CompilerDirectives.isPartialEvaluationConstant(signature);
        if (signature.collects) {
            Object[] collected = new Object[length - 1];
            System.arraycopy(arguments, 1, collected, 0, length - 1);
            Object[] all = new Object[signature.size()];
            all[0] = collected;
            System.arraycopy(signature.defaults, 1, all, 1, all.length - 1);
            return all;
        }
        if (!signature.takes(length - 1)) {
            return bindSlowly(builtin, arguments);
        }
        Object[] bound = new Object[signature.size()];
        System.arraycopy(arguments, 1, bound, 0, length - 1);
        for (int slot = length - 1; slot < bound.length; slot++) {
            bound[slot] = signature.defaults[slot];
        }
        return bound;
    }

    @TruffleBoundary
    private static Object[] bindSlowly(EbbBuiltin builtin, Object[] arguments) {
        return Binder.bind(builtin.signature(), Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    @Specialization
    static Object method(EbbBoundMethod method, Object[] arguments, @Cached DispatchNode inner) {
        return inner.execute(method.function, withReceiver(method.self, arguments));
    }

    static Object[] withReceiver(Object self, Object[] arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[1] = self;
        System.arraycopy(arguments, 1, all, 2, arguments.length - 1);
        return all;
    }

    /** A class of the program that inherits from object alone and has an {@code __init__} of its own. */
    @Specialization(guards = {"type == cached", "init != null"}, assumptions = "layout", limit = "2")
    static Object instance(EbbClass type, Object[] arguments, @Cached("type") EbbClass cached, @Cached("type.layout()") Assumption layout,
            @Cached("plainInit(type)") EbbFunction init, @Cached DispatchNode inner) {
        EbbObject made = new EbbObject(EbbContext.get(inner).tape().recording ? cached.recordedShape() : cached.instanceShape());
        checkInit(inner.execute(init, withReceiver(made, arguments)));
        return made;
    }

    private static void checkInit(Object result) {
        if (result != EbbNone.NONE) {
            throw Errors.typeError("__init__() should return None, not '" + Types.name(result) + "'");
        }
    }

    static EbbFunction plainInit(EbbClass type) {
        if (type.builtin || type.builtinBase() != Types.OBJECT || type.lookup("__new__") != Types.OBJECT.lookup("__new__")) {
            return null;
        }
        return type.lookup("__init__") instanceof EbbFunction function ? function : null;
    }

    /** An exception class whose instances are made in the plain way: their arguments kept, then an {@code __init__} of the program. */
    @Specialization(guards = {"type == cached", "plain"}, assumptions = "layout", limit = "2")
    static Object exception(EbbClass type, Object[] arguments, @Cached("type") EbbClass cached, @Cached("type.layout()") Assumption layout,
            @Cached("isPlainException(type)") boolean plain, @Cached("ownInit(type)") EbbFunction init, @Cached DispatchNode inner) {
        var made = new ExceptionObject(cached.instanceShape(), Arrays.copyOfRange(arguments, 1, arguments.length));
        if (init != null) {
            checkInit(inner.execute(init, withReceiver(made, arguments)));
        }
        return made;
    }

    static boolean isPlainException(EbbClass type) {
        return type.isSubclassOf(Types.BASE_EXCEPTION) && type.lookup("__new__") == Types.OBJECT.lookup("__new__")
                && (ownInit(type) != null || type.lookup("__init__") == Types.BASE_EXCEPTION.lookup("__init__"));
    }

    static EbbFunction ownInit(EbbClass type) {
        return type.lookup("__init__") instanceof EbbFunction function ? function : null;
    }

    /** A builtin type: its {@code __new__} does all the work. */
    @Specialization(guards = {"type == cached", "arguments.length == length", "type.builtin", "made != null"}, limit = "2")
    static Object builtinType(EbbClass type, Object[] arguments, @Cached("type") EbbClass cached, @Cached("arguments.length") int length,
            @Cached("builtinNew(type)") EbbBuiltin made, @Cached("create(made)") BuiltinBody body) {
        return body.execute(bindBuiltin(made, withReceiver(cached, arguments), length + 1));
    }

    static EbbBuiltin builtinNew(EbbClass type) {
        return type != Types.TYPE && type.lookup("__new__") instanceof StaticMethod(EbbBuiltin builtin) && type.lookup("__new__")
                != Types.OBJECT.lookup("__new__") && type.lookup("__init__") == Types.OBJECT.lookup("__init__") ? builtin : null;
    }

    @Specialization(replaces = {"builtinType", "exception", "instance", "method"})
    @TruffleBoundary(transferToInterpreterOnException = false)
    Object general(Object callee, Object[] arguments) {
        // What the host throws takes its place in the program from here.
        EncapsulatingNodeReference place = EncapsulatingNodeReference.getCurrent();
        Node before = place.set(this);
        try {
            return Calls.call(callee, Arrays.copyOfRange(arguments, 1, arguments.length));
        } finally {
            place.set(before);
        }
    }
}
