package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.nodes.Node;

/** What programs see of exceptions that fly: Ebb's own as their object, those of the host and other languages as themselves. */
public final class Thrown {

    private Thrown() {}

    public static Object value(AbstractTruffleException error) {
        return error instanceof EbbException own ? own.guest : error;
    }

    /** To be called by the node whose operation failed: {@code catch (AbstractTruffleException error) { throw Thrown.at(error, this); }}. */
    public static AbstractTruffleException at(AbstractTruffleException error, Node node) {
        if (error instanceof EbbException own) {
            return own.at(node);
        }
        Passage.at(error, node);
        return error;
    }

    /** To be called where the exception leaves a function. */
    public static AbstractTruffleException leave(AbstractTruffleException error) {
        if (error instanceof EbbException own) {
            return own.leave();
        }
        Passage.leave(error);
        return error;
    }

    /** Whether a program may catch it: not what a limit of the host's ended. */
    public static boolean isCatchable(AbstractTruffleException error) {
        return !(error instanceof EbbException own && own.guest.type() == Types.LIMIT_ERROR);
    }

    /** Whether what a program wrote to clean up still runs. */
    public static boolean mayTidy(RuntimeException leaving) {
        return !(leaving instanceof EbbException own && own.guest.type() == Types.LIMIT_ERROR && EbbContext.get(null).limits.isHopeless());
    }

    /** Whether {@code except wanted} takes it; {@code wanted} is an exception class or a tuple of them. */
    public static boolean matches(AbstractTruffleException error, Object wanted) {
        if (wanted instanceof EbbTuple several) {
            return matchesAny(error, several);
        }
        if (!(wanted instanceof EbbClass type) || !type.isSubclassOf(Types.BASE_EXCEPTION)) {
            throw Errors.typeError("catching classes that do not inherit from BaseException is not allowed");
        }
        return error instanceof EbbException own ? own.is(type) : Types.FOREIGN_EXCEPTION.isSubclassOf(type);
    }

    @TruffleBoundary
    private static boolean matchesAny(AbstractTruffleException error, EbbTuple several) {
        for (Object each : several.items) {
            if (matches(error, each)) {
                return true;
            }
        }
        return false;
    }

    /** The Java exception that {@code raise value} throws. */
    public static AbstractTruffleException of(Object value) {
        if (value instanceof ExceptionObject exception) {
            exception.leave();
            return new EbbException(exception);
        }
        return ofOther(value);
    }

    @TruffleBoundary
    private static AbstractTruffleException ofOther(Object value) {
        Object raised = value instanceof EbbClass type && type.isSubclassOf(Types.BASE_EXCEPTION) ? Calls.call(type) : value;
        if (raised instanceof ExceptionObject exception) {
            return new EbbException(exception);
        }
        if (raised instanceof AbstractTruffleException foreign) {
            return leave(foreign);
        }
        if (isForeignException(raised)) {
            return raise(raised);
        }
        throw Errors.typeError("exceptions must derive from BaseException");
    }

    /** An exception of the host or of another language that came as a value. */
    public static boolean isForeignException(Object value) {
        return Foreign.is(value) && InteropLibrary.getUncached().isException(value);
    }

    private static AbstractTruffleException raise(Object foreign) {
        try {
            throw InteropLibrary.getUncached().throwException(foreign);
        } catch (AbstractTruffleException raised) {
            return raised;
        } catch (UnsupportedMessageException impossible) {
            throw Foreign.error(impossible);
        }
    }

    /** Sets what {@code from} names. */
    @TruffleBoundary
    public static void setCause(ExceptionObject exception, Object cause) {
        Object made = cause instanceof EbbClass type && type.isSubclassOf(Types.BASE_EXCEPTION) ? Calls.call(type) : cause;
        if (made != EbbNone.NONE && !(made instanceof ExceptionObject) && !isForeignException(made)) {
            throw Errors.typeError("exception causes must derive from BaseException");
        }
        exception.cause = made == EbbNone.NONE ? null : made;
        exception.suppressContext = true;
    }
}
