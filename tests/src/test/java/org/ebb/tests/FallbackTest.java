package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.ebb.repl.expect.Case;
import org.graalvm.polyglot.Engine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The cases again on Truffle's fallback runtime, in a Java of its own: what hosts without the compiler get is slower, never different. */
class FallbackTest {

    @Test
    void aSampleOfTheCasesPasses() throws Exception {
        long seed = Long.getLong("ebb.seed", 1);
        var names = new ArrayList<>(names());
        Collections.shuffle(names, new Random(seed));
        run("seed " + seed, names.subList(0, 12));
    }

    /** What an embedding host without flags and natives gets: plain kernels only. */
    @Test
    void aSampleOfTheCasesPassesOnPlainKernels() throws Exception {
        long seed = Long.getLong("ebb.seed", 2);
        var names = new ArrayList<>(names());
        Collections.shuffle(names, new Random(seed));
        run("plain kernels, seed " + seed, names.subList(0, 6), "-Debb.vector=off", "-Debb.natives=off", "-Debb.threads=1");
    }

    @Test
    @Tag("long")
    void allCasesPassOnPlainKernels() throws Exception {
        run("all cases on plain kernels", names(), "-Debb.vector=off", "-Debb.natives=off");
    }

    @Test
    @Tag("long")
    void allCasesPassOnVectorKernels() throws Exception {
        run("all cases on vector kernels", names(), "-Debb.kernels=vector", "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED");
    }

    @Test
    @Tag("long")
    void allCasesPass() throws Exception {
        run("all cases", names());
    }

    private static List<String> names() {
        return Repository.files(CasesTest.CASES, ".ebb").stream().map(file -> CasesTest.CASES.relativize(file).toString()).toList();
    }

    private static void run(String what, List<String> names, String... flags) throws Exception {
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), "-Dtruffle.UseFallbackRuntime=true", "-Dpolyglot.engine.WarnInterpreterOnly=false",
                "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED", "-Xss8m", Runner.class.getName()));
        command.addAll(command.size() - 1, List.of(flags));
        command.addAll(names);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), () -> what + "\n" + output);
    }

    /** The other Java: checks the named cases and says which fail. */
    static final class Runner {

        private Runner() {}

        public static void main(String[] names) {
            try (Engine engine = Engine.create()) {
                if (!engine.getImplementationName().equals("Interpreted")) {
                    System.out.println("this is no fallback: " + engine.getImplementationName());
                    System.exit(2);
                }
            }
            int failed = 0;
            for (String name : names) {
                for (Case program : Case.of(name, Repository.read(CasesTest.CASES.resolve(name)))) {
                    try {
                        Console.check(program);
                    } catch (AssertionError wrong) {
                        failed++;
                        System.out.println(wrong.getMessage());
                    }
                }
            }
            System.exit(failed == 0 ? 0 : 1);
        }
    }
}
