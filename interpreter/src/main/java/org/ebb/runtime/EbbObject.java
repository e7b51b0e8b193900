package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.object.DynamicObject;
import com.oracle.truffle.api.object.Shape;
import com.oracle.truffle.api.utilities.TriState;

/**
 * An instance of a class. Its attributes live in the object's shape; the shape's dynamic type is the class.
 *
 * <p>An instance of a class that inherits from a builtin type such as {@code list} or {@code int} carries a value of that type as its
 * payload, and the builtin methods work on the payload.
 */
@ExportLibrary(InteropLibrary.class)
public class EbbObject extends DynamicObject implements Typed {

    @DynamicField private Object field0;
    @DynamicField private Object field1;
    @DynamicField private Object field2;
    @DynamicField private long number0;
    @DynamicField private long number1;

    /** The value of the builtin type that this object also is, or null. */
    public Object payload;

    /** Where the attributes live once a program has asked for {@code __dict__}; null until then. */
    EbbDict dict;

    public EbbObject(Shape shape) {
        super(shape);
    }

    @Override
    public final EbbClass type() {
        return (EbbClass) getShape().getDynamicType();
    }

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
        return Members.display(this, allowSideEffects);
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
    @TruffleBoundary
    TriState isIdenticalOrUndefined(Object other) {
        return TriState.valueOf(this == Foreign.in(other));
    }

    @ExportMessage
    @TruffleBoundary
    int identityHashCode() {
        return System.identityHashCode(this);
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
    boolean hasMemberReadSideEffects(String name) {
        return Members.runsWhenRead(this, name);
    }

    @ExportMessage
    Object readMember(String name) throws UnknownIdentifierException {
        return Members.read(this, name);
    }

    @ExportMessage
    boolean isMemberModifiable(String name) {
        return Members.isModifiable(this, name);
    }

    @ExportMessage
    boolean isMemberInsertable(String name) {
        return Members.isInsertable(this, name);
    }

    @ExportMessage
    void writeMember(String name, Object value) throws UnsupportedMessageException {
        Members.write(this, name, value);
    }

    @ExportMessage
    boolean isMemberRemovable(String name) {
        return Fields.get(this, name) != null;
    }

    @ExportMessage
    void removeMember(String name) throws UnknownIdentifierException {
        if (!isMemberRemovable(name)) {
            throw UnknownIdentifierException.create(name);
        }
        Attributes.delete(this, name);
    }

    @ExportMessage
    boolean isMemberInvocable(String name) {
        return Members.isInvocable(this, name);
    }

    @ExportMessage
    Object invokeMember(String name, Object[] arguments) throws UnknownIdentifierException, UnsupportedMessageException {
        return Members.invoke(this, name, arguments);
    }

    @ExportMessage
    @TruffleBoundary
    boolean isExecutable() {
        return Calls.isCallable(this);
    }

    @ExportMessage
    Object execute(Object[] arguments) throws UnsupportedMessageException {
        return Members.execute(this, arguments);
    }

    @ExportMessage
    @TruffleBoundary
    boolean hasIterator() {
        return Types.lookup(this, "__iter__") != null;
    }

    @ExportMessage
    @TruffleBoundary
    Object getIterator() throws UnsupportedMessageException {
        if (!hasIterator()) {
            throw UnsupportedMessageException.create();
        }
        return Iteration.iterator(this);
    }

    /** The payload of an object that has one, else the value itself: what a builtin method works on. */
    public static Object unwrap(Object value) {
        return value instanceof EbbObject object && object.payload != null ? object.payload : value;
    }
}
