package org.ebb.embed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Value;

/** Values of a script as plain Java data, which belongs to no thread and outlives its program. */
final class Data {

    private Data() {}

    static Object of(Value value) {
        if (value == null || value.isNull()) {
            return null;
        } else if (value.isBoolean()) {
            return value.asBoolean();
        } else if (value.isString()) {
            return value.asString();
        } else if (value.isNumber()) {
            return number(value);
        } else if (value.hasArrayElements()) {
            return value.hasMember("dtype") ? tensor(value) : list(value);
        } else if (value.hasHashEntries()) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (Value keys = value.getHashKeysIterator(); keys.hasIteratorNextElement();) {
                Value key = keys.getIteratorNextElement();
                map.put(of(key), of(value.getHashValue(key)));
            }
            return map;
        }
        throw new IllegalArgumentException("a value of type " + value.getMetaObject().getMetaSimpleName()
                + " is no data that Java has: return numbers, texts, lists, dicts or tensors");
    }

    /** An int is a Long or BigInteger, a float a Double, though 2.0 fits a long too. */
    private static Object number(Value value) {
        return switch (value.as(Object.class)) {
            case Double number -> number;
            case Float number -> number.doubleValue();
            case Number _ when value.fitsInLong() -> value.asLong();
            default -> value.asBigInteger();
        };
    }

    private static List<Object> list(Value value) {
        int size = Math.toIntExact(value.getArraySize());
        List<Object> list = new ArrayList<>(size);
        for (int k = 0; k < size; k++) {
            list.add(of(value.getArrayElement(k)));
        }
        return list;
    }

    private static Object tensor(Value value) {
        return switch ((int) value.getMember("ndim").asLong()) {
            case 0 -> value.invokeMember("item").asDouble();
            case 1 -> value.as(double[].class);
            case 2 -> value.as(double[][].class);
            default -> list(value);
        };
    }
}
