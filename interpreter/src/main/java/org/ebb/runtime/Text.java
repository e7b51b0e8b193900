package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.object.DynamicObject;
import org.ebb.kernel.Glance;
import org.ebb.tensor.Scalar;

/** The text of any value: {@code str}, {@code repr}, {@code ascii} and {@code format}. */
public final class Text {

    /** Making a short text takes as long as reading so many characters. */
    private static final int COST = 16;

    private Text() {}

    /** {@code str(value)}. */
    @TruffleBoundary
    public static String str(Object value) {
        return switch (value) {
            case String s -> s;
            case Long l -> Long.toString(l);
            case Double d -> Floats.repr(d);
            case EbbValue own -> repr(own);
            case ExceptionObject error -> exception(error);
            default -> specialStr(value);
        };
    }

    private static String specialStr(Object value) {
        Object result = Calls.callSpecial(value, "__str__");
        if (result == null) {
            return repr(value);
        }
        if (!(EbbObject.unwrap(result) instanceof String s)) {
            throw Errors.typeError("__str__ returned non-string (type " + Types.name(result) + ")");
        }
        return s;
    }

    private static String exception(ExceptionObject error) {
        return Types.lookup(error, "__str__") instanceof EbbFunction ? specialStr(error) : ExceptionText.of(error);
    }

    /** {@code repr(value)}. */
    @TruffleBoundary
    public static String repr(Object value) {
        return switch (value) {
            case String s -> StringText.repr(s);
            case Long l -> Long.toString(l);
            case Double d -> Floats.repr(d);
            case Boolean b -> b ? "True" : "False";
            case EbbBigInt big -> IntText.decimal(big);
            case EbbNone none -> "None";
            case EbbConstant constant -> constant.name;
            case EbbUnion union -> union.toString();
            case Scalar s when s.isLanguageFloat() -> Floats.repr(s.value);
            case EbbList list -> nested(value, "[...]", () -> list(list));
            case EbbTuple tuple -> nested(value, "(...)", () -> "(" + join(tuple.items) + (tuple.size() == 1 ? ",)" : ")"));
            case EbbDict dict -> nested(value, "{...}", () -> entries(dict));
            case EbbSet set -> nested(value, set.frozen ? "frozenset(...)" : "set(...)", () -> set(set));
            case EbbRange range -> "range(" + range.start + ", " + range.stop + (range.step == 1 ? ")" : ", " + range.step + ")");
            case EbbSlice slice -> "slice(" + repr(slice.start) + ", " + repr(slice.stop) + ", " + repr(slice.step) + ")";
            case DictView view -> nested(value, "...", () -> view.kind.typeName + "([" + join(view.toArray()) + "])");
            default -> specialRepr(value);
        };
    }

    private static String specialRepr(Object value) {
        if (value instanceof EbbObject && EbbContext.get(null).quiet && Types.lookup(value, "__repr__") instanceof EbbFunction) {
            return ObjectText.of(value);
        }
        Object result = Calls.callSpecial(value, "__repr__");
        if (result != null) {
            if (!(EbbObject.unwrap(result) instanceof String s)) {
                throw Errors.typeError("__repr__ returned non-string (type " + Types.name(result) + ")");
            }
            return s;
        }
        return "<" + Types.name(value) + " object at " + address(value) + ">";
    }

    /** Sixteen digits that tell objects apart. */
    public static String address(Object value) {
        return String.format("0x%012x", 0x7f0000000000L + (Compare.identity(value) & 0xffffffffL) * 16);
    }

    private static String join(Object[] items) {
        var text = new StringBuilder();
        var glance = new Glance();
        for (Object item : items) {
            append(text.append(text.isEmpty() ? "" : ", "), item, glance);
        }
        return Strings.held(text.toString());
    }

    /** A list may change while the texts of its elements are made. */
    private static String list(EbbList list) {
        var text = new StringBuilder("[");
        var glance = new Glance();
        for (int i = 0; i < list.size(); i++) {
            append(text.append(i == 0 ? "" : ", "), list.get(i), glance);
        }
        return Strings.held(text.append("]").toString());
    }

    private static void append(StringBuilder text, Object item, Glance glance) {
        int before = text.length();
        if (item instanceof Long number) {
            text.append(number.longValue());
        } else {
            text.append(repr(item));
        }
        glance.steps(COST + text.length() - before);
    }

    private static String entries(EbbDict dict) {
        var text = new StringBuilder("{");
        var glance = new Glance();
        Object[] values = dict.valueArray();
        Object[] keys = dict.keyArray();
        for (int i = 0; i < keys.length; i++) {
            append(text.append(i == 0 ? "" : ", "), keys[i], glance);
            append(text.append(": "), values[i], glance);
        }
        return Strings.held(text.append("}").toString());
    }

    private static String set(EbbSet set) {
        if (set.size() == 0) {
            return set.frozen ? "frozenset()" : "set()";
        }
        String items = "{" + join(set.toArray()) + "}";
        return set.frozen ? "frozenset(" + items + ")" : items;
    }

    /** Runs {@code body} unless the same value is being printed already further out. */
    public static String nested(Object value, String again, java.util.function.Supplier<String> body) {
        EbbContext context = EbbContext.get(null);
        if (!context.printing().add(value)) {
            return again;
        }
        try {
            return context.deeper("while getting the repr of an object", body);
        } finally {
            context.printing().remove(value);
        }
    }

    /** {@code ascii(value)}. */
    @TruffleBoundary
    public static String ascii(Object value) {
        return value instanceof String s ? StringText.ascii(s) : StringText.escapeNonAscii(repr(value));
    }

    /** {@code format(value, spec)}. */
    @TruffleBoundary
    public static String format(Object value, String spec) {
        Object plain = value instanceof DynamicObject ? value : Numbers.plain(value);
        return switch (plain) {
            case String s -> spec.isEmpty() ? s : FormatSpec.parse(spec, "str").apply(s);
            case Boolean b -> spec.isEmpty() ? repr(b) : FormatSpec.parse(spec, "bool").applyInt(b);
            case Long l -> spec.isEmpty() ? Long.toString(l) : FormatSpec.parse(spec, "int").applyInt(l);
            case EbbBigInt big -> spec.isEmpty() ? IntText.decimal(big) : FormatSpec.parse(spec, "int").applyInt(big);
            case Double d -> spec.isEmpty() ? Floats.repr(d) : FormatSpec.parse(spec, "float").applyFloat(d);
            case Scalar s when !spec.isEmpty() -> FormatSpec.parse(spec, "float").applyFloat(s.value);
            default -> specialFormat(value, spec);
        };
    }

    private static String specialFormat(Object value, String spec) {
        Object method = Types.lookup(value, "__format__");
        if (method != null && !(value instanceof EbbValue)) {
            Object result = Calls.callSpecial(value, "__format__", spec);
            if (!(EbbObject.unwrap(result) instanceof String s)) {
                throw Errors.typeError("__format__ must return a str, not " + Types.name(result));
            }
            return s;
        }
        return plainFormat(value, spec);
    }

    /** {@code object.__format__}: for types without rules of their own; subclasses of builtin types format their payload. */
    public static String plainFormat(Object value, String spec) {
        if (spec.isEmpty()) {
            return str(value);
        }
        if (value instanceof EbbObject object && (Numbers.isNumber(object.payload) || object.payload instanceof String)) {
            return format(object.payload, spec);
        }
        throw Errors.typeError("unsupported format string passed to " + Types.name(value) + ".__format__");
    }
}
