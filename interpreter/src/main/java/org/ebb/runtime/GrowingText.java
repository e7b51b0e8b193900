package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import org.ebb.kernel.Memory;

/**
 * A string that a loop builds with {@code text += part}. It lives in the slot of one local variable alone and is no value of the
 * language: whoever reads the variable gets the string it stands for. So n such steps copy n characters, not n * n / 2.
 */
public final class GrowingText {

    /** Shorter strings are copied faster than this is kept. */
    public static final int WORTH_IT = 256;

    private final StringBuilder text;
    private String known;
    private int counted;

    @TruffleBoundary
    public GrowingText(String start, String part) {
        text = new StringBuilder(2 * (start.length() + part.length())).append(start).append(part);
        count();
    }

    /** Its room doubles when it is full, so there is little to count. */
    private void count() {
        if (text.capacity() != counted) {
            counted = text.capacity();
            Memory.hold(text, counted);
        }
    }

    @TruffleBoundary
    public void append(String part) {
        text.append(part);
        known = null;
        count();
    }

    @Override
    @TruffleBoundary
    public String toString() {
        if (known == null) {
            known = Strings.held(text.toString());
        }
        return known;
    }
}
