package org.ebb.builtins;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Calls;
import org.ebb.runtime.Compare;
import org.ebb.runtime.EbbBytes;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbConstant;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbIterator;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.EbbSlice;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Hashes;
import org.ebb.runtime.Integers;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Sequences;
import org.ebb.runtime.Strings;
import org.ebb.runtime.Truth;
import org.ebb.runtime.Types;
import org.ebb.syntax.Expr.CompareOperator;

/** The types bytes and bytearray. What a string does as well is done by the string's own methods on {@link EbbBytes#text}. */
final class BytesType {

    private BytesType() {}

    private static final String[] AS_STRINGS = {"find", "rfind", "count", "startswith", "endswith", "split", "rsplit", "join", "replace",
        "partition", "rpartition", "strip", "lstrip", "rstrip", "removeprefix", "removesuffix", "upper", "lower", "title", "capitalize",
        "swapcase", "center", "ljust", "rjust", "zfill", "expandtabs", "isspace", "isalpha", "isdigit", "isalnum", "isupper", "islower",
        "istitle", "isascii"};

    static void fill(BuiltinTable table) {
        common(table, Types.BYTES);
        table.simple("__hash__(self, /)", "hash(self)", b -> Hashes.string(new String(self(b).toArray(), StandardCharsets.ISO_8859_1)));
    }

    static void fillArray(BuiltinTable table) {
        common(table, Types.BYTEARRAY);
        table.constant("__hash__", EbbNone.NONE);
        table.simple("__setitem__(self, key, value, /)", "self[key] = value", b -> {
            if (b[1] instanceof EbbSlice) {
                change(b, list -> Sequences.setItem(list, b[1], list(b[2])));
            } else {
                self(b).set(place(self(b), b[1]), number(b[2], "byte"));
            }
            return EbbNone.NONE;
        });
        table.simple("__delitem__(self, key, /)", "del self[key]", b -> change(b, list -> Sequences.deleteItem(list, b[1])));
        table.simple("append(self, item, /)", "Add a byte at the end.", b -> {
            self(b).append(number(b[1], "byte"));
            return EbbNone.NONE;
        });
        table.simple("extend(self, items, /)", "Add bytes at the end.", b -> extend(b));
        table.simple("__iadd__(self, items, /)", "self += items", b -> {
            needed(b[1], "can't concat " + Types.name(b[1]) + " to bytearray");
            extend(b);
            return b[0];
        });
        table.simple("clear(self, /)", "Remove all bytes.", b -> {
            self(b).assign(new byte[0]);
            return EbbNone.NONE;
        });
        table.simple("copy(self, /)", "A copy.", b -> new EbbBytes(Types.BYTEARRAY, self(b).toArray()));
        for (String name : new String[] {"insert", "pop", "remove", "reverse"}) {
            table.simple(name + "(self, /, *args)", "As of a list.", b -> {
                EbbList list = self(b).toList();
                Object result = Calls.callMethod(list, name, (Object[]) b[1]);
                self(b).assign(array(list));
                return result;
            });
        }
    }

    private static Object extend(Object[] b) {
        for (byte each : b[1] instanceof EbbBytes own ? own.toArray() : array(list(b[1]))) {
            self(b).append(each);
        }
        return EbbNone.NONE;
    }

    private static Object change(Object[] b, java.util.function.Consumer<EbbList> how) {
        EbbList list = self(b).toList();
        how.accept(list);
        self(b).assign(array(list));
        return EbbNone.NONE;
    }

    private static EbbList list(Object values) {
        return EbbObject.unwrap(values) instanceof EbbBytes own ? own.toList() : Iteration.toList(values);
    }

    private static EbbBytes self(Object[] b) {
        return (EbbBytes) EbbObject.unwrap(b[0]);
    }

    private static EbbBytes needed(Object value, String message) {
        if (EbbObject.unwrap(value) instanceof EbbBytes own) {
            return own;
        }
        throw Errors.typeError(message);
    }

    private static byte number(Object value, String type) {
        int number = Integers.clamp(Numbers.requireIndex(value));
        if (number < 0 || number > 255) {
            throw Errors.valueError(type.equals("bytes") ? "bytes must be in range(0, 256)" : "byte must be in range(0, 256)");
        }
        return (byte) number;
    }

    private static byte[] array(EbbList list) {
        byte[] all = new byte[list.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = number(list.get(i), "byte");
        }
        return all;
    }

    private static int place(EbbBytes bytes, Object index) {
        int at = Integers.clamp(Numbers.requireIndex(index));
        at = at < 0 ? at + bytes.size() : at;
        if (at < 0 || at >= bytes.size()) {
            throw Errors.indexError(bytes.isArray() ? "bytearray index out of range" : "index out of range");
        }
        return at;
    }

    private static int times(EbbBytes bytes, Object count) {
        int times = bytes.size() == 0 ? 0 : Math.max(0, Numbers.requireLength(count, bytes.type().name));
        Errors.longest(bytes.type().name, (long) times * bytes.size());
        return times;
    }

    private static void common(BuiltinTable table, EbbClass type) {
        table.staticMethod("__new__(cls, source=?, encoding=?, errors=?)", "Bytes of a count, an iterable, a text or other bytes.",
                b -> Args.instance(b[0], type, new EbbBytes(type, source(b[1], b[2], b[3], type))));
        table.classMethod("fromhex(cls, string, /)", "Bytes from pairs of hexadecimal digits.", b -> {
            try {
                return new EbbBytes(type, HexFormat.of().parseHex(Args.str(b[1], "fromhex() argument").replace(" ", "")));
            } catch (IllegalArgumentException wrong) {
                throw Errors.valueError("non-hexadecimal number found in fromhex() arg");
            }
        });
        table.simple("hex(self, sep=?, bytes_per_sep=1)", "The bytes as hexadecimal digits.", b -> hex(self(b), b[1], b[2]));
        table.simple("splitlines(self, keepends=False)", "The lines; only \\n, \\r and both together end one.", b -> lines(self(b), Truth.of(b[1])));
        table.simple("decode(self, encoding='utf-8', errors='strict')", "The text that the bytes encode.",
                b -> decode(b[0], b[1], b[2]));
        table.simple("__repr__(self, /)", "repr(self)", b -> self(b).toString());
        table.simple("__len__(self, /)", "len(self)", b -> (long) self(b).size());
        table.simple("__iter__(self, /)", "iter(self)", b -> {
            int[] at = {0};
            return EbbIterator.of(type.name + "_iterator", () -> at[0] < self(b).size() ? self(b).get(at[0]++) : EbbIterator.END);
        });
        table.simple("__getitem__(self, key, /)", "self[key]", b -> item(self(b), b[1], type));
        table.simple("__contains__(self, key, /)", "key in self", b -> EbbObject.unwrap(b[1]) instanceof EbbBytes part
                ? Strings.find(self(b).text(), part.text(), 0, self(b).size()) >= 0 : self(b).text().indexOf(EbbBytes.text(number(b[1], "byte"))) >= 0);
        table.simple("__add__(self, value, /)", "self + value", b -> {
            byte[] more = needed(b[1], "can't concat " + Types.name(b[1]) + " to " + type.name).toArray();
            byte[] sum = Arrays.copyOf(self(b).toArray(), self(b).size() + more.length);
            System.arraycopy(more, 0, sum, self(b).size(), more.length);
            return new EbbBytes(type, sum);
        });
        for (String name : new String[] {"__mul__", "__rmul__"}) {
            table.simple(name + "(self, count, /)", "The bytes several times.", b -> Numbers.asIndex(b[1]) == null ? EbbConstant.NOT_IMPLEMENTED
                    : self(b).repeat(times(self(b), b[1])));
        }
        for (CompareOperator operator : new CompareOperator[] {CompareOperator.EQUAL, CompareOperator.NOT_EQUAL, CompareOperator.LESS,
            CompareOperator.LESS_EQUAL, CompareOperator.GREATER, CompareOperator.GREATER_EQUAL}) {
            table.simple(Compare.methodName(operator) + "(self, value, /)", "Compare with other bytes.",
                    b -> EbbObject.unwrap(b[1]) instanceof EbbBytes other
                            ? Compare.rich(operator, (long) Arrays.compareUnsigned(self(b).toArray(), other.toArray()), 0L)
                            : EbbConstant.NOT_IMPLEMENTED);
        }
        for (String name : AS_STRINGS) {
            table.simple(name + "(self, /, *args, **kwargs)", "As of a string.", b -> asString(name, b, type));
        }
        for (String name : new String[] {"index", "rindex"}) {
            table.simple(name + "(self, sub, start=None, end=None, /)", "As find, or ValueError.", b -> {
                Object at = asString(name.replace("index", "find"), new Object[] {b[0], new Object[] {b[1], b[2], b[3]}, new EbbDict()}, type);
                if (at.equals(-1L)) {
                    throw Errors.valueError("subsection not found");
                }
                return at;
            });
        }
    }

    /** With a separator between groups, which are counted from the right where the size is positive. */
    private static String hex(EbbBytes bytes, Object separator, Object size) {
        String digits = HexFormat.of().formatHex(bytes.toArray());
        if (separator == null) {
            return digits;
        }
        String between = separator instanceof EbbBytes own ? own.text() : Args.str(separator, "sep");
        if (between.length() != 1) {
            throw Errors.valueError("sep must be length 1.");
        }
        int group = Args.index(size, 1);
        int width = Math.abs(group);
        var out = new StringBuilder();
        for (int i = 0; i < bytes.size(); i++) {
            int edge = group > 0 ? bytes.size() - i : i;
            out.append(i > 0 && width > 0 && edge % width == 0 ? between : "").append(digits, 2 * i, 2 * i + 2);
        }
        return out.toString();
    }

    private static EbbList lines(EbbBytes bytes, boolean keep) {
        byte[] all = bytes.toArray();
        var lines = new EbbList();
        for (int start = 0; start < all.length;) {
            int end = start;
            while (end < all.length && all[end] != '\n' && all[end] != '\r') {
                end++;
            }
            int next = end >= all.length ? end : all[end] == '\r' && end + 1 < all.length && all[end + 1] == '\n' ? end + 2 : end + 1;
            lines.append(new EbbBytes(bytes.type(), Arrays.copyOfRange(all, start, keep ? next : end)));
            start = next;
        }
        return lines;
    }

    private static Object item(EbbBytes bytes, Object key, EbbClass type) {
        if (!(key instanceof EbbSlice slice)) {
            if (Numbers.asIndex(key) == null) {
                throw Errors.typeError((bytes.isArray() ? "bytearray" : "byte") + " indices must be integers or slices, not " + Types.name(key));
            }
            return bytes.get(place(bytes, key));
        }
        EbbSlice.Places places = slice.places(bytes.size());
        byte[] part = new byte[places.count()];
        for (int i = 0; i < part.length; i++) {
            part[i] = (byte) bytes.get(places.start() + i * places.step());
        }
        return new EbbBytes(type, part);
    }

    private static Object asString(String name, Object[] b, EbbClass type) {
        Object[] given = (Object[]) b[1];
        Object[] all = new Object[given.length + 1];
        all[0] = self(b).text();
        for (int i = 0; i < given.length; i++) {
            boolean sought = i == 0 && (name.endsWith("find") || name.equals("count"));
            if (sought && EbbObject.unwrap(given[i]) instanceof String) {
                throw Errors.typeError("argument should be integer or bytes-like object, not 'str'");
            }
            all[i + 1] = sought && Numbers.asIndex(given[i]) != null ? String.valueOf(EbbBytes.text(number(given[i], "byte")))
                    : name.equals("join") ? new EbbList(texts(Iteration.toArray(given[i]))) : asText(given[i]);
        }
        EbbDict keywords = new EbbDict();
        Object[] keys = ((EbbDict) b[2]).keyArray();
        Object[] values = ((EbbDict) b[2]).valueArray();
        for (int i = 0; i < keys.length; i++) {
            keywords.put(keys[i], asText(values[i]));
        }
        Object result = Calls.call(Types.STR.lookup(name), all, keywords);
        return type == Types.BYTES && result.equals(all[0]) ? self(b) : back(result, type);
    }

    private static Object asText(Object value) {
        return switch (EbbObject.unwrap(value)) {
            case EbbBytes own -> own.text();
            case EbbTuple several -> EbbTuple.of(texts(several.items));
            case String text -> throw Errors.typeError("a bytes-like object is required, not 'str'");
            default -> value;
        };
    }

    private static Object[] texts(Object[] values) {
        return Arrays.stream(values).map(BytesType::asText).toArray();
    }

    private static Object back(Object result, EbbClass type) {
        return switch (result) {
            case String text -> EbbBytes.ofText(type, text);
            case EbbList list -> new EbbList(Arrays.stream(list.toArray()).map(each -> back(each, type)).toArray());
            case EbbTuple tuple -> EbbTuple.of(Arrays.stream(tuple.items).map(each -> back(each, type)).toArray());
            default -> result;
        };
    }

    private static String encodingOf(Object encoding, EbbClass type) {
        return Args.str(encoding, type.name + "() argument 'encoding'");
    }

    private static byte[] source(Object source, Object encoding, Object errors, EbbClass type) {
        if (source == null) {
            return new byte[0];
        }
        Object value = EbbObject.unwrap(source);
        if (value instanceof String text) {
            if (encoding == null) {
                throw Errors.typeError("string argument without an encoding");
            }
            return Codecs.encode(text, encodingOf(encoding, type), errors == null ? "strict" : Args.str(errors, "errors"));
        }
        if (encoding != null) {
            encodingOf(encoding, type);
            throw Errors.typeError("encoding without a string argument");
        }
        if (value instanceof EbbBytes other) {
            return other.toArray();
        }
        Object made = Calls.callSpecial(source, "__bytes__");
        if (made != null) {
            return needed(made, "__bytes__ returned non-bytes (type " + Types.name(made) + ")").toArray();
        }
        if (Numbers.asIndex(value) != null) {
            int count = Numbers.requireLength(value, type.name);
            if (count < 0) {
                throw Errors.valueError("negative count");
            }
            return new byte[count];
        }
        if (!Iteration.isIterable(source)) {
            throw Errors.typeError("cannot convert '" + Types.name(source) + "' object to " + type.name);
        }
        Object[] items = Iteration.toArray(source);
        byte[] all = new byte[items.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = number(items[i], type.name);
        }
        return all;
    }

    static String decode(Object given, Object encodingName, Object errorsName) {
        EbbBytes bytes = needed(given, "decoding to str: need a bytes-like object, " + Types.name(given) + " found");
        String encoding = Args.str(encodingName, "decode() argument 'encoding'");
        String errors = Args.str(errorsName, "decode() argument 'errors'");
        return Codecs.decode(bytes, encoding, errors);
    }

    static boolean little(Object order) {
        return switch (Args.str(order, "argument 'byteorder'")) {
            case "little" -> true;
            case "big" -> false;
            default -> throw Errors.valueError("byteorder must be either 'little' or 'big'");
        };
    }

    static EbbBytes ofInt(BigInteger value, int length, boolean little, boolean signed) {
        if (length < 0) {
            throw Errors.valueError("length argument must be non-negative");
        }
        if (value.signum() < 0 && !signed) {
            throw Errors.overflow("can't convert negative int to unsigned");
        }
        if (value.bitLength() > 8L * length - (signed && length > 0 ? 1 : 0)) {
            throw Errors.overflow("int too big to convert");
        }
        byte[] shortest = value.toByteArray();
        byte[] all = new byte[length];
        for (int i = 0; i < length; i++) { // i counts from the lowest byte
            byte each = i < shortest.length ? shortest[shortest.length - 1 - i] : (byte) (value.signum() < 0 ? -1 : 0);
            all[little ? i : length - 1 - i] = each;
        }
        return new EbbBytes(Types.BYTES, all);
    }

    static Object toInt(Object bytes, boolean little, boolean signed) {
        byte[] all = source(bytes, null, null, Types.BYTES);
        for (int i = 0; little && i < all.length / 2; i++) {
            byte low = all[i];
            all[i] = all[all.length - 1 - i];
            all[all.length - 1 - i] = low;
        }
        return Integers.of(signed ? all.length == 0 ? BigInteger.ZERO : new BigInteger(all) : new BigInteger(1, all));
    }
}
