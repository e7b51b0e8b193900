package org.ebb.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.ebb.runtime.EbbException;
import org.ebb.runtime.Errors;
import org.jfree.chart.JFreeChart;

/**
 * Figures as files' contents. All that needs Java's drawing (the module java.desktop) and the chart library is behind this class: a
 * program that does not draw loads neither, and a runtime without them says so here.
 */
public final class Pictures {

    private Pictures() {}

    /** Figures beside and below each other, as SVG. */
    public static String svg(List<Spec> figures, int columns, int width, int height) {
        return drawing(() -> {
            var page = new SvgGraphics();
            draw(figures, columns, width, height, page);
            return page.text(width * columns, height * rows(figures, columns));
        });
    }

    /** As {@link #svg}, as a PNG file with {@code scale} pixels for each unit of length. */
    public static byte[] png(List<Spec> figures, int columns, int width, int height, double scale) {
        return drawing(() -> {
            var bytes = new ByteArrayOutputStream();
            ImageIO.setUseCache(false);
            try {
                ImageIO.write(pixels(figures, columns, width, height, scale), "png", bytes);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return bytes.toByteArray();
        });
    }

    /** As {@link #svg}, in the characters that terminals with sixels show as a picture. */
    public static String sixel(List<Spec> figures, int columns, int width, int height) {
        return drawing(() -> Sixel.of(pixels(figures, columns, width, height, 1)));
    }

    private static int rows(List<Spec> figures, int columns) {
        return (figures.size() + columns - 1) / columns;
    }

    private static BufferedImage pixels(List<Spec> figures, int columns, int width, int height, double scale) {
        var image = new BufferedImage((int) Math.round(width * columns * scale), (int) Math.round(height * rows(figures, columns) * scale),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, image.getWidth(), image.getHeight());
        g.transform(AffineTransform.getScaleInstance(scale, scale));
        // Cells of an image keep their edges, as they do in SVG.
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        draw(figures, columns, width, height, g);
        g.dispose();
        return image;
    }

    private static void draw(List<Spec> figures, int columns, int width, int height, Graphics2D g) {
        for (int k = 0; k < figures.size(); k++) {
            JFreeChart chart = Drawing.chart(figures.get(k));
            chart.draw(g, new Rectangle2D.Double((double) (k % columns) * width, (double) (k / columns) * height, width, height));
        }
    }

    private interface Work<T> {
        T run();
    }

    /** The chart library and the fonts are not everywhere. */
    private static <T> T drawing(Work<T> work) {
        System.setProperty("java.awt.headless", System.getProperty("java.awt.headless", "true"));
        try {
            return work.run();
        } catch (EbbException ours) {
            throw ours;
        } catch (NoClassDefFoundError missing) {
            String what = missing.getMessage() != null && missing.getMessage().contains("jfree") ? "the chart library (org.jfree:jfreechart)"
                    : "Java's drawing (the module java.desktop)";
            throw Errors.runtimeError("plot: cannot draw here: " + what + " is not part of this runtime; show(text=True) draws with characters");
        } catch (LinkageError | InternalError | RuntimeException refusal) {
            if (!aboutFonts(refusal)) {
                throw refusal;
            }
            throw Errors.runtimeError("plot: cannot draw here: Java finds no fonts; install fontconfig and a font (as the packages fontconfig and "
                    + "fonts-dejavu-core); show(text=True) draws with characters");
        }
    }

    private static boolean aboutFonts(Throwable refusal) {
        for (Throwable t = refusal; t != null; t = t.getCause()) {
            if (String.valueOf(t.getMessage()).toLowerCase().contains("font")) {
                return true;
            }
            for (StackTraceElement frame : t.getStackTrace()) {
                if (frame.getClassName().startsWith("sun.font.") || frame.getClassName().startsWith("sun.awt.FontConfiguration")) {
                    return true;
                }
            }
        }
        return false;
    }
}
