package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.source.Source;
import org.ebb.syntax.SyntaxError;

/** Makes the language's own SyntaxError of what the parser says. */
public final class SyntaxErrors {

    private SyntaxErrors() {}

    @TruffleBoundary
    public static EbbException raise(SyntaxError error, Source source) {
        EbbClass type = switch (error.kind()) {
            case "IndentationError" -> Types.INDENTATION_ERROR;
            case "TabError" -> Types.TAB_ERROR;
            default -> Types.SYNTAX_ERROR;
        };
        EbbException raised = Errors.of(type, error.getMessage());
        int length = source.getLength();
        int start = Math.clamp(error.span().start(), 0, length);
        raised.guest.place = source.createSection(start, Math.clamp(error.span().length(), 0, length - start));
        raised.guest.incomplete = error.incomplete();
        return raised;
    }
}
