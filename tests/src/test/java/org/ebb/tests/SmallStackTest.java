package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicReference;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host's thread may have a stack that ends before the limit of depth does: a program hears the same words. */
class SmallStackTest {

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 2048})
    void deepNestsEndAsWithALargeOne(int kilobytes) throws Exception {
        assertEquals("RecursionError: maximum recursion depth exceeded while getting the repr of an object",
                message("a = []\nfor i in range(100000): a = [a]\nrepr(a)\n", kilobytes));
    }

    private static String message(String program, int kilobytes) throws InterruptedException {
        var message = new AtomicReference<String>();
        Thread small = new Thread(null, () -> {
            try (Context context = Context.newBuilder("ebb").option("engine.WarnInterpreterOnly", "false").build()) {
                context.eval("ebb", program);
            } catch (PolyglotException error) {
                message.set(error.getMessage());
            }
        }, "small", kilobytes * 1024L);
        small.start();
        small.join();
        return message.get();
    }
}
