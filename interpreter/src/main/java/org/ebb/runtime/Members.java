package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.ebb.tensor.TensorException;

/** Attributes as members, texts and calls, for other languages. */
final class Members {

    private Members() {}

    @TruffleBoundary
    static Object names(Object receiver, boolean internal, String... hidden) {
        var names = new LinkedHashSet<String>();
        if (receiver instanceof EbbModule module) {
            names.addAll(module.members().keySet());
        } else {
            if (receiver instanceof EbbObject object) {
                for (Object name : Fields.names(object)) {
                    names.add(name.toString());
                }
            }
            for (EbbClass type : (receiver instanceof EbbClass own ? own : Types.of(receiver)).order()) {
                names.addAll(type.members().keySet());
            }
        }
        names.removeIf(name -> !internal && name.startsWith("__") || !has(receiver, name));
        names.removeAll(List.of(hidden));
        return new MemberNames(new ArrayList<>(names));
    }

    /** Whether there is such an attribute; a property of the program is there, whatever its getter would say. */
    @TruffleBoundary
    static boolean has(Object receiver, String name) {
        if (runsWhenRead(receiver, name)) {
            return true;
        }
        try {
            return Attributes.find(receiver, name) != null;
        } catch (EbbException | TensorException refusal) {
            return false; // a vector has no mT
        }
    }

    /** An attribute; null where there is none, or none for this value. */
    private static Object find(Object receiver, String name) {
        try {
            return Attributes.find(receiver, name);
        } catch (TensorException refusal) {
            return null; // a vector has no mT
        }
    }

    /** Whether reading the attribute runs code of the program. */
    @TruffleBoundary
    static boolean runsWhenRead(Object receiver, String name) {
        return receiver instanceof EbbObject && Types.lookup(receiver, name) instanceof EbbProperty property
                && property.getter instanceof EbbFunction;
    }

    @TruffleBoundary
    static Object read(Object receiver, String name) throws UnknownIdentifierException {
        Object value = runsWhenRead(receiver, name) ? Attributes.get(receiver, name) : find(receiver, name);
        if (value == null) {
            throw UnknownIdentifierException.create(name);
        }
        return Foreign.out(value);
    }

    private static boolean isWritable(Object receiver) {
        return receiver instanceof EbbModule || receiver instanceof EbbObject || receiver instanceof EbbClass type && !type.builtin;
    }

    private static boolean isReadOnly(Object receiver, String name) {
        return !(receiver instanceof EbbClass) && Types.lookup(receiver, name) instanceof EbbProperty property
                && (property.setter == null || property.setter == EbbNone.NONE);
    }

    @TruffleBoundary
    static boolean isModifiable(Object receiver, String name) {
        return isWritable(receiver) && !isReadOnly(receiver, name) && has(receiver, name);
    }

    @TruffleBoundary
    static boolean isInsertable(Object receiver, String name) {
        return isWritable(receiver) && !has(receiver, name);
    }

    @TruffleBoundary
    static void write(Object receiver, String name, Object value) throws UnsupportedMessageException {
        if (!isWritable(receiver) || isReadOnly(receiver, name)) {
            throw UnsupportedMessageException.create();
        }
        Attributes.set(receiver, name, Foreign.in(value));
    }

    @TruffleBoundary
    static boolean isInvocable(Object receiver, String name) {
        if (runsWhenRead(receiver, name)) {
            return false; // what a getter gives is not known before it has run
        }
        Object value = find(receiver, name);
        return value != null && Calls.isCallable(value);
    }

    @TruffleBoundary
    static Object invoke(Object receiver, String name, Object[] arguments) throws UnknownIdentifierException, UnsupportedMessageException {
        if (runsWhenRead(receiver, name)) {
            throw UnsupportedMessageException.create();
        }
        Object value = find(receiver, name);
        if (value == null) {
            throw UnknownIdentifierException.create(name);
        }
        return execute(value, arguments);
    }

    /** Calls what can be called. */
    @TruffleBoundary
    static Object execute(Object callee, Object[] arguments) throws UnsupportedMessageException {
        if (!Calls.isCallable(callee)) {
            throw UnsupportedMessageException.create();
        }
        return call(callee, arguments);
    }

    @TruffleBoundary
    static Object call(Object callee, Object[] arguments) {
        Object[] own = new Object[arguments.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = Foreign.in(arguments[i]);
        }
        EbbContext context = EbbContext.get(null);
        context.enterFromHost();
        try {
            return Foreign.out(Calls.call(callee, own));
        } catch (EbbException error) {
            throw GuestFrames.of(error);
        } catch (TensorException refusal) {
            throw Errors.from(refusal);
        } finally {
            context.leaveToHost();
        }
    }

    /** The repr; without side effects the objects in it whose class has a repr of its own are named by their class alone. */
    @TruffleBoundary
    static String display(Object value, boolean allowSideEffects) {
        EbbContext context = EbbContext.get(null);
        boolean before = context.quiet;
        context.quiet |= !allowSideEffects;
        try {
            return Text.repr(value);
        } finally {
            context.quiet = before;
        }
    }
}
