package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.nodes.DirectCallNode;

/** A function that stopped at a {@code yield}: its frame, and what it is to be told when it goes on. */
public final class EbbGenerator extends EbbIterator {

    public final String name;
    private final RootCallTarget target;
    private final MaterializedFrame frame;
    private boolean started;
    private boolean running;
    private boolean finished;
    private Object sent = EbbNone.NONE;
    private EbbException thrown;

    /** What the function returned, once it has. */
    private Object result = EbbNone.NONE;

    public EbbGenerator(String name, RootCallTarget target, MaterializedFrame frame) {
        this.name = name;
        this.target = target;
        this.frame = frame;
    }

    @Override
    public EbbClass type() {
        return Types.GENERATOR;
    }

    @Override
    public String typeName() {
        return "generator";
    }

    public RootCallTarget target() {
        return target;
    }

    public Object result() {
        return result;
    }

    /** As the exception that tells a program of the end; only the first one carries what the function returned. */
    public EbbException stop() {
        Object value = result;
        result = EbbNone.NONE;
        return value == EbbNone.NONE ? Errors.stopIteration() : Errors.stopIteration(value);
    }

    public boolean isRunning() {
        return running;
    }

    @Override
    @TruffleBoundary
    public Object next() {
        if (finished) {
            result = EbbNone.NONE;
            return END;
        }
        enter();
        try {
            return target.call(this, frame);
        } catch (EbbException error) {
            throw ended(error);
        } catch (Throwable error) {
            finished = true;
            throw error;
        } finally {
            running = false;
        }
    }

    /** As {@link #next}, through a call node that compiled code can look into. */
    public Object resume(DirectCallNode call) {
        if (finished) {
            result = EbbNone.NONE;
            return END;
        }
        enter();
        try {
            return call.call(this, frame);
        } catch (EbbException error) {
            throw ended(error);
        } catch (Throwable error) {
            finished = true;
            throw error;
        } finally {
            running = false;
        }
    }

    /** The body was left by an exception. A StopIteration would look like the end to whoever asked for a value: it becomes an error. */
    private EbbException ended(EbbException error) {
        finished = true;
        if (!error.is(Types.STOP_ITERATION)) {
            return error;
        }
        EbbException wrong = Errors.runtimeError("generator raised StopIteration");
        Thrown.setCause(wrong.guest, error.guest);
        wrong.guest.context = error.guest;
        return wrong;
    }

    private void enter() {
        if (running) {
            throw Errors.valueError("generator already executing");
        }
        running = true;
        started = true;
    }

    /** Called by the body when it has run to its end. */
    public Object finish(Object value) {
        finished = true;
        result = value;
        return END;
    }

    /** {@code send(value)}: the next value, or END. */
    @TruffleBoundary
    public Object send(Object value) {
        if (!started && value != EbbNone.NONE) {
            throw Errors.typeError("can't send non-None value to a just-started generator");
        }
        sent = value;
        return next();
    }

    /** {@code throw(error)}: raises at the yield; the next value, or END. */
    @TruffleBoundary
    public Object raise(EbbException error) {
        if (!started && !finished) {
            throw ended(error);
        }
        if (finished) {
            throw error;
        }
        thrown = error;
        return next();
    }

    /** {@code close()}: raises GeneratorExit at the yield and expects the function to end. */
    @TruffleBoundary
    public void close() {
        if (!started || finished) {
            finished = true;
            return;
        }
        try {
            if (raise(Errors.of(Types.GENERATOR_EXIT)) != END) {
                throw Errors.runtimeError("generator ignored GeneratorExit");
            }
        } catch (EbbException error) {
            if (!error.is(Types.GENERATOR_EXIT) && !error.is(Types.STOP_ITERATION)) {
                throw error;
            }
        }
    }

    /** What a yield gives when the function goes on; or raises what was thrown in. */
    public Object received() {
        if (thrown != null) {
            EbbException error = thrown;
            thrown = null;
            throw error;
        }
        Object value = sent;
        sent = EbbNone.NONE;
        return value;
    }

    /** The exception thrown in that nobody has taken yet, or null. */
    public EbbException thrown() {
        return thrown;
    }

    /** For {@code yield from}: the exception thrown in, taken out, or null. */
    public EbbException takeThrown() {
        EbbException error = thrown;
        thrown = null;
        return error;
    }
}
