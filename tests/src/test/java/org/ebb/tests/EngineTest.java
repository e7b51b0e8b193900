package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.graalvm.polyglot.Engine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Everything else is tested on the runtime that users get, so that one must be the optimized one. */
@Tag("fast")
class EngineTest {

    @Test
    void theRuntimeIsOptimized() {
        try (Engine engine = Engine.create()) {
            assertNotEquals("Interpreted", engine.getImplementationName());
        }
    }
}
