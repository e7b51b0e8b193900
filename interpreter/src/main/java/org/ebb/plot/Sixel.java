package org.ebb.plot;

import java.awt.image.BufferedImage;

/** A picture in the characters that terminals with sixels understand: bands of six rows, each painted colour by colour. */
final class Sixel {

    /** Six shades of red, green and blue each. */
    private static final int SHADES = 6;

    private Sixel() {}

    static String of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        var text = new StringBuilder("\033Pq\"1;1;" + width + ";" + height);
        for (int c = 0; c < SHADES * SHADES * SHADES; c++) {
            text.append('#').append(c).append(";2;").append(percent(c / 36)).append(';').append(percent(c / 6 % 6)).append(';').append(percent(c % 6));
        }
        for (int top = 0; top < height; top += 6) {
            band(image, top, text);
            text.append('-');
        }
        return text.append("\033\\").toString();
    }

    private static int percent(int shade) {
        return shade * 100 / (SHADES - 1);
    }

    private static void band(BufferedImage image, int top, StringBuilder text) {
        int width = image.getWidth();
        byte[][] bits = new byte[SHADES * SHADES * SHADES][];
        for (int dy = 0; dy < 6 && top + dy < image.getHeight(); dy++) {
            for (int x = 0; x < width; x++) {
                int rgb = image.getRGB(x, top + dy);
                int color = shade(rgb >> 16) * 36 + shade(rgb >> 8) * 6 + shade(rgb);
                if (bits[color] == null) {
                    bits[color] = new byte[width];
                }
                bits[color][x] |= (byte) (1 << dy);
            }
        }
        for (int color = 0; color < bits.length; color++) {
            if (bits[color] != null) {
                text.append('#').append(color);
                row(bits[color], text);
                text.append('$');
            }
        }
    }

    private static int shade(int level) {
        return ((level & 0xff) * (SHADES - 1) + 127) / 255;
    }

    /** One colour's row of characters, runs written with their length. */
    private static void row(byte[] bits, StringBuilder text) {
        for (int x = 0; x < bits.length; ) {
            int end = x;
            while (end < bits.length && bits[end] == bits[x]) {
                end++;
            }
            char letter = (char) (63 + bits[x]);
            if (end - x > 3) {
                text.append('!').append(end - x).append(letter);
            } else {
                text.repeat(letter, end - x);
            }
            x = end;
        }
    }
}
