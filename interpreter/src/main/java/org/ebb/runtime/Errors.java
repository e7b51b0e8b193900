package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import org.ebb.tensor.TensorException;

/** Makes the exceptions that the interpreter itself raises: {@code throw Errors.typeError("...")}. */
public final class Errors {

    /** No text, list or other row has more elements: Java's arrays end here. */
    public static final int LONGEST = Integer.MAX_VALUE - 16;

    private Errors() {}

    /** An exception of any builtin type. */
    @TruffleBoundary
    public static EbbException of(EbbClass type, Object... arguments) {
        return new EbbException(new ExceptionObject(type.instanceShape(), arguments));
    }

    public static EbbException typeError(String message) {
        return of(Types.TYPE_ERROR, message);
    }

    public static EbbException valueError(String message) {
        return of(Types.VALUE_ERROR, message);
    }

    public static EbbException indexError(String message) {
        return of(Types.INDEX_ERROR, message);
    }

    /** The key itself is the argument, as in Python. */
    public static EbbException keyError(Object key) {
        return of(Types.KEY_ERROR, key);
    }

    public static EbbException attributeError(String message) {
        return of(Types.ATTRIBUTE_ERROR, message);
    }

    public static EbbException nameError(String message) {
        return of(Types.NAME_ERROR, message);
    }

    public static EbbException unboundLocalError(String message) {
        return of(Types.UNBOUND_LOCAL_ERROR, message);
    }

    public static EbbException zeroDivision(String message) {
        return of(Types.ZERO_DIVISION_ERROR, message);
    }

    public static EbbException overflow(String message) {
        return of(Types.OVERFLOW_ERROR, message);
    }

    public static EbbException runtimeError(String message) {
        return of(Types.RUNTIME_ERROR, message);
    }

    public static EbbException recursionError() {
        return of(Types.RECURSION_ERROR, "maximum recursion depth exceeded");
    }

    /** A walk over a nest of values that went too deep, and what it was doing. */
    public static EbbException recursionError(String doing) {
        return of(Types.RECURSION_ERROR, "maximum recursion depth exceeded " + doing);
    }

    /** A text, list or other row of so many elements, which is more than {@link #LONGEST}. */
    public static EbbException tooLong(String what, long length) {
        return memoryError("a " + what + " of " + length + " elements is longer than any can be");
    }

    /** {@code length}, where a row can have so many elements. */
    public static int longest(String what, long length) {
        if (length > LONGEST) {
            throw tooLong(what, length);
        }
        return (int) length;
    }

    /** A limit of the machine as what Python calls it: {@code catch (StackOverflowError | OutOfMemoryError limit)}. */
    @TruffleBoundary
    public static EbbException limit(VirtualMachineError limit) {
        if (limit instanceof StackOverflowError) {
            return recursionError();
        }
        EbbContext.get(null).useReserve();
        return memoryError("the program needs more memory than the " + (Runtime.getRuntime().maxMemory() >> 20)
                + " MB it may use (-Xmx in EBB_JAVA_OPTS allows more)");
    }

    public static EbbException notImplemented(String message) {
        return of(Types.NOT_IMPLEMENTED_ERROR, message);
    }

    public static EbbException importError(String message) {
        return of(Types.IMPORT_ERROR, message);
    }

    public static EbbException moduleNotFound(String message) {
        return of(Types.MODULE_NOT_FOUND_ERROR, message);
    }

    public static EbbException assertion(Object... arguments) {
        return of(Types.ASSERTION_ERROR, arguments);
    }

    public static EbbException memoryError(String message) {
        return of(Types.MEMORY_ERROR, message);
    }

    public static EbbException stopIteration(Object... value) {
        return of(Types.STOP_ITERATION, value);
    }

    public static EbbException eofError(String message) {
        return of(Types.EOF_ERROR, message);
    }

    /** An error of the operating system: {@code [Errno 2] No such file or directory: 'x'}. The type follows from the number. */
    public static EbbException osError(EbbClass type, long number, String what, String file) {
        return file == null ? of(type, number, what) : of(type, number, what, file);
    }

    public static EbbException fileNotFound(String file) {
        return osError(Types.FILE_NOT_FOUND_ERROR, 2, "No such file or directory", file);
    }

    /** What the host does not let the program do, and what it would have to say for it in Java. */
    public static EbbException forbidden(String what, String allow) {
        return of(Types.PERMISSION_ERROR, what + " is not allowed here: the host must " + allow);
    }

    /** Where a context was not given any files. */
    public static EbbException noFiles(String file) {
        return osError(Types.PERMISSION_ERROR, 1, "Operation not permitted: the host must allowIO(IOAccess.ALL)", file);
    }

    /** What the engine refused, as an exception of the language. */
    @TruffleBoundary
    public static EbbException from(TensorException refusal) {
        String message = refusal.getMessage();
        return switch (refusal) {
            case TensorException.BadShape shape -> valueError(message);
            case TensorException.BadType type -> typeError(message);
            case TensorException.BadValue value -> valueError(message);
            case TensorException.BadIndex index -> indexError(message);
            case TensorException.TooLarge size -> memoryError(message);
            case TensorException.BadGradient gradient -> of(Types.GRAD_ERROR, message);
        };
    }

    public static EbbException unicodeError(String message) {
        return of(Types.UNICODE_ERROR, message);
    }
}
