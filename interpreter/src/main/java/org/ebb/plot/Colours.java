package org.ebb.plot;

import java.awt.Color;
import java.util.Map;
import org.ebb.runtime.Errors;

/** Colours by name, the colours that series get in turn, and scales of colours for numbers. */
final class Colours {

    /** Told apart by most eyes, also on a bad projector. */
    private static final String[] TURNS = {"#1f77b4", "#d62728", "#2ca02c", "#ff7f0e", "#9467bd", "#8c564b", "#17becf", "#e377c2", "#7f7f7f", "#bcbd22"};

    private static final Map<String, String> NAMED = Map.ofEntries(Map.entry("black", "#000000"), Map.entry("white", "#ffffff"),
            Map.entry("gray", "#808080"), Map.entry("grey", "#808080"), Map.entry("blue", "#1f77b4"), Map.entry("red", "#d62728"),
            Map.entry("green", "#2ca02c"), Map.entry("orange", "#ff7f0e"), Map.entry("purple", "#9467bd"), Map.entry("brown", "#8c564b"),
            Map.entry("cyan", "#17becf"), Map.entry("pink", "#e377c2"), Map.entry("olive", "#bcbd22"), Map.entry("yellow", "#f2c80f"));

    /** Some colours of each scale at equal distances; between them they are mixed. */
    private static final Map<String, String[]> SCALES = Map.of(
            "viridis", new String[] {"#440154", "#482878", "#3e4989", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725"},
            "gray", new String[] {"#000000", "#ffffff"},
            "ink", new String[] {"#ffffff", "#000000"},
            "coolwarm", new String[] {"#3b4cc0", "#7b9ff9", "#c0d4f5", "#f2cbb7", "#ee8468", "#b40426"});

    private Colours() {}

    static Color turn(int number) {
        return Color.decode(TURNS[number % TURNS.length]);
    }

    /** A colour by its name or as "#rrggbb". */
    static Color of(String name) {
        String code = NAMED.getOrDefault(name, name);
        if (!code.matches("#[0-9a-fA-F]{6}")) {
            throw Errors.valueError("plot: there is no colour '" + name + "'; write '#rrggbb' or one of "
                    + String.join(", ", NAMED.keySet().stream().sorted().toList()));
        }
        return Color.decode(code);
    }

    /** The colour of a share from 0 to 1 on a scale. */
    static Color on(String scale, double share) {
        String[] stops = SCALES.get(scale);
        if (stops == null) {
            throw Errors.valueError("plot: there is no colour scale '" + scale + "'; there are "
                    + String.join(", ", SCALES.keySet().stream().sorted().toList()));
        }
        double at = Math.clamp(share, 0, 1) * (stops.length - 1);
        int low = Math.min((int) at, stops.length - 2);
        Color a = Color.decode(stops[low]);
        Color b = Color.decode(stops[low + 1]);
        double t = at - low;
        return new Color(mix(a.getRed(), b.getRed(), t), mix(a.getGreen(), b.getGreen(), t), mix(a.getBlue(), b.getBlue(), t));
    }

    private static int mix(int a, int b, double t) {
        return (int) Math.round(a + (b - a) * t);
    }
}
