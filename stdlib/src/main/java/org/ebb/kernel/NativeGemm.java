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
     * A second operand of so many bytes at most is copied to where a cache line begins, for products of so many rows or more: Java's arrays
     * begin within one, and the library, which reads that operand by lines, was 4 % slower there (the others made no difference).
     */
    private static final int ALIGNED = 1 << 20;
    private static final int ALIGNED_ROWS = 512;
    private static final int LINE = 64;

    private static final ThreadLocal<MemorySegment> LINES = ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(ALIGNED, LINE));

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
        Matrix y = Matrix.of(k, n, b, bAt, bRow, bColumn).forRows(m, k, n);
        int across = (n + COLUMNS - 1) / COLUMNS;
        int down = (m + ROWS - 1) / ROWS;
        IntConsumer part = block -> {
            int i = block / across * ROWS;
            int j = block % across * COLUMNS;
            int rows = Math.min(ROWS, m - i);
            int columns = Math.min(COLUMNS, n - j);
            MemorySegment out = MemorySegment.ofArray(c).asSlice(4L * (cAt + (long) i * cRow + j));
            for (int p = 0; p < k; p += DEPTH) {
                Poll.now();
                call(rows, columns, Math.min(DEPTH, k - p), x, i, y, j, p, add || p > 0 ? 1 : 0, out, cRow);
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

    private void call(int rows, int columns, int depth, Matrix x, int i, Matrix y, int j, int p, float beta, MemorySegment out, int cRow) {
        try {
            library.alone();
            int status = (int) sgemm.invokeExact(x.letter, y.letter, (long) rows, (long) columns, (long) depth, 1f, x.from(i, p),
                    (long) x.distance, y.from(p, j), (long) y.distance, beta, out, (long) cRow);
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

        /** The same matrix as the second operand of a product of so many rows. Good until this thread's next product. */
        Matrix forRows(int m, int rows, int columns) {
            if (m < ALIGNED_ROWS || letter != 'N' || 4L * rows * columns > ALIGNED) {
                return this;
            }
            MemorySegment lines = LINES.get();
            if (distance == columns) {
                MemorySegment.copy(elements, 0, lines, 0, 4L * rows * columns);
            } else {
                for (int i = 0; i < rows; i++) {
                    MemorySegment.copy(elements, 4L * i * distance, lines, 4L * i * columns, 4L * columns);
                }
            }
            return new Matrix(lines, columns, letter);
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

        /** The memory from element (i, j) on. */
        MemorySegment from(int i, int j) {
            long start = letter == 'N' ? (long) i * distance + j : (long) j * distance + i;
            return elements.asSlice(4L * start);
        }
    }
}
