package org.ebb.tensor;

/** What the engine refuses. The interpreter turns each case into the exception of the language that fits, with its place. */
public abstract sealed class TensorException extends RuntimeException {

    private TensorException(String message) {
        super(message, null, false, false);
    }

    /** Shapes that do not fit: ValueError. The message starts with the operation's name. */
    public static final class BadShape extends TensorException {
        public BadShape(String message) {
            super(message);
        }
    }

    /** A type or dtype that does not fit: TypeError. */
    public static final class BadType extends TensorException {
        public BadType(String message) {
            super(message);
        }
    }

    /** A value out of its domain: ValueError. */
    public static final class BadValue extends TensorException {
        public BadValue(String message) {
            super(message);
        }
    }

    /** An index out of range: IndexError. */
    public static final class BadIndex extends TensorException {
        public BadIndex(String message) {
            super(message);
        }
    }

    /** More memory than there is: MemoryError. */
    public static final class TooLarge extends TensorException {
        public TooLarge(String message) {
            super(message);
        }
    }

    /** A backward that cannot run: GradError (a RuntimeError). */
    public static final class BadGradient extends TensorException {

        /** Whose history is missing: 0 the heads', 1 the variables'; -1 where it is something else. Tells who is to be explained. */
        public final int untracked;

        public BadGradient(String message) {
            this(message, -1);
        }

        public BadGradient(String message, int untracked) {
            super(message);
            this.untracked = untracked;
        }
    }
}
