package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;

/** What {@code yield from} passes on: values sent and errors thrown into the generator reach the iterator inside. */
public final class Delegation {

    private Delegation() {}

    /** The value that the inner iterator gives next, or END; its result is then {@link #result}. */
    @TruffleBoundary
    public static Object goOn(EbbGenerator self, EbbIterator source) {
        EbbException thrown = self.takeThrown();
        if (thrown != null) {
            return raise(source, thrown);
        }
        Object sent = self.received();
        if (source instanceof EbbGenerator generator) {
            return generator.send(sent);
        }
        if (sent == EbbNone.NONE) {
            return source.next();
        }
        return source instanceof Iteration.UserIterator own ? Calls.callMethod(own.object(), "send", sent) : noSuch(source, "send");
    }

    private static Object raise(EbbIterator source, EbbException thrown) {
        if (thrown.is(Types.GENERATOR_EXIT)) {
            close(source);
            throw thrown;
        }
        if (source instanceof EbbGenerator generator) {
            return generator.raise(thrown);
        }
        if (source instanceof Iteration.UserIterator own && Attributes.find(own.object(), "throw") != null) {
            return Calls.callMethod(own.object(), "throw", thrown.guest);
        }
        throw thrown;
    }

    private static void close(EbbIterator source) {
        if (source instanceof EbbGenerator generator) {
            generator.close();
        } else if (source instanceof Iteration.UserIterator own && Attributes.find(own.object(), "close") != null) {
            Calls.callMethod(own.object(), "close");
        }
    }

    private static Object noSuch(EbbIterator source, String name) {
        throw Attributes.missing(source, name);
    }

    /** What an iterator that came to its end has returned. */
    public static Object result(EbbIterator source) {
        if (source instanceof EbbGenerator generator) {
            return generator.result();
        }
        return source instanceof Iteration.UserIterator own ? own.result() : EbbNone.NONE;
    }

    /** What a StopIteration that a delegate raised carries, as the value of the {@code yield from}. */
    public static Object carried(EbbException stop) {
        return stop.guest.arguments.length == 0 ? EbbNone.NONE : stop.guest.arguments[0];
    }
}
