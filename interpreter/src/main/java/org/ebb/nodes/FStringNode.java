package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import org.ebb.runtime.Text;
import org.ebb.runtime.Thrown;

/** An f-string: texts and fields, one after the other. */
public final class FStringNode extends ExpressionNode {

    @Children private final ExpressionNode[] parts;

    public FStringNode(ExpressionNode[] parts) {
        this.parts = parts;
    }

    @Override
    @ExplodeLoop
    public Object execute(VirtualFrame frame) {
        String[] texts = new String[parts.length];
        for (int i = 0; i < parts.length; i++) {
            texts[i] = (String) parts[i].execute(frame);
        }
        return join(texts);
    }

    @TruffleBoundary
    private static String join(String[] texts) {
        return String.join("", texts);
    }

    /** {@code {value!conversion:format}}. */
    public static final class Field extends ExpressionNode {
        @Child private ExpressionNode value;
        @Child private ExpressionNode format;
        private final char conversion;

        /** {@code format} may be null. */
        public Field(ExpressionNode value, char conversion, ExpressionNode format) {
            this.value = value;
            this.conversion = conversion;
            this.format = format;
        }

        @Override
        public Object execute(VirtualFrame frame) {
            Object shown = value.execute(frame);
            String spec = format == null ? "" : (String) format.execute(frame);
            try {
                return text(shown, spec);
            } catch (AbstractTruffleException error) {
                throw Thrown.at(error, this);
            }
        }

        @TruffleBoundary
        private String text(Object shown, String spec) {
            Object converted = switch (conversion) {
                case 'r' -> Text.repr(shown);
                case 's' -> Text.str(shown);
                case 'a' -> Text.ascii(shown);
                default -> shown;
            };
            return converted instanceof String text && spec.isEmpty() ? text : Text.format(converted, spec);
        }
    }
}
