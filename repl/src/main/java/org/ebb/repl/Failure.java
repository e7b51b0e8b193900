package org.ebb.repl;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** How a program's end in an exception is told to the user: the text for standard error, and the exit status. */
record Failure(String text, int status) {

    /** How the engine says that memory was full before its compiler had begun; what follows from that is no fault of ours. */
    private static final String NO_ROOM_TO_COMPILE = "Compiler initialization failed";

    static Failure of(PolyglotException e) {
        if (e.isExit()) {
            return new Failure(told(e), e.getExitStatus());
        }
        if (e.isInterrupted() || e.isCancelled()) {
            return new Failure(Traceback.of(e) + "KeyboardInterrupt\n", Status.INTERRUPTED);
        }
        if (e.isInternalError() && e.getMessage().contains(NO_ROOM_TO_COMPILE)) {
            return new Failure(exhausted(e) + "\n", Status.FAILED);
        }
        if (e.isInternalError()) {
            return new Failure(internal(e) + "\n", Status.FAILED);
        }
        if (e.isResourceExhausted()) {
            return new Failure(Traceback.of(e) + exhausted(e) + "\n", Status.FAILED);
        }
        return new Failure(told(e), Status.FAILED);
    }

    /** What the guest exception says of itself; what comes from elsewhere (a host, another language) is put together here. */
    private static String told(PolyglotException e) {
        Value guest = e.getGuestObject();
        if (guest != null && guest.hasMember("traceback") && guest.getMember("traceback").isString()) {
            return guest.getMember("traceback").asString();
        }
        return e.isExit() ? "" : Traceback.of(e) + e.getMessage() + "\n";
    }

    /** One line for a fault of ours. The Java stack, which tells its author more, needs -Debb.faults=true in EBB_JAVA_OPTS. */
    static String internal(Throwable fault) {
        if (Boolean.getBoolean("ebb.faults")) {
            fault.printStackTrace();
        }
        String what = fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage().lines().findFirst().orElse("");
        String where = fault instanceof PolyglotException e && e.getSourceLocation() != null
                ? " at " + e.getSourceLocation().getSource().getName() + ":" + e.getSourceLocation().getStartLine() : "";
        return "internal error in ebb" + where + ": " + what + ". This is a fault of Ebb, not of your program; please report it"
                + " with the program that shows it.";
    }

    /** Why a file cannot be had, in words. */
    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "no permission";
            case CharacterCodingException _ -> "it is not text in UTF-8";
            default -> e.getMessage();
        };
    }

    private static String exhausted(PolyglotException e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        return message.contains("tack") ? "RecursionError: the program's calls are nested too deeply"
                : "MemoryError: the program needs more memory than the " + (Runtime.getRuntime().maxMemory() >> 20)
                + " MB it may use (-Xmx in EBB_JAVA_OPTS allows more)";
    }
}
