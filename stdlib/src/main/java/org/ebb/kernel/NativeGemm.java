package org.ebb.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.function.IntConsumer;

/**
 * Large products of {@code float[]} by oneDNN, through the foreign function API. Which products go here is decided by their size
 * alone, and they are cut into the same blocks whatever the number of threads, as the library's bits depend on that.
 */
final class NativeGemm {

    /**
     * A block of c: large enough to run at the library's full speed, small enough that a call takes a few ms at most. It works
     * on Java's heap, so a garbage collection has to wait for it.
     */
    private static final int ROWS = 256;
    private static final int COLUMNS = 512;
    private static final int DEPTH = 4096;

    /**
     * For products of so many rows or more the second operand is copied to where a cache line begins, each row an odd number of lines after the
     * last: Java's arrays begin within a line, and the library, which reads this operand by lines, was 4 % slower there; rows that lie a power of
     * two apart all fall into the same few places of a cache. The other operands made no difference.
     */
    private static final int COPIED_ROWS = 512;
    /**
     * One of more bytes is copied panel by panel, and only if its rows lie multiples of PAGE apart and the machine has no AVX-512: with it such
     * products had 95 % of the library's best rate as they were.
     */
    private static final int COPIED = 1 << 20;
    private static final int PAGE = 4096;
    private static final int LINE = 64;
    private static final int LINE_FLOATS = LINE / Float.BYTES;

    /** A thread's copy of a panel of a second operand: 8 MB at most. */
    private static final ThreadLocal<MemorySegment> LINES = new ThreadLocal<>();

    private final OneDnn library;
    private final MethodHandle sgemm;

    private NativeGemm(OneDnn library) {
        this.library = library;
        this.sgemm = library.function("dnnl_sgemm", FunctionDescriptor.of(JAVA_INT, JAVA_BYTE, JAVA_BYTE, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                JAVA_FLOAT, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_FLOAT, ADDRESS, JAVA_LONG), Linker.Option.critical(true));
    }

    private static final class Loaded {
        static final NativeGemm INSTANCE = OneDnn.loaded() == null ? null : new NativeGemm(OneDnn.loaded());
    }

    /** The products, or null where there is no library, or where calling it is not safe now. */
    static NativeGemm get() {
        return FlightRecorder.isActive() ? null : Loaded.INSTANCE;
    }

    /** As {@link Kernels#gemm}. */
    void gemm(int m, int n, int k, float[] a, int aAt, int aRow, int aColumn, float[] b, int bAt, int bRow, int bColumn,
              float[] c, int cAt, int cRow, boolean add) {
        Matrix x = Matrix.of(m, k, a, aAt, aRow, aColumn);
        Matrix y = Matrix.of(k, n, b, bAt, bRow, bColumn);
        MemorySegment out = MemorySegment.ofArray(c).asSlice(4L * cAt);
        if (!isCopied(m, n, k, y)) {
            panel(m, n, k, x, y, out, cRow, add);
            return;
        }
        boolean whole = isSmall(n, k);
        int wide = whole ? n : COLUMNS;
        int deep = whole ? k : DEPTH;
        for (int j = 0; j < n; j += wide) {
            for (int p = 0; p < k; p += deep) {
                int columns = Math.min(wide, n - j);
                int depth = Math.min(deep, k - p);
                panel(m, columns, depth, x.part(0, p), y.part(p, j).lines(depth, columns), out.asSlice(4L * j), cRow, add || p > 0);
            }
        }
    }

    private boolean isCopied(int m, int n, int k, Matrix y) {
        boolean near = 4L * y.distance % PAGE == 0 && library.instructions() != OneDnn.Instructions.AVX512;
        return m >= COPIED_ROWS && y.letter == 'N' && (isSmall(n, k) || near);
    }

    private static boolean isSmall(int n, int k) {
        return 4L * k * n <= COPIED;
    }

    /** One block of c after the other, or at once. */
    private void panel(int m, int n, int k, Matrix x, Matrix y, MemorySegment c, int cRow, boolean add) {
        int across = (n + COLUMNS - 1) / COLUMNS;
        int down = (m + ROWS - 1) / ROWS;
        IntConsumer part = block -> {
            int i = block / across * ROWS;
            int j = block % across * COLUMNS;
            int rows = Math.min(ROWS, m - i);
            int columns = Math.min(COLUMNS, n - j);
            MemorySegment out = c.asSlice(4L * ((long) i * cRow + j));
            for (int p = 0; p < k; p += DEPTH) {
                Poll.now();
                call(rows, columns, Math.min(DEPTH, k - p), x.part(i, p), y.part(p, j), add || p > 0 ? 1 : 0, out, cRow);
            }
        };
        if (Cutting.work(m, n, k) >= Cutting.SMALL) {
            Threads.run(down * across, part);
        } else {
            for (int block = 0; block < down * across; block++) {
                part.accept(block);
            }
        }
    }

    private void call(int rows, int columns, int depth, Matrix x, Matrix y, float beta, MemorySegment out, int cRow) {
        try {
            library.alone();
            int status = (int) sgemm.invokeExact(x.letter, y.letter, (long) rows, (long) columns, (long) depth, 1f, x.elements,
                    (long) x.distance, y.elements, (long) y.distance, beta, out, (long) cRow);
            if (status != 0) {
                throw new IllegalStateException("oneDNN refused a matrix product with status " + status);
            }
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A matrix as the library takes it: rows or columns contiguous, the next one {@code distance} further. */
    private record Matrix(MemorySegment elements, int distance, byte letter) {

        private Matrix(float[] array, int at, int distance, byte letter) {
            this(MemorySegment.ofArray(array).asSlice(4L * at), distance, letter);
        }

        /** A copy of so many rows and columns, see COPIED_ROWS. Good until this thread's next. */
        Matrix lines(int rows, int columns) {
            int apart = ((columns + LINE_FLOATS - 1) / LINE_FLOATS | 1) * LINE_FLOATS;
            MemorySegment lines = LINES.get();
            if (lines == null || lines.byteSize() < 4L * rows * apart) {
                lines = Arena.ofAuto().allocate(4L * rows * apart, LINE);
                LINES.set(lines);
            }
            for (int i = 0; i < rows; i++) {
                MemorySegment.copy(elements, 4L * i * distance, lines, 4L * i * apart, 4L * columns);
            }
            return new Matrix(lines, apart, letter);
        }

        static Matrix of(int rows, int columns, float[] a, int at, int row, int column) {
            if (column == 1 && row >= columns) {
                return new Matrix(a, at, row, (byte) 'N');
            }
            if (row == 1 && column >= rows) {
                return new Matrix(a, at, column, (byte) 'T');
            }
            float[] packed = new float[rows * columns];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    packed[i * columns + j] = a[at + i * row + j * column];
                }
            }
            return new Matrix(packed, 0, columns, (byte) 'N');
        }

        /** The matrix from element (i, j) on. */
        Matrix part(int i, int j) {
            long start = letter == 'N' ? (long) i * distance + j : (long) j * distance + i;
            return new Matrix(elements.asSlice(4L * start), distance, letter);
        }
    }
}
