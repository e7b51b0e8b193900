package org.ebb.kernel;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ebb.kernel.NativeConvolution.Sizes;

/** The {@link ConvolutionPrimitive}s that nobody uses, kept for the next call of their sizes; the process has them once. */
final class PrimitivePool {

    /** So many bytes of memory are kept at most, and so many primitives. */
    private static final long MOST_BYTES = 48 << 20;
    private static final int MOST = 64;

    /** Those longest not asked for come first. */
    private static final Map<Sizes, Kind> KINDS = new LinkedHashMap<>(16, 0.75f, true);
    private static long bytes;
    private static int count;

    private PrimitivePool() {}

    /** Those of one size. */
    static Kind of(Sizes sizes) {
        synchronized (KINDS) {
            Kind known = KINDS.get(sizes);
            if (known == null) {
                forgetSome();
                known = new Kind(sizes);
                KINDS.put(sizes, known);
            }
            return known;
        }
    }

    /** The kinds themselves are small, but a program may have any number of sizes. */
    private static void forgetSome() {
        for (Iterator<Kind> oldest = KINDS.values().iterator(); KINDS.size() >= 2 * MOST && oldest.hasNext(); ) {
            Kind kind = oldest.next();
            if (kind.idle.isEmpty()) {
                kind.isForgotten = true;
                oldest.remove();
            }
        }
    }

    /** What is to be closed because too much is kept. */
    private static List<ConvolutionPrimitive> surplus() {
        var surplus = new ArrayList<ConvolutionPrimitive>();
        for (Iterator<Kind> oldest = KINDS.values().iterator(); bytes > MOST_BYTES || count > MOST; ) {
            Kind kind = oldest.next();
            while (!kind.idle.isEmpty() && (bytes > MOST_BYTES || count > MOST)) {
                surplus.add(kind.lend());
            }
        }
        return surplus;
    }

    /** Primitives for one size; whoever has asked for it once looks up no more. */
    static final class Kind {

        private final Sizes sizes;
        private final List<ConvolutionPrimitive> idle = new ArrayList<>();
        private boolean isRefused;
        private boolean isForgotten;

        private Kind(Sizes sizes) {
            this.sizes = sizes;
        }

        /** Does the library have code for it? */
        boolean isThere() {
            synchronized (KINDS) {
                if (isRefused || !idle.isEmpty()) {
                    return !isRefused;
                }
            }
            ConvolutionPrimitive made = ConvolutionPrimitive.of(sizes);
            if (made != null) {
                giveBack(made);
                return true;
            }
            synchronized (KINDS) {
                isRefused = true;
            }
            return false;
        }

        /** One to be given back, where the library has any. */
        ConvolutionPrimitive take() {
            synchronized (KINDS) {
                if (!idle.isEmpty()) {
                    return lend();
                }
            }
            ConvolutionPrimitive made = ConvolutionPrimitive.of(sizes);
            if (made == null) {
                throw new IllegalStateException("oneDNN refused a convolution that it had made before");
            }
            return made;
        }

        private ConvolutionPrimitive lend() {
            ConvolutionPrimitive found = idle.removeLast();
            bytes -= found.size();
            count--;
            return found;
        }

        void giveBack(ConvolutionPrimitive used) {
            List<ConvolutionPrimitive> surplus;
            synchronized (KINDS) {
                if (isForgotten) {
                    surplus = List.of(used);
                } else {
                    idle.add(used);
                    bytes += used.size();
                    count++;
                    surplus = surplus();
                }
            }
            surplus.forEach(ConvolutionPrimitive::close);
        }
    }
}
