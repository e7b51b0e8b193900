package org.ebb.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;

/**
 * Files of the safetensors format: a length, a header in JSON, and the elements of all tensors without gaps. What the header
 * promises is checked before anything is read.
 */
public final class Safetensors {

    private Safetensors() {}

    private static final long LONGEST_HEADER = 100_000_000;

    /** What a file holds: its tensors by name, and the texts that go with them. */
    public record Contents(Map<String, Tensor> tensors, Map<String, String> metadata) {}

    private record Entry(String name, Elements.Kind kind, Shape shape, long from, long to) {}

    public static Contents read(String name, InputStream stream, long size) throws IOException {
        var in = new Source(name, stream, size);
        if (size < 8) {
            throw in.wrong("this is no .safetensors file: it has no header");
        }
        long length = ByteBuffer.wrap(in.exactly(8, "the header's length")).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 0 || length > LONGEST_HEADER || length > in.limit()) {
            throw in.wrong("a header of " + Long.toUnsignedString(length) + " bytes is too long for a file of " + size);
        }
        String text = new String(in.exactly((int) length, "the header"), StandardCharsets.UTF_8);
        if (!text.startsWith("{")) {
            throw in.wrong("the header does not begin with '{'");
        }
        var metadata = new LinkedHashMap<String, String>();
        var entries = new ArrayList<Entry>();
        for (Map.Entry<String, Object> one : new JsonText(in, text).object().entrySet()) {
            if (one.getKey().equals("__metadata__")) {
                object(in, one.getValue(), "__metadata__").forEach((key, value) -> metadata.put(key, text(in, value, key)));
            } else {
                entries.add(entry(in, one.getKey(), object(in, one.getValue(), one.getKey())));
            }
        }
        var tensors = new LinkedHashMap<String, Tensor>();
        entries.forEach(entry -> tensors.put(entry.name, null));
        long at = 0;
        List<Entry> inOrder = new ArrayList<>(entries);
        inOrder.sort(Comparator.comparingLong(Entry::from).thenComparingLong(Entry::to));
        for (Entry entry : inOrder) {
            if (entry.from != at) {
                throw in.wrong("'" + entry.name + "' begins at byte " + entry.from + " of the elements, but " + at
                        + " is the next: tensors overlap or leave a gap");
            }
            tensors.put(entry.name, Elements.read(in, entry.kind, entry.shape, false));
            at = entry.to;
        }
        in.end();
        return new Contents(tensors, metadata);
    }

    private static Entry entry(Source in, String name, Map<String, Object> fields) {
        Elements.Kind kind = kind(in, text(in, fields.get("dtype"), name));
        long[] dims = whole(in, fields.get("shape"), name, "shape");
        long[] offsets = whole(in, fields.get("data_offsets"), name, "data_offsets");
        Shape shape = Elements.shape(in, dims, kind);
        if (offsets.length != 2 || offsets[0] < 0 || offsets[1] - offsets[0] != shape.size() * kind.bytes) {
            throw in.wrong("'" + name + "' of shape " + shape + " needs " + shape.size() * kind.bytes
                    + " bytes, but its data_offsets tell otherwise");
        }
        return new Entry(name, kind, shape, offsets[0], offsets[1]);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Source in, Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw in.wrong("the header's entry '" + name + "' is no object");
    }

    private static String text(Source in, Object value, String name) {
        if (value instanceof String s) {
            return s;
        }
        throw in.wrong("the header's entry '" + name + "' lacks a text");
    }

    private static long[] whole(Source in, Object value, String name, String field) {
        if (value instanceof List<?> list && list.size() <= 32 && list.stream().allMatch(Long.class::isInstance)) {
            return list.stream().mapToLong(n -> (Long) n).toArray();
        }
        throw in.wrong("the " + field + " of '" + name + "' is no list of whole numbers");
    }

    private static Elements.Kind kind(Source in, String dtype) {
        return switch (dtype) {
            case "BOOL" -> Elements.Kind.BOOL;
            case "I8" -> Elements.Kind.INT8;
            case "U8" -> Elements.Kind.UINT8;
            case "I16" -> Elements.Kind.INT16;
            case "U16" -> Elements.Kind.UINT16;
            case "I32" -> Elements.Kind.INT32;
            case "U32" -> Elements.Kind.UINT32;
            case "I64" -> Elements.Kind.INT64;
            case "U64" -> Elements.Kind.UINT64;
            case "F16" -> Elements.Kind.FLOAT16;
            case "BF16" -> Elements.Kind.BFLOAT16;
            case "F32" -> Elements.Kind.FLOAT32;
            case "F64" -> Elements.Kind.FLOAT64;
            default -> throw Elements.unreadable(in, dtype);
        };
    }

    public static void write(Map<String, Tensor> tensors, Map<String, String> metadata, OutputStream out) throws IOException {
        var header = new StringBuilder("{");
        if (!metadata.isEmpty()) {
            header.append("\"__metadata__\":{");
            String between = "";
            for (Map.Entry<String, String> one : metadata.entrySet()) {
                header.append(between).append(JsonText.quoted(one.getKey())).append(':').append(JsonText.quoted(one.getValue()));
                between = ",";
            }
            header.append('}');
        }
        List<Map.Entry<String, Tensor>> order = new ArrayList<>(tensors.entrySet());
        order.sort(Comparator.comparingInt(one -> -one.getValue().dtype().bytes));
        long at = 0;
        for (Map.Entry<String, Tensor> one : order) {
            Tensor x = one.getValue();
            String dtype = switch (Elements.Kind.of(x.dtype())) {
                case BOOL -> "BOOL";
                case INT32 -> "I32";
                case INT64 -> "I64";
                case FLOAT32 -> "F32";
                case FLOAT16 -> "F16";
                case BFLOAT16 -> "BF16";
                default -> "F64";
            };
            long end = at + x.size() * x.dtype().bytes;
            header.append(header.length() > 1 ? "," : "").append(JsonText.quoted(one.getKey())).append(":{\"dtype\":\"").append(dtype)
                    .append("\",\"shape\":").append(java.util.Arrays.toString(x.shape().dims()).replace(" ", ""))
                    .append(",\"data_offsets\":[").append(at).append(',').append(end).append("]}");
            at = end;
        }
        header.append('}');
        byte[] bytes = header.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (bytes.length + 7) / 8 * 8;
        out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).array());
        out.write(bytes);
        out.write(" ".repeat(padded - bytes.length).getBytes(StandardCharsets.US_ASCII));
        for (Map.Entry<String, Tensor> one : order) {
            Elements.write(one.getValue(), out);
        }
    }
}
