package org.ebb.runtime;

import com.oracle.truffle.api.Assumption;
import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.Truffle;

/**
 * The place where a module or a class keeps the value of one name. Nodes hold on to the binding, and treat its value as a constant
 * for as long as nobody writes it again.
 */
public final class Binding {

    /**
     * After so many writes the name is a variable, and compiled code reads it instead of trusting it. A function that is defined, replaced
     * for a while and put back, as tests do, is none yet.
     */
    private static final int PATIENCE = 4;

    /** What stands for a number that is kept without a box, in {@link #bits}: only variables have one. */
    private static final Object INT = new Object();
    private static final Object FLOAT = new Object();

    private Object value;
    private long bits;

    /** The dict that shows the module's names to the program, and this one's name there; null until somebody asks for it. */
    private ModuleDict shown;
    private String name;
    private int writes;
    private Constant constant = new Constant(null);

    /**
     * What a name is for as long as nobody writes it again. Nodes hold on to this and never to the value itself: they live as long as
     * their text does, and what a program has let go of must not live that long.
     */
    public static final class Constant {

        /** What a variable is, which has none. */
        public static final Constant NONE = new Constant(null, Assumption.NEVER_VALID);

        /** Of a name that no binding stands for: nothing, for ever. */
        public static final Constant NOTHING = new Constant(null, Assumption.ALWAYS_VALID);

        @CompilationFinal private Object value;
        private final Assumption kept;

        private Constant(Object value) {
            this(value, Truffle.getRuntime().createAssumption("the name keeps its value"));
        }

        private Constant(Object value, Assumption kept) {
            this.value = value;
            this.kept = kept;
        }

        public boolean isValid() {
            return kept.isValid();
        }

        /** The value, null where the name was not bound; only while it is valid. */
        public Object get() {
            return value;
        }

        private void end() {
            kept.invalidate();
            value = null;
        }
    }

    /** The value, or null where the name is not bound. */
    public Object get() {
        return value == FLOAT ? (Object) Double.longBitsToDouble(bits) : value == INT ? (Object) bits : value;
    }

    /** Whether an int is kept here without a box. */
    public boolean isLong() {
        return value == INT;
    }

    /** Whether a float is kept here without a box. */
    public boolean isDouble() {
        return value == FLOAT;
    }

    /** The value where it is no bare number. */
    public Object getObject() {
        return value;
    }

    public long getLong() {
        return bits;
    }

    public double getDouble() {
        return Double.longBitsToDouble(bits);
    }

    public boolean isBound() {
        return value != null;
    }

    /** Valid for as long as the value is the one that {@link #get} gives now. */
    public Constant constant() {
        return constant;
    }

    void showIn(ModuleDict dict, String key) {
        shown = dict;
        name = key;
    }

    /** Binds, or with null unbinds. */
    public void set(Object newValue) {
        if (shown != null) {
            show(newValue);
        }
        if (writes <= PATIENCE) {
            changed(newValue);
        } else {
            value = newValue;
        }
    }

    public void set(long number) {
        if (shown != null || writes <= PATIENCE) {
            set((Object) number);
        } else {
            bits = number;
            value = INT;
        }
    }

    public void set(double number) {
        if (shown != null || writes <= PATIENCE) {
            set((Object) number);
        } else {
            bits = Double.doubleToRawLongBits(number);
            value = FLOAT;
        }
    }

    /** Lets go of the value: nobody will ask for it again. */
    void forget() {
        shown = null;
        value = null;
        constant.end();
    }

    @CompilerDirectives.TruffleBoundary
    private void show(Object newValue) {
        shown.changed(name, newValue);
    }

    @CompilerDirectives.TruffleBoundary
    private void changed(Object newValue) {
        value = newValue;
        writes++;
        constant.end();
        constant = writes <= PATIENCE ? new Constant(newValue) : Constant.NONE;
    }
}
