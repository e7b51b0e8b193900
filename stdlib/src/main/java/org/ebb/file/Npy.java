package org.ebb.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Views;

/** NumPy's {@code .npy} files, versions 1 to 3 (numpy.lib.format describes them). Nothing in a file is executed. */
public final class Npy {

    private Npy() {}

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;

    private static final Pattern HEADER = Pattern.compile(
            "\\{\\s*(?:'(descr|fortran_order|shape)'\\s*:\\s*(?:'[^']*'|True|False|\\([^()]*\\)|\\[[^\\[\\]]*])\\s*,?\\s*){3}}\\s*");
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(((?:\\s*-?\\d{1,19}L?\\s*,?)*)\\)");

    /** The array of a stream of at most {@code limit} bytes, which must end with it. */
    public static Tensor read(String name, InputStream stream, long limit) throws IOException {
        var in = new Source(name, stream, limit);
        Tensor x = read(in);
        in.end();
        return x;
    }

    private static Tensor read(Source in) throws IOException {
        byte[] magic = in.limit() < 8 ? new byte[8] : in.exactly(8, "the header");
        for (int k = 0; k < MAGIC.length; k++) {
            if (magic[k] != MAGIC[k]) {
                throw in.wrong("this is no .npy file: it does not begin with \\x93NUMPY");
            }
        }
        int version = magic[6];
        if (version < 1 || version > 3) {
            throw in.wrong("version " + version + "." + magic[7] + " of the .npy format is not known");
        }
        byte[] size = in.exactly(version == 1 ? 2 : 4, "the header");
        long length = 0;
        for (int k = size.length - 1; k >= 0; k--) {
            length = length << 8 | size[k] & 0xff;
        }
        if (length > LONGEST_HEADER) {
            throw in.wrong("a header of " + length + " bytes is too long; at most " + LONGEST_HEADER + " are read");
        }
        String header = new String(in.exactly((int) length, "the header"), StandardCharsets.UTF_8);
        if (!HEADER.matcher(header).matches() || !header.contains("'descr'") || !header.contains("'fortran_order'")) {
            throw in.wrong("the header is not understood: " + shortened(header));
        }
        String descr = group(in, DESCR, header, "descr");
        boolean fortran = group(in, FORTRAN, header, "fortran_order").equals("True");
        Elements.Kind kind = kind(in, descr);
        Shape shape = Elements.shape(in, dims(in, group(in, SHAPE, header, "shape")), kind);
        boolean bigEndian = descr.startsWith(">");
        if (!fortran || shape.rank() < 2) {
            return Elements.read(in, kind, shape, bigEndian);
        }
        int[] reversed = new int[shape.rank()];
        long[] dims = new long[reversed.length];
        for (int k = 0; k < reversed.length; k++) {
            reversed[k] = reversed.length - 1 - k;
            dims[k] = shape.dim(reversed[k]);
        }
        return Views.permute(Elements.read(in, kind, Shape.of(dims), bigEndian), reversed).copy();
    }

    private static String group(Source in, Pattern pattern, String header, String what) {
        Matcher found = pattern.matcher(header);
        if (!found.find()) {
            throw in.wrong("the header's " + what + " is not understood: " + shortened(header));
        }
        return found.group(1);
    }

    private static String shortened(String header) {
        String line = header.strip().replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 80 ? line : line.substring(0, 80) + "...";
    }

    private static long[] dims(Source in, String text) {
        String[] parts = text.strip().isEmpty() ? new String[0] : text.strip().split("\\s*,\\s*");
        if (parts.length > 32) {
            throw in.wrong("the header's shape has " + parts.length + " axes; at most 32 are read");
        }
        long[] dims = new long[parts.length];
        for (int k = 0; k < dims.length; k++) {
            try {
                dims[k] = Long.parseLong(parts[k].strip().replace("L", ""));
            } catch (NumberFormatException huge) {
                throw in.wrong("the header's shape has the size " + parts[k]);
            }
        }
        return dims;
    }

    private static Elements.Kind kind(Source in, String descr) {
        if (descr.contains("O")) {
            throw in.wrong("holds pickled Python objects, which are never read: they could run any program");
        }
        String plain = descr.isEmpty() || "<>|=".indexOf(descr.charAt(0)) < 0 ? descr : descr.substring(1);
        return switch (plain) {
            case "b1", "?" -> Elements.Kind.BOOL;
            case "i1" -> Elements.Kind.INT8;
            case "u1" -> Elements.Kind.UINT8;
            case "i2" -> Elements.Kind.INT16;
            case "u2" -> Elements.Kind.UINT16;
            case "i4" -> Elements.Kind.INT32;
            case "u4" -> Elements.Kind.UINT32;
            case "i8" -> Elements.Kind.INT64;
            case "u8" -> Elements.Kind.UINT64;
            case "f2" -> Elements.Kind.FLOAT16;
            case "f4" -> Elements.Kind.FLOAT32;
            case "f8" -> Elements.Kind.FLOAT64;
            default -> throw Elements.unreadable(in, "'" + descr + "'");
        };
    }

    /** Writes version 1.0, with a header that ends on a multiple of 64 bytes. */
    public static void write(Tensor x, OutputStream out) throws IOException {
        String descr = switch (Elements.Kind.of(x.dtype())) {
            case BOOL -> "|b1";
            case INT32 -> "<i4";
            case INT64 -> "<i8";
            case FLOAT32 -> "<f4";
            case FLOAT16 -> "<f2";
            case BFLOAT16 -> throw new TensorException.BadType("npy: this format has no name for bfloat16; write x.astype('float32'), or a "
                    + "safetensors file");
            default -> "<f8";
        };
        var header = new StringBuilder("{'descr': '" + descr + "', 'fortran_order': False, 'shape': (");
        for (int axis = 0; axis < x.rank(); axis++) {
            header.append(axis == 0 ? "" : " ").append(x.shape().dim(axis)).append(axis == x.rank() - 1 && axis > 0 ? "" : ",");
        }
        header.append("), }");
        while ((header.length() + 11) % 64 != 0) {
            header.append(' ');
        }
        header.append('\n');
        out.write(MAGIC);
        out.write(new byte[] {1, 0, (byte) header.length(), (byte) (header.length() >> 8)});
        out.write(header.toString().getBytes(StandardCharsets.US_ASCII));
        Elements.write(x, out);
    }
}
