package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;

/** A value that is more than data: other languages see its attributes as members, and can call it where Ebb can. */
@ExportLibrary(InteropLibrary.class)
public abstract class EbbVisible implements TruffleObject, Typed {

    @ExportMessage
    boolean hasLanguage() {
        return true;
    }

    @ExportMessage
    Class<? extends TruffleLanguage<?>> getLanguage() {
        return EbbContext.languageClass();
    }

    @ExportMessage
    @TruffleBoundary
    Object toDisplayString(boolean allowSideEffects) {
        return allowSideEffects ? Text.repr(this) : ObjectText.of(this);
    }

    @ExportMessage
    boolean hasMetaObject() {
        return true;
    }

    @ExportMessage
    Object getMetaObject() {
        return type();
    }

    @ExportMessage
    boolean hasMembers() {
        return true;
    }

    @ExportMessage
    Object getMembers(boolean includeInternal) {
        return Members.names(this, includeInternal);
    }

    @ExportMessage
    boolean isMemberReadable(String name) {
        return Members.has(this, name);
    }

    @ExportMessage
    Object readMember(String name) throws UnknownIdentifierException {
        return Members.read(this, name);
    }

    @ExportMessage
    boolean isMemberModifiable(String name) {
        return Members.isWritable(this) && Members.has(this, name);
    }

    @ExportMessage
    boolean isMemberInsertable(String name) {
        return Members.isWritable(this) && !Members.has(this, name);
    }

    @ExportMessage
    void writeMember(String name, Object value) throws UnsupportedMessageException {
        Members.write(this, name, value);
    }

    @ExportMessage
    boolean isMemberInvocable(String name) {
        return Members.isInvocable(this, name);
    }

    @ExportMessage
    Object invokeMember(String name, Object[] arguments) throws UnknownIdentifierException {
        return Members.invoke(this, name, arguments);
    }

    @ExportMessage
    @TruffleBoundary
    boolean isExecutable() {
        return Calls.isCallable(this);
    }

    @ExportMessage
    Object execute(Object[] arguments) {
        return Members.call(this, arguments);
    }
}
