package org.ebb.builtins;

import org.ebb.kernel.Poll;


/** A text under a regular expression: the matcher asks for its characters one by one, and there a long search can be stopped. */
final class PolledText implements CharSequence {

    /** How many characters are read between two looks. */
    private static final int STRIDE = 1 << 12;

    private final String text;
    private int left = STRIDE;

    PolledText(String text) {
        this.text = text;
    }

    @Override
    public char charAt(int index) {
        if (--left == 0) {
            left = STRIDE;
            Poll.now();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
