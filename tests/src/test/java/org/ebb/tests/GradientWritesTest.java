package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random programs of writes into tensors against a model that writes nothing: {@code tests/gradients/mutation.ebb}. */
class GradientWritesTest {

    @Test
    void threeHundredPrograms() {
        check(1, 300);
    }

    @Test
    @Tag("long")
    void tenThousandPrograms() {
        check(1, 10_000);
    }

    private static void check(int first, int count) {
        try (Console console = new Console(Integer.toString(first), Integer.toString(count))) {
            console.run("mutation.ebb", Repository.read(Repository.ROOT.resolve("tests/gradients/mutation.ebb")));
            assertEquals("0 of " + count + " programs differ\n", console.printed());
        }
    }
}
