package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.OutputStream;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs with the traceback that CPython 3.11 prints for them, to the letter; frames of its library are left out. */
class TracebacksTest {

    static Stream<String> programs() {
        return Stream.of(Repository.read(Repository.ROOT.resolve("tests/tracebacks/cpython.txt")).split("(?m)^=====\n"));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void asCPython(String entry) {
        String[] parts = entry.split("(?m)^-----\n");
        try (Context context = Context.newBuilder("ebb").out(OutputStream.nullOutputStream()).build()) {
            PolyglotException end = assertThrows(PolyglotException.class,
                    () -> context.eval(Source.newBuilder("ebb", parts[0], "program").buildLiteral()));
            assertEquals(parts[1], end.getGuestObject().getMember("traceback").asString());
        }
    }
}
