package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every feature of the language under every rule of recording: the programs in {@code tests/gradients} hold features and rules, and each
 * pair is a cell that compares what it finds with finite differences. A cell that is wrong prints a line.
 */
class GradientMatrixTest {

    private static final Path FOLDER = Repository.ROOT.resolve("tests/gradients");

    @Test
    void operatorsContainersAndControlFlow() {
        check("numbers.ebb", "rules.ebb");
    }

    @Test
    void functionsGeneratorsAndClasses() {
        check("programs.ebb", "rules.ebb");
    }

    @Test
    void tensors() {
        check("tensors.ebb", "tensor_rules.ebb");
    }

    private static void check(String features, String rules) {
        String program = Stream.of(features, rules, "check.ebb").map(FOLDER::resolve).map(Repository::read).collect(Collectors.joining("\n"));
        try (Console console = new Console()) {
            console.run(features, program);
            String printed = console.printed();
            assertTrue(printed.matches("0 of \\d{3,} cells are wrong\n"), printed);
        }
    }
}
