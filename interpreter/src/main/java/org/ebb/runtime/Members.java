package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import java.util.ArrayList;
import java.util.LinkedHashSet;

/** Attributes as members, and calls, for other languages. */
final class Members {

    private Members() {}

    @TruffleBoundary
    static Object names(Object receiver, boolean internal) {
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
        if (!internal) {
            names.removeIf(name -> name.startsWith("__"));
        }
        return new MemberNames(new ArrayList<>(names));
    }

    @TruffleBoundary
    static boolean has(Object receiver, String name) {
        return Attributes.find(receiver, name) != null;
    }

    @TruffleBoundary
    static Object read(Object receiver, String name) throws UnknownIdentifierException {
        Object value = Attributes.find(receiver, name);
        if (value == null) {
            throw UnknownIdentifierException.create(name);
        }
        return Foreign.out(value);
    }

    @TruffleBoundary
    static boolean isWritable(Object receiver) {
        return receiver instanceof EbbModule || receiver instanceof EbbObject || receiver instanceof EbbClass type && !type.builtin;
    }

    @TruffleBoundary
    static void write(Object receiver, String name, Object value) throws UnsupportedMessageException {
        if (!isWritable(receiver)) {
            throw UnsupportedMessageException.create();
        }
        Attributes.set(receiver, name, Foreign.in(value));
    }

    @TruffleBoundary
    static boolean isInvocable(Object receiver, String name) {
        Object value = Attributes.find(receiver, name);
        return value != null && Calls.isCallable(value);
    }

    @TruffleBoundary
    static Object invoke(Object receiver, String name, Object[] arguments) throws UnknownIdentifierException {
        Object value = Attributes.find(receiver, name);
        if (value == null) {
            throw UnknownIdentifierException.create(name);
        }
        return call(value, arguments);
    }

    @TruffleBoundary
    static Object call(Object callee, Object[] arguments) {
        Object[] own = new Object[arguments.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = Foreign.in(arguments[i]);
        }
        return Foreign.out(Calls.call(callee, own));
    }
}
