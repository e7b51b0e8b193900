package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.ebb.lib.GlobalNames;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every global name that is written in Ebb is there, in the module that the list says. */
class GlobalNamesTest {

    @TestFactory
    Stream<DynamicTest> namesAreThere() {
        return StreamSupport.stream(GlobalNames.all().spliterator(), false).map(GlobalNames::home).distinct().sorted()
                .map(home -> DynamicTest.dynamicTest(home, () -> {
                    try (Console console = new Console()) {
                        for (String name : GlobalNames.all()) {
                            if (GlobalNames.home(name).equals(home)) {
                                console.run("names.ebb", "assert " + name + " is not None");
                            }
                        }
                    }
                }));
    }
}
