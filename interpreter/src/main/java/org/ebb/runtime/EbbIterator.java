package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.StopIterationException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import org.ebb.kernel.Poll;
import org.ebb.tensor.TensorException;

/** Gives one value after the other, then {@link #END} for ever. */
@ExportLibrary(InteropLibrary.class)
public abstract class EbbIterator extends EbbValue {

    /** Says that there is nothing more. Never a value of the language. */
    public static final Object END = new Object() {
        @Override
        public String toString() {
            return "END";
        }
    };

    /** A value that another language asked about before it took it. */
    private Object ahead;

    public abstract Object next();

    /** {@link #next} for loops written in Java, which a host or Ctrl-C may want to stop; the loops of programs ask by themselves. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public final Object step() {
        Poll.now();
        return next();
    }

    /** The name of the iterator's type: {@code list_iterator}, {@code zip}, ... */
    public abstract String typeName();

    @Override
    public EbbClass type() {
        return IteratorTypes.of(typeName());
    }

    /** How many values are still to come, if that is cheap to say; -1 if not. */
    public long remaining() {
        return -1;
    }

    @ExportMessage
    boolean isIterator() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    boolean hasIteratorNextElement() {
        if (ahead == null) {
            ahead = nextForHost();
        }
        return ahead != END;
    }

    @ExportMessage
    @TruffleBoundary
    Object getIteratorNextElement() throws StopIterationException {
        Object value = ahead == null ? nextForHost() : ahead;
        if (value == END) {
            ahead = END;
            throw StopIterationException.create();
        }
        ahead = null;
        return value;
    }

    private Object nextForHost() {
        try {
            return next();
        } catch (EbbException error) {
            throw error.leaveEbb();
        } catch (TensorException refusal) {
            throw Errors.from(refusal);
        }
    }

    @ExportMessage
    boolean hasIterator() {
        return true;
    }

    @ExportMessage
    Object getIterator() {
        return this;
    }

    /** The values that an arrangement of code gives, under a type name. */
    public static EbbIterator of(String typeName, java.util.function.Supplier<Object> next) {
        return new EbbIterator() {
            private boolean done;

            @Override
            @TruffleBoundary
            public Object next() {
                if (done) {
                    return END;
                }
                Object value = next.get();
                done = value == END;
                return value;
            }

            @Override
            public String typeName() {
                return typeName;
            }
        };
    }

    /** Over a Java iterator. */
    public static EbbIterator over(String typeName, java.util.Iterator<?> items) {
        return of(typeName, () -> items.hasNext() ? items.next() : END);
    }
}
