package org.ebb.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;
import org.junit.jupiter.api.Test;

/** Files as NumPy 1.24 writes them, our own read back, and files that were cut, spoilt or made up to do harm. */
class FilesTest {

    private static final String F4 =
            "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgIC"
            + "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAMA/AAAAwAAAQEAAAIBAAACgQAAAwEA=";

    private static final String FORTRAN =
            "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgIC"
            + "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAAAAAAAAAAAAhAAAAAAAAA8D8AAAAAAAAQQAAAAAAA"
            + "AABAAAAAAAAAFEA=";

    private static final String BIG =
            "k05VTVBZAQB2AHsnZGVzY3InOiAnPmk0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgIC"
            + "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAB/////g==";

    private static final String NPZ =
            "UEsDBBQAAAAAAAAAIQBkW6q/kAAAAJAAAAAFABQAYS5ucHkBABAAkAAAAAAAAACQAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJzxmOCcsIC"
            + "dmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgyLCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
            + "ICAgICAgICAgICAgICAgICAKAAAAAAAA8D8AAAAAAAAAQFBLAwQUAAAAAAAAACEA7hm7XYIAAACCAAAABQAUAGIubnB5AQAQAIIAAAAAAAAAgg"
            + "AAAAAAAACTTlVNUFkBAHYAeydkZXNjcic6ICd8YjEnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwpLCB9ICAgICAgICAg"
            + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCgEAUEsBAhQDFAAAAAAAAAAhAGRbqr+QAAAAkAAAAA"
            + "UAAAAAAAAAAAAAAIABAAAAAGEubnB5UEsBAhQDFAAAAAAAAAAhAO4Zu12CAAAAggAAAAUAAAAAAAAAAAAAAIABxwAAAGIubnB5UEsFBgAAAAAC"
            + "AAIAZgAAAIABAAAAAA==";

    private static final String NPZC =
            "UEsDBBQAAAAIAAAAIQAVYRjpTgAAAKADAAAFABQAYS5ucHkBABAAoAMAAAAAAABOAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TaaGuo6"
            + "Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GoYGBjqaOgq1CmQDLoZRMApGAU4AAFBLAQIUAxQAAAAIAAAAIQAVYRjpTgAAAKADAAAFAAAA"
            + "AAAAAAAAAACAAQAAAABhLm5weVBLBQYAAAAAAQABADMAAACFAAAAAAA=";

    private static final String OBJ =
            "k05VTVBZAQB2AHsnZGVzY3InOiAnfE8nLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMSwpLCB9ICAgICAgICAgICAgICAgIC"
            + "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAqAA2NudW1weS5jb3JlLm11bHRpYXJyYXkKX3JlY29uc3RydWN0"
            + "CnEAY251bXB5Cm5kYXJyYXkKcQFLAIVxAkMBYnEDh3EEUnEFKEsBSwGFcQZjbnVtcHkKZHR5cGUKcQdYAgAAAE84cQiJiIdxCVJxCihLA1gBAA"
            + "AAfHELTk5OSv////9K/////0s/dHEMYoldcQ19cQ5hdHEPYi4=";

    private static final String HALF =
            "k05VTVBZAQB2AHsnZGVzY3InOiAnPGYyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgIC"
            + "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAPmau";

    private static final String ZERO =
            "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKCksIH0gICAgICAgICAgICAgICAgIC"
            + "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAOBA";

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static Tensor npy(byte[] file) throws IOException {
        return Npy.read("test.npy", new ByteArrayInputStream(file), file.length);
    }

    private static Map<String, Tensor> npz(byte[] file) throws IOException {
        return Npz.read("test.npz", new ByteArrayInputStream(file), file.length);
    }

    private static Safetensors.Contents safetensors(byte[] file) throws IOException {
        return Safetensors.read("test.safetensors", new ByteArrayInputStream(file), file.length);
    }

    private static byte[] safetensors(String header, int data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text).array();
    }

    private static String refused(byte[] file) {
        return assertThrows(TensorException.class, () -> npy(file)).getMessage();
    }

    // ---- what NumPy writes

    @Test
    void readsWhatNumPyWrites() throws IOException {
        Tensor x = npy(bytes(F4));
        assertEquals(DType.FLOAT32, x.dtype());
        assertEquals(Shape.of(2, 3), x.shape());
        assertArrayEquals(new double[] {1.5, -2, 3, 4, 5, 6}, x.toDoubles());
        assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5}, npy(bytes(FORTRAN)).toDoubles());
        assertArrayEquals(new double[] {1, -2}, npy(bytes(BIG)).toDoubles());
        assertArrayEquals(new double[] {1.5, (float) -0.0999755859375}, npy(bytes(HALF)).toDoubles());
        assertEquals(Shape.SCALAR, npy(bytes(ZERO)).shape());
        Map<String, Tensor> both = npz(bytes(NPZ));
        assertArrayEquals(new double[] {1, 2}, both.get("a").toDoubles());
        assertEquals(DType.BOOL, both.get("b").dtype());
        assertEquals(Shape.of(100), npz(bytes(NPZC)).get("a").shape());
    }

    /** Every width and order of bytes, more than one block of elements, each beside what its bytes say one by one. */
    @Test
    void readsWholeNumbersOfEveryWidth() throws IOException {
        var random = new Random(4);
        for (String descr : new String[] {"|b1", "|i1", "|u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">i4", "<u4", ">u4", "<i8", ">i8", "<u8", ">u8"}) {
            boolean unsigned = descr.charAt(1) == 'u';
            int width = descr.charAt(2) - '0';
            int n = (1 << 16) / width + 7;
            byte[] elements = new byte[n * width];
            random.nextBytes(elements);
            var expected = new long[n];
            for (int i = 0; i < n; i++) {
                if (unsigned && width == 8) {
                    elements[8 * i + (descr.charAt(0) == '<' ? 7 : 0)] &= 0x7f;
                }
                var value = new byte[width];
                for (int k = 0; k < width; k++) {
                    value[k] = elements[width * i + (descr.charAt(0) == '<' ? width - 1 - k : k)];
                }
                BigInteger number = unsigned ? new BigInteger(1, value) : new BigInteger(value);
                expected[i] = descr.equals("|b1") ? number.signum() * number.signum() : number.longValueExact();
            }
            var file = new ByteArrayOutputStream();
            byte[] header = header("{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + n + ",), }");
            file.write(header, 0, header.length - 16);
            file.write(elements);
            Tensor x = npy(file.toByteArray());
            for (int i = 0; i < n; i++) {
                assertEquals(expected[i], x.cell.storage.getLong(i), descr + " element " + i);
            }
        }
    }

    @Test
    void writesNumPysBytes() throws IOException {
        for (String file : new String[] {F4, ZERO}) {
            var out = new ByteArrayOutputStream();
            Npy.write(npy(bytes(file)), out);
            assertEquals(file, Base64.getEncoder().encodeToString(out.toByteArray()));
        }
    }

    // ---- back again

    /** {@code npy}: what that format has names for. */
    private static Map<String, Tensor> several(boolean npy) {
        var all = new LinkedHashMap<String, Tensor>();
        var random = new Random(1);
        for (DType dtype : DType.values()) {
            if (npy && dtype == DType.BFLOAT16) {
                continue;
            }
            for (Shape shape : new Shape[] {Shape.SCALAR, Shape.of(0, 3), Shape.of(70_000), Shape.of(2, 3, 4)}) {
                Tensor x = Tensor.zeros(dtype, shape, Flavour.PLAIN);
                for (long i = 0; i < x.size(); i++) {
                    x.setDouble(i, random.nextInt(-100, 100));
                }
                all.put(dtype.text + " " + shape + " \u00e4\"", x);
            }
        }
        return all;
    }

    private static void same(Map<String, Tensor> expected, Map<String, Tensor> found) {
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((name, x) -> {
            Tensor y = found.get(name);
            assertEquals(x.dtype(), y.dtype(), name);
            assertEquals(x.shape(), y.shape(), name);
            assertArrayEquals(x.toDoubles(), y.toDoubles(), name);
        });
    }

    @Test
    void readsWhatItWrites() throws IOException {
        for (boolean compressed : new boolean[] {false, true}) {
            var out = new ByteArrayOutputStream();
            Npz.write(several(true), compressed, out);
            same(several(true), npz(out.toByteArray()));
        }
        var out = new ByteArrayOutputStream();
        Safetensors.write(several(false), Map.of("by", "a \"test\"\n"), out);
        same(several(false), safetensors(out.toByteArray()).tensors());
        assertEquals(Map.of("by", "a \"test\"\n"), safetensors(out.toByteArray()).metadata());
    }

    @Test
    void npySaysThatItHasNoBfloat16() {
        Tensor x = Tensor.zeros(DType.BFLOAT16, Shape.of(2), Flavour.PLAIN);
        var refusal = assertThrows(TensorException.BadType.class, () -> Npy.write(x, new ByteArrayOutputStream()));
        assertTrue(refusal.getMessage().contains("safetensors"), refusal.getMessage());
    }

    // ---- harm

    private static byte[] header(String header) {
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(10 + text.length + 16).order(ByteOrder.LITTLE_ENDIAN).put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) text.length).put(text).array();
    }

    private static String header(String descr, String shape) {
        return refused(header("{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }"));
    }

    @Test
    void refusesWhatAHeaderCannotMean() {
        assertTrue(refused(bytes(OBJ)).startsWith("test.npy: holds pickled Python objects"));
        assertTrue(header("<f4", "(-1,)").contains("negative size -1"));
        assertTrue(header("<f4", "(4294967296, 4294967296)").contains("more elements than can be counted"));
        assertTrue(header("<f4", "(1000000000,)").contains("promises 4000000000 bytes"));
        assertTrue(header("<f4", "(99999999999999999999,)").contains("shape"));
        assertTrue(header("<f4", "(2,)").contains("bytes follow"));
        assertTrue(header("<c8", "(2,)").contains("'<c8' cannot be read"));
        assertTrue(header("<f4", "__import__('os')").contains("not understood"));
        assertTrue(refused(header("{}")).contains("not understood"));
        assertTrue(refused("PK\3\4 nothing".getBytes(StandardCharsets.ISO_8859_1)).contains("no .npy file"));
        assertTrue(refused(new byte[0]).contains("no .npy file"));
        byte[] huge = bytes(F4);
        huge[6] = 2;
        Arrays.fill(huge, 8, 12, (byte) 0xff);
        assertTrue(refused(huge).contains("too long"));
    }

    @Test
    void refusesArchivesThatReachOutside() throws IOException {
        for (String name : new String[] {"../a.npy", "/a.npy", "b/../../a.npy", "c:\\a.npy", "a.exe"}) {
            var out = new ByteArrayOutputStream();
            try (var zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(bytes(F4));
            }
            var refused = assertThrows(TensorException.class, () -> npz(out.toByteArray()));
            assertTrue(refused.getMessage().contains(name.contains("exe") ? "no .npy file" : "outside"), refused.getMessage());
        }
    }

    @Test
    void refusesSafetensorsThatLie() {
        String[][] lies = {
            {"{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", "needs 8 bytes"},
            {"{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", "overlap or leave a gap"},
            {"{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", "negative size"},
            {"{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}", "counted"},
            {"{\"a\":{\"dtype\":\"X\",\"shape\":[2],\"data_offsets\":[0,8]}}", "cannot be read"},
            {"{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{}}", "twice"},
            {"{\"a\":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}", "inside each other"},
            {"{\"a\":", "its end"},
            {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "bytes follow"},
        };
        for (String[] lie : lies) {
            var refused = assertThrows(TensorException.class, () -> safetensors(safetensors(lie[0], 8)), lie[0]);
            assertTrue(refused.getMessage().startsWith("test.safetensors: ") && refused.getMessage().contains(lie[1]), refused.getMessage());
        }
        byte[] long_ = new byte[16];
        Arrays.fill(long_, (byte) 0x7f);
        assertTrue(assertThrows(TensorException.class, () -> safetensors(long_)).getMessage().contains("too long"));
    }

    private interface Reader {
        void read(byte[] file) throws IOException;
    }

    /** Cut anywhere, or with bytes changed, a file is read or refused in one way: no other exception, no large allocation. */
    @Test
    void survivesEverySpoiltFile() throws IOException {
        var out = new ByteArrayOutputStream();
        Safetensors.write(Map.of("a", npy(bytes(F4)), "b", npy(bytes(BIG))), Map.of("k", "v"), out);
        spoil(bytes(F4), FilesTest::npy);
        spoil(bytes(NPZ), FilesTest::npz);
        spoil(bytes(NPZC), FilesTest::npz);
        spoil(out.toByteArray(), FilesTest::safetensors);
    }

    private static void spoil(byte[] file, Reader reader) throws IOException {
        for (int length = 0; length < file.length; length++) {
            read(Arrays.copyOf(file, length), reader);
        }
        var random = new Random(7);
        for (int round = 0; round < 3000; round++) {
            byte[] spoilt = file.clone();
            for (int k = random.nextInt(1, 4); k > 0; k--) {
                spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
            }
            read(spoilt, reader);
        }
    }

    private static void read(byte[] file, Reader reader) throws IOException {
        try {
            reader.read(file);
        } catch (TensorException refused) {
            assertTrue(refused.getMessage().startsWith("test."), refused.getMessage());
        }
    }
}
