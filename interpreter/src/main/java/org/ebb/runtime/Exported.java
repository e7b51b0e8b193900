package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.utilities.TriState;

/** What other languages see of every value: its text, its type, its identity, its attributes as members, and that it can be called where Ebb can. */
@ExportLibrary(InteropLibrary.class)
abstract class Exported implements TruffleObject, Typed {

    /** Numbers and None are no objects to other languages. */
    boolean isObject() {
        return true;
    }

    @ExportMessage
    final boolean hasLanguage() {
        return true;
    }

    @ExportMessage
    final Class<? extends TruffleLanguage<?>> getLanguage() {
        return EbbContext.languageClass();
    }

    @ExportMessage
    @TruffleBoundary
    final Object toDisplayString(boolean allowSideEffects) {
        return Members.display(this, allowSideEffects);
    }

    @ExportMessage
    final boolean hasMetaObject() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    final Object getMetaObject() {
        return type();
    }

    @ExportMessage
    @TruffleBoundary
    final TriState isIdenticalOrUndefined(Object other) {
        return isObject() ? TriState.valueOf(this == Foreign.in(other)) : TriState.UNDEFINED;
    }

    @ExportMessage
    @TruffleBoundary
    final int identityHashCode() throws UnsupportedMessageException {
        if (!isObject()) {
            throw UnsupportedMessageException.create();
        }
        return System.identityHashCode(this);
    }

    @ExportMessage
    final boolean hasMembers() {
        return isObject();
    }

    @ExportMessage
    final Object getMembers(boolean includeInternal) throws UnsupportedMessageException {
        if (!isObject()) {
            throw UnsupportedMessageException.create();
        }
        return Members.names(this, includeInternal);
    }

    @ExportMessage
    final boolean isMemberReadable(String name) {
        return isObject() && Members.has(this, name);
    }

    @ExportMessage
    final boolean hasMemberReadSideEffects(String name) {
        return isObject() && Members.runsWhenRead(this, name);
    }

    @ExportMessage
    final Object readMember(String name) throws UnknownIdentifierException, UnsupportedMessageException {
        if (!isObject()) {
            throw UnsupportedMessageException.create();
        }
        return Members.read(this, name);
    }

    @ExportMessage
    final boolean isMemberInvocable(String name) {
        return isObject() && Members.isInvocable(this, name);
    }

    @ExportMessage
    final Object invokeMember(String name, Object[] arguments) throws UnknownIdentifierException, UnsupportedMessageException {
        if (!isObject()) {
            throw UnsupportedMessageException.create();
        }
        return Members.invoke(this, name, arguments);
    }

    @ExportMessage
    @TruffleBoundary
    final boolean isExecutable() {
        return Calls.isCallable(this);
    }

    @ExportMessage
    final Object execute(Object[] arguments) throws UnsupportedMessageException {
        return Members.execute(this, arguments);
    }
}
