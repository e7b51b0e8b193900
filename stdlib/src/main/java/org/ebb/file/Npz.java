package org.ebb.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.ebb.tensor.Tensor;

/** NumPy's {@code .npz} files: a ZIP archive of {@link Npy} files. Nothing is ever unpacked to disk. */
public final class Npz {

    private Npz() {}

    /** More than this times its size deflate cannot make of anything. */
    private static final int MOST_DEFLATED = 1032;

    /** The arrays by name, in the order of the archive, of a stream of {@code size} bytes. */
    public static Map<String, Tensor> read(String name, InputStream stream, long size) throws IOException {
        var arrays = new LinkedHashMap<String, Tensor>();
        var whole = new Source(name, stream, size);
        var tail = new Tail(stream);
        try (var zip = new ZipInputStream(tail)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String key = entry.getName();
                if (key.startsWith("/") || key.contains("\\") || key.contains(":") || key.contains("\0")
                        || ("/" + key + "/").contains("/../")) {
                    throw whole.wrong("the archive names a path outside itself: '" + key + "'");
                }
                if (!key.endsWith(".npy")) {
                    throw whole.wrong("the archive holds '" + key + "', which is no .npy file");
                }
                Tensor x = Npy.read(name + "[" + key + "]", zip, Math.multiplyExact(size, MOST_DEFLATED));
                if (arrays.put(key.substring(0, key.length() - 4), x) != null) {
                    throw whole.wrong("the archive holds '" + key + "' twice");
                }
            }
            tail.transferTo(OutputStream.nullOutputStream());
            if (!tail.lists(arrays.size()) && !arrays.isEmpty()) {
                throw whole.wrong("the archive is cut off");
            }
        } catch (ZipException broken) {
            throw whole.wrong("the archive is damaged: " + broken.getMessage());
        } catch (java.io.EOFException cut) {
            throw whole.wrong("the archive is cut off");
        } catch (IllegalArgumentException strange) {
            throw whole.wrong("the archive names a file in no known alphabet");
        }
        if (arrays.isEmpty()) {
            throw whole.wrong("this is no .npz file: it holds no arrays");
        }
        return arrays;
    }

    public static void write(Map<String, Tensor> arrays, boolean compressed, OutputStream out) throws IOException {
        var zip = new ZipOutputStream(out);
        for (Map.Entry<String, Tensor> one : arrays.entrySet()) {
            var entry = new ZipEntry(one.getKey() + ".npy");
            entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
            if (!compressed) {
                var counted = new Counting();
                Npy.write(one.getValue(), counted);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(counted.count);
                entry.setCrc(counted.crc.getValue());
            }
            zip.putNextEntry(entry);
            Npy.write(one.getValue(), zip);
            zip.closeEntry();
        }
        zip.finish();
    }

    /**
     * Remembers the end of a stream, where an archive says how many entries it has: one that was cut between two entries would
     * otherwise pass for a whole one.
     */
    private static final class Tail extends FilterInputStream {

        /** The record at the end, without and with the longest comment. */
        private static final int RECORD = 22;
        private static final int MOST = RECORD + 0xffff;

        /** The last bytes, at least as many as count: moved to the front when there is no room. */
        private final byte[] end = new byte[2 * MOST];
        private int count;

        Tail(InputStream stream) {
            super(stream);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int n) throws IOException {
            int got = super.read(bytes, from, n);
            if (got > 0) {
                int fresh = Math.min(got, MOST);
                if (count + fresh > end.length) {
                    System.arraycopy(end, count - MOST, end, 0, MOST);
                    count = MOST;
                }
                System.arraycopy(bytes, from + got - fresh, end, count, fresh);
                count += fresh;
            }
            return got;
        }

        /** Does a record at the end say that there are so many entries, or more than it can say? */
        boolean lists(int entries) {
            var bytes = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = count - RECORD; at >= Math.max(0, count - MOST); at--) {
                if (bytes.getInt(at) == 0x06054b50 && at + RECORD + (bytes.getShort(at + 20) & 0xffff) == count) {
                    int listed = bytes.getShort(at + 10) & 0xffff;
                    return listed == entries || listed == 0xffff;
                }
            }
            return false;
        }
    }

    /** Counts and sums up what is written, and keeps none of it: a stored entry tells both before its bytes. */
    private static final class Counting extends OutputStream {
        long count;
        final CRC32 crc = new CRC32();

        @Override
        public void write(int b) {
            crc.update(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int from, int n) {
            crc.update(bytes, from, n);
            count += n;
        }
    }
}
