package org.ebb.grad;

/** A place in the user's program, as errors name it. */
public interface Place {

    /** File name and line, for example {@code train.ebb:33}. */
    String where();

    /** The source text of the expression that was running, on one line. */
    String text();

    /** Whether nobody has the program any more that it is in, so that nothing can ask for it. */
    default boolean isGone() {
        return false;
    }
}
