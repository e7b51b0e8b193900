package org.ebb.builtins;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.ebb.kernel.Glance;
import org.ebb.kernel.Poll;
import org.ebb.runtime.EbbBytes;
import org.ebb.runtime.EbbException;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Strings;
import org.ebb.runtime.Types;

/** Text to bytes and back. */
final class Codecs {

    /** So many characters or bytes are done at a time, with a look up between. */
    private static final int PART = 1 << 20;

    /** A character alone takes as long as so many in a row. */
    private static final int POINT = 16;

    private Codecs() {}

    /** A charset under the name that messages use. */
    private record Codec(String name, Charset charset) {}

    private static Codec codec(String encoding) {
        return switch (encoding.toLowerCase(Locale.ROOT).replace('_', '-')) {
            case "utf-8", "utf8" -> new Codec("utf-8", StandardCharsets.UTF_8);
            case "ascii", "us-ascii" -> new Codec("ascii", StandardCharsets.US_ASCII);
            case "latin-1", "latin1", "iso-8859-1" -> new Codec("latin-1", StandardCharsets.ISO_8859_1);
            case "utf-16-le", "utf-16le" -> new Codec("utf-16-le", StandardCharsets.UTF_16LE);
            case "utf-16-be", "utf-16be" -> new Codec("utf-16-be", StandardCharsets.UTF_16BE);
            default -> throw Errors.of(Types.LOOKUP_ERROR, "unknown encoding: " + encoding);
        };
    }

    static byte[] encode(String text, String encoding, String errors) {
        Codec codec = codec(encoding);
        try {
            CharsetEncoder coder = codec.charset.newEncoder().onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
            CharBuffer in = CharBuffer.wrap(text);
            if (text.length() > PART) {
                return encodeInParts(in, coder);
            }
            ByteBuffer out = coder.encode(in);
            return Arrays.copyOf(out.array(), out.limit());
        } catch (CharacterCodingException some) {
            return encodeWhatFits(text, codec, errors);
        }
    }

    private static byte[] encodeInParts(CharBuffer in, CharsetEncoder coder) throws CharacterCodingException {
        var out = new ByteArrayOutputStream(in.length());
        ByteBuffer part = ByteBuffer.allocate(PART);
        while (true) {
            Poll.now();
            CoderResult result = coder.encode(in, part, true);
            if (result.isError()) {
                result.throwException();
            }
            out.write(part.array(), 0, part.position());
            part.clear();
            if (result.isUnderflow()) {
                return out.toByteArray();
            }
        }
    }

    private static byte[] encodeWhatFits(String text, Codec codec, String errors) {
        var out = new ByteArrayOutputStream();
        int[] points = text.codePoints().toArray();
        var glance = new Glance();
        for (int i = 0; i < points.length; i++) {
            glance.steps(POINT);
            String character = Character.toString(points[i]);
            if (fits(points[i], codec)) {
                out.writeBytes(character.getBytes(codec.charset));
                continue;
            }
            String instead = switch (errors) {
                case "strict" -> throw cannotEncode(text, points, i, codec);
                case "ignore" -> "";
                case "replace" -> "?";
                case "xmlcharrefreplace" -> "&#" + points[i] + ";";
                case "backslashreplace" -> escaped(points[i]);
                default -> throw Errors.of(Types.LOOKUP_ERROR, "unknown error handler name '" + errors + "'");
            };
            out.writeBytes(instead.getBytes(codec.charset));
        }
        return out.toByteArray();
    }

    private static boolean fits(int point, Codec codec) {
        return switch (codec.name) {
            case "ascii" -> point < 128;
            case "latin-1" -> point < 256;
            default -> point < 0xd800 || point > 0xdfff;
        };
    }

    private static EbbException cannotEncode(String text, int[] points, int from, Codec codec) {
        int end = from + 1;
        while (end < points.length && !fits(points[end], codec)) {
            end++;
        }
        String why = switch (codec.name) {
            case "ascii" -> "ordinal not in range(128)";
            case "latin-1" -> "ordinal not in range(256)";
            default -> "surrogates not allowed";
        };
        return Errors.of(Types.UNICODE_ENCODE_ERROR, codec.name, text, (long) from, (long) end, why);
    }

    private static String escaped(int point) {
        return point < 0x100 ? "\\x%02x".formatted(point) : point < 0x10000 ? "\\u%04x".formatted(point) : "\\U%08x".formatted(point);
    }

    static String decode(EbbBytes bytes, String encoding, String errors) {
        Codec codec = codec(encoding);
        ByteBuffer in = ByteBuffer.wrap(bytes.toArray());
        var coder = codec.charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate(Math.min(bytes.size(), PART) + 1);
        var text = new StringBuilder();
        while (true) {
            Poll.now();
            var result = coder.decode(in, out, true);
            text.append(out.flip());
            out.clear();
            if (result.isUnderflow()) {
                return Strings.held(text.toString());
            }
            if (result.isOverflow()) {
                continue;
            }
            int at = in.position();
            int length = result.length();
            switch (errors) {
                case "strict" -> throw cannotDecode(bytes, at, length, codec);
                case "ignore" -> { }
                case "replace" -> text.append('\ufffd');
                case "backslashreplace" -> {
                    for (int i = at; i < at + length; i++) {
                        text.append("\\x%02x".formatted(bytes.get(i)));
                    }
                }
                default -> throw Errors.of(Types.LOOKUP_ERROR, "unknown error handler name '" + errors + "'");
            }
            in.position(at + length);
            coder.reset();
        }
    }

    private static EbbException cannotDecode(EbbBytes bytes, int at, int length, Codec codec) {
        long first = bytes.get(at);
        String why = switch (codec.name) {
            case "ascii" -> "ordinal not in range(128)";
            case "utf-8" -> {
                int needs = first < 0xc2 || first > 0xf4 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
                yield needs == 1 ? "invalid start byte" : at + length == bytes.size() && length < needs && allContinue(bytes, at + 1)
                        ? "unexpected end of data" : "invalid continuation byte";
            }
            default -> "truncated data";
        };
        return Errors.of(Types.UNICODE_DECODE_ERROR, codec.name, bytes, (long) at, (long) at + length, why);
    }

    private static boolean allContinue(EbbBytes bytes, int from) {
        for (int i = from; i < bytes.size(); i++) {
            if ((bytes.get(i) & 0xc0) != 0x80) {
                return false;
            }
        }
        return true;
    }
}
