package org.ebb.tensor;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Arrays that nobody has cleared, for results of which every element is going to be written: clearing large ones takes a twentieth of a
 * training step. Java has this for itself only, so it needs {@code --add-exports java.base/jdk.internal.misc=org.ebb.stdlib}; without, and
 * before the method here is compiled, arrays come cleared. So do those that find no room in what is left of the thread's allocation buffer.
 */
final class Unfilled {

    /** Below this, clearing costs nothing that can be measured. */
    private static final int WORTH = 1 << 10;

    private static final MethodHandle ALLOCATE = find();

    private Unfilled() {}

    private static MethodHandle find() {
        try {
            Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe");
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Object the = lookup.findStatic(unsafe, "getUnsafe", MethodType.methodType(unsafe)).invoke();
            MethodHandle allocate = lookup.findVirtual(unsafe, "allocateUninitializedArray", MethodType.methodType(Object.class, Class.class, int.class));
            return allocate.bindTo(the);
        } catch (Throwable notExported) {
            return null;
        }
    }

    static float[] floats(int n) {
        if (n < WORTH || ALLOCATE == null) {
            return new float[n];
        }
        try {
            return (float[]) (Object) ALLOCATE.invokeExact(float.class, n);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
