package org.ebb.runtime;

import java.util.Arrays;
import org.ebb.kernel.Glance;
import org.ebb.kernel.Memory;

/** A row of bytes: of type {@code bytes}, or of type {@code bytearray}, which a program may change. */
public final class EbbBytes extends EbbLibraryValue {

    /** Bytes that are shown as characters here stand from this character on: none of them is a letter, a digit or a space. */
    private static final char OTHER = 0xE000;

    private byte[] data;
    private int size;

    public EbbBytes(EbbClass type, byte... data) {
        super(type);
        this.data = data;
        this.size = data.length;
        Memory.hold(data, data.length);
    }

    /** From a text whose characters are bytes: those of {@link #text}, or Latin-1. */
    public static EbbBytes ofText(EbbClass type, String text) {
        byte[] data = new byte[text.length()];
        var glance = new Glance();
        for (int i = 0; i < data.length; i++) {
            glance.step();
            data[i] = (byte) text.charAt(i);
        }
        return new EbbBytes(type, data);
    }

    /**
     * The bytes as characters, for all that strings can do as well. Only ASCII is itself: to bytes, other characters are no letters, and
     * the separators 28 to 31 are no spaces.
     */
    public String text() {
        var out = new StringBuilder(size);
        var glance = new Glance();
        for (int i = 0; i < size; i++) {
            glance.step();
            out.append(text(data[i]));
        }
        return out.toString();
    }

    public static char text(byte value) {
        return value < 0 || value >= 28 && value < 32 ? (char) (OTHER + (value & 0xff)) : (char) value;
    }

    public int size() {
        return size;
    }

    public long get(int index) {
        return data[index] & 0xff;
    }

    public void set(int index, byte value) {
        data[index] = value;
    }

    public void append(byte value) {
        if (size == data.length) {
            data = Arrays.copyOf(data, Math.max(8, size + (size >> 1)));
            Memory.hold(data, data.length);
        }
        data[size++] = value;
    }

    public void assign(byte[] values) {
        data = values;
        size = values.length;
    }

    public byte[] toArray() {
        return Arrays.copyOf(data, size);
    }

    /** The bytes as numbers. */
    public EbbList toList() {
        long[] all = new long[size];
        var glance = new Glance();
        for (int i = 0; i < size; i++) {
            glance.step();
            all[i] = get(i);
        }
        return EbbList.ofLongs(all);
    }

    /** These bytes so often; the product is no longer than an array can be. */
    public EbbBytes repeat(int times) {
        Memory.claim((long) size * times);
        byte[] all = new byte[size * times];
        EbbList.repeat(data, all, size, all.length);
        return new EbbBytes(type(), all);
    }

    public boolean isArray() {
        return type() == Types.BYTEARRAY;
    }

    @Override
    public String toString() {
        var out = new StringBuilder("b");
        char quote = has('\'') && !has('"') ? '"' : '\'';
        out.append(quote);
        var glance = new Glance();
        for (int i = 0; i < size; i++) {
            glance.step();
            int c = data[i] & 0xff;
            switch (c) {
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c == quote || c == '\\') {
                        out.append('\\').append((char) c);
                    } else if (c < 32 || c > 126) {
                        out.append("\\x%02x".formatted(c));
                    } else {
                        out.append((char) c);
                    }
                }
            }
        }
        out.append(quote);
        return isArray() ? "bytearray(" + out + ")" : out.toString();
    }

    private boolean has(char c) {
        for (int i = 0; i < size; i++) {
            if (data[i] == c) {
                return true;
            }
        }
        return false;
    }
}
