package org.ebb.polyglot;

import java.util.Objects;
import java.util.Set;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.tck.ResultVerifier;
import org.graalvm.polyglot.tck.ResultVerifier.SnippetRun;

/** Where Ebb's answer is more, or other, than a value of a type. */
final class Verifiers {

    /** A number, or the error that Python has for the pair; complex numbers are not in the language. */
    static final ResultVerifier ARITHMETIC = run -> unless(run, refused(run, Set.of("ZeroDivisionError", "OverflowError", "MemoryError", "NotImplementedError")));

    /** A tensor of several elements has no truth value; everything else has one. */
    static final ResultVerifier TRUTH = run -> unless(run, refused(run, Set.of("ValueError"))
            && run.getParameters().getFirst().getMetaObject().getMetaSimpleName().equals("tensor"));

    static final ResultVerifier TRUE = run -> {
        ResultVerifier.getDefaultResultVerifier().accept(run);
        if (!run.getResult().asBoolean()) {
            throw new AssertionError("not true");
        }
    };

    /** An exception arrives as the one that was given; anything else cannot be raised. */
    static final ResultVerifier RAISED = run -> {
        if (run.getException() == null) {
            throw new AssertionError("nothing was raised");
        }
        Value given = run.getParameters().getFirst();
        if (!given.isException()) {
            throw run.getException();
        }
        String message = run.getException().getMessage();
        if (!Objects.equals(message, given.isHostObject() ? given.<Throwable>asHostObject().getMessage() : "ValueError: why")) {
            throw new AssertionError("another exception arrived: " + message);
        }
    };

    private Verifiers() {}

    private static void unless(SnippetRun run, boolean allowed) {
        if (!allowed) {
            ResultVerifier.getDefaultResultVerifier().accept(run);
        }
    }

    private static boolean refused(SnippetRun run, Set<String> errors) {
        PolyglotException exception = run.getException();
        return exception != null && exception.getMessage() != null && errors.contains(exception.getMessage().split(":")[0]);
    }
}
