package org.ebb.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Composite;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GraphicsConfiguration;
import java.awt.Image;
import java.awt.Paint;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.PathIterator;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.BufferedImageOp;
import java.awt.image.ImageObserver;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.AttributedCharacterIterator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Java's drawing as SVG. A canvas of one pixel lends the state (transform, clip, font, hints) and measures text; what is drawn
 * becomes text here. Long for its many inherited methods.
 */
final class SvgGraphics extends Graphics2D {

    /** What all copies of one canvas write to. */
    private record Page(StringBuilder body, StringBuilder clips, List<String> known) {}

    private final Graphics2D state;
    private final Page page;

    SvgGraphics() {
        this(new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB).createGraphics(), new Page(new StringBuilder(), new StringBuilder(), new ArrayList<>()));
        state.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    }

    private SvgGraphics(Graphics2D state, Page page) {
        this.state = state;
        this.page = page;
    }

    /** The whole picture. */
    String text(int width, int height) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height + "\" viewBox=\"0 0 " + width + " " + height
                + "\">\n" + (page.clips.isEmpty() ? "" : "<defs>\n" + page.clips + "</defs>\n") + page.body + "</svg>\n";
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "").replace("-0", value > -0.005 && value <= 0 ? "0" : "-0") : text;
    }

    private static String path(Shape shape, AffineTransform transform) {
        var text = new StringBuilder();
        double[] p = new double[6];
        for (PathIterator it = shape.getPathIterator(transform); !it.isDone(); it.next()) {
            int kind = it.currentSegment(p);
            text.append("MLQCZ".charAt(kind));
            int[] counts = {2, 2, 4, 6, 0};
            for (int k = 0; k < counts[kind]; k++) {
                text.append(k == 0 ? "" : " ").append(number(p[k]));
            }
        }
        return text.toString();
    }

    private String colour(String what) {
        if (!(state.getPaint() instanceof Color color)) {
            return " " + what + "=\"#808080\"";
        }
        return " " + what + "=\"" + "#%06x".formatted(color.getRGB() & 0xffffff) + "\""
                + (color.getAlpha() == 255 ? "" : " " + what + "-opacity=\"" + number(color.getAlpha() / 255.0) + "\"");
    }

    /** The attribute that cuts what is drawn to the clip, each clip being defined once. */
    private String clipped() {
        Shape clip = state.getClip();
        if (clip == null) {
            return "";
        }
        String path = path(clip, state.getTransform());
        int at = page.known.indexOf(path);
        if (at < 0) {
            at = page.known.size();
            page.known.add(path);
            page.clips.append("<clipPath id=\"c").append(at).append("\"><path d=\"").append(path).append("\"/></clipPath>\n");
        }
        return " clip-path=\"url(#c" + at + ")\"";
    }

    @Override
    public void fill(Shape shape) {
        String path = path(shape, state.getTransform());
        if (!path.isEmpty()) {
            page.body.append("<path d=\"").append(path).append('"').append(colour("fill")).append(clipped()).append("/>\n");
        }
    }

    @Override
    public void draw(Shape shape) {
        String path = path(shape, state.getTransform());
        if (path.isEmpty()) {
            return;
        }
        page.body.append("<path d=\"").append(path).append("\" fill=\"none\"").append(colour("stroke"));
        if (state.getStroke() instanceof BasicStroke stroke) {
            page.body.append(" stroke-width=\"").append(number(Math.max(stroke.getLineWidth(), 0.5))).append('"');
            if (stroke.getEndCap() != BasicStroke.CAP_BUTT) {
                page.body.append(stroke.getEndCap() == BasicStroke.CAP_ROUND ? " stroke-linecap=\"round\"" : " stroke-linecap=\"square\"");
            }
            if (stroke.getLineJoin() == BasicStroke.JOIN_ROUND) {
                page.body.append(" stroke-linejoin=\"round\"");
            }
            if (stroke.getDashArray() != null) {
                var dashes = new ArrayList<String>();
                for (float dash : stroke.getDashArray()) {
                    dashes.add(number(dash));
                }
                page.body.append(" stroke-dasharray=\"").append(String.join(" ", dashes)).append('"');
            }
        }
        page.body.append(clipped()).append("/>\n");
    }

    @Override
    public void drawString(String text, float x, float y) {
        if (text.isBlank()) {
            return;
        }
        AffineTransform t = state.getTransform();
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        // Around the text: a clip upon it would be turned with it.
        String clip = clipped();
        page.body.append(clip.isEmpty() ? "<text" : "<g" + clip + "><text");
        if (t.getShearX() == 0 && t.getShearY() == 0 && t.getScaleX() == 1 && t.getScaleY() == 1) {
            page.body.append(" x=\"").append(number(x + t.getTranslateX())).append("\" y=\"").append(number(y + t.getTranslateY())).append('"');
        } else {
            page.body.append(" x=\"").append(number(x)).append("\" y=\"").append(number(y)).append("\" transform=\"matrix(").append(number(t.getScaleX()))
                    .append(' ').append(number(t.getShearY())).append(' ').append(number(t.getShearX())).append(' ').append(number(t.getScaleY()))
                    .append(' ').append(number(t.getTranslateX())).append(' ').append(number(t.getTranslateY())).append(")\"");
        }
        page.body.append(" font-family=\"DejaVu Sans, Verdana, sans-serif\" font-size=\"").append(state.getFont().getSize()).append('"')
                .append(state.getFont().isBold() ? " font-weight=\"bold\"" : "")
                .append(" textLength=\"").append(number(getFontMetrics().getStringBounds(text, this).getWidth())).append("\" lengthAdjust=\"spacingAndGlyphs\"")
                .append(colour("fill")).append('>').append(escaped).append(clip.isEmpty() ? "</text>\n" : "</text></g>\n");
    }

    @Override
    public void drawString(String text, int x, int y) {
        drawString(text, (float) x, y);
    }

    @Override
    public void drawString(AttributedCharacterIterator letters, float x, float y) {
        var text = new StringBuilder();
        for (char c = letters.first(); c != AttributedCharacterIterator.DONE; c = letters.next()) {
            text.append(c);
        }
        drawString(text.toString(), x, y);
    }

    @Override
    public void drawString(AttributedCharacterIterator letters, int x, int y) {
        drawString(letters, (float) x, y);
    }

    @Override
    public void drawGlyphVector(GlyphVector letters, float x, float y) {
        fill(letters.getOutline(x, y));
    }

    @Override
    public boolean drawImage(Image image, int x, int y, int width, int height, ImageObserver observer) {
        AffineTransform t = state.getTransform();
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(enlarged((BufferedImage) image, width), "png", bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        page.body.append("<image x=\"").append(number(x + t.getTranslateX())).append("\" y=\"").append(number(y + t.getTranslateY()))
                .append("\" width=\"").append(width).append("\" height=\"").append(height)
                .append("\" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\"").append(clipped())
                .append(" href=\"data:image/png;base64,").append(Base64.getEncoder().encodeToString(bytes.toByteArray())).append("\"/>\n");
        return true;
    }

    /** Each cell as a square of many pixels: not every program that shows SVG keeps the edges of single ones. */
    private static BufferedImage enlarged(BufferedImage image, int width) {
        int times = Math.max(1, 2 * width / image.getWidth());
        var large = new BufferedImage(image.getWidth() * times, image.getHeight() * times, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < large.getHeight(); y++) {
            for (int x = 0; x < large.getWidth(); x++) {
                large.setRGB(x, y, image.getRGB(x / times, y / times));
            }
        }
        return large;
    }

    @Override
    public boolean drawImage(Image image, int x, int y, ImageObserver observer) {
        return drawImage(image, x, y, image.getWidth(observer), image.getHeight(observer), observer);
    }

    @Override
    public boolean drawImage(Image image, int x, int y, Color behind, ImageObserver observer) {
        return drawImage(image, x, y, observer);
    }

    @Override
    public boolean drawImage(Image image, int x, int y, int width, int height, Color behind, ImageObserver observer) {
        return drawImage(image, x, y, width, height, observer);
    }

    @Override
    public boolean drawImage(Image image, int x1, int y1, int x2, int y2, int fromX1, int fromY1, int fromX2, int fromY2, ImageObserver observer) {
        return drawImage(((BufferedImage) image).getSubimage(fromX1, fromY1, fromX2 - fromX1, fromY2 - fromY1), x1, y1, x2 - x1, y2 - y1, observer);
    }

    @Override
    public boolean drawImage(Image image, int x1, int y1, int x2, int y2, int fromX1, int fromY1, int fromX2, int fromY2, Color behind, ImageObserver observer) {
        return drawImage(image, x1, y1, x2, y2, fromX1, fromY1, fromX2, fromY2, observer);
    }

    @Override
    public boolean drawImage(Image image, AffineTransform transform, ImageObserver observer) {
        throw new UnsupportedOperationException("an image that is turned");
    }

    @Override
    public void drawImage(BufferedImage image, BufferedImageOp change, int x, int y) {
        drawImage(change == null ? image : change.filter(image, null), x, y, null);
    }

    @Override
    public void drawRenderedImage(RenderedImage image, AffineTransform transform) {
        throw new UnsupportedOperationException("an image that is turned");
    }

    @Override
    public void drawRenderableImage(RenderableImage image, AffineTransform transform) {
        throw new UnsupportedOperationException("an image that is turned");
    }

    @Override
    public void drawLine(int x1, int y1, int x2, int y2) {
        draw(new Line2D.Double(x1, y1, x2, y2));
    }

    @Override
    public void fillRect(int x, int y, int width, int height) {
        fill(new Rectangle(x, y, width, height));
    }

    @Override
    public void clearRect(int x, int y, int width, int height) {
        Paint before = state.getPaint();
        state.setPaint(state.getBackground());
        fillRect(x, y, width, height);
        state.setPaint(before);
    }

    @Override
    public void drawRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
        draw(new RoundRectangle2D.Double(x, y, width, height, arcWidth, arcHeight));
    }

    @Override
    public void fillRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
        fill(new RoundRectangle2D.Double(x, y, width, height, arcWidth, arcHeight));
    }

    @Override
    public void drawOval(int x, int y, int width, int height) {
        draw(new Ellipse2D.Double(x, y, width, height));
    }

    @Override
    public void fillOval(int x, int y, int width, int height) {
        fill(new Ellipse2D.Double(x, y, width, height));
    }

    @Override
    public void drawArc(int x, int y, int width, int height, int start, int extent) {
        draw(new Arc2D.Double(x, y, width, height, start, extent, Arc2D.OPEN));
    }

    @Override
    public void fillArc(int x, int y, int width, int height, int start, int extent) {
        fill(new Arc2D.Double(x, y, width, height, start, extent, Arc2D.PIE));
    }

    @Override
    public void drawPolyline(int[] x, int[] y, int count) {
        for (int k = 1; k < count; k++) {
            drawLine(x[k - 1], y[k - 1], x[k], y[k]);
        }
    }

    @Override
    public void drawPolygon(int[] x, int[] y, int count) {
        draw(new java.awt.Polygon(x, y, count));
    }

    @Override
    public void fillPolygon(int[] x, int[] y, int count) {
        fill(new java.awt.Polygon(x, y, count));
    }

    @Override
    public void copyArea(int x, int y, int width, int height, int dx, int dy) {
        throw new UnsupportedOperationException("copying a part of a picture");
    }

    @Override
    public boolean hit(Rectangle place, Shape shape, boolean outline) {
        return state.hit(place, shape, outline);
    }

    @Override
    public Graphics create() {
        return new SvgGraphics((Graphics2D) state.create(), page);
    }

    @Override
    public void dispose() {
        state.dispose();
    }

    @Override
    public GraphicsConfiguration getDeviceConfiguration() {
        return state.getDeviceConfiguration();
    }

    @Override
    public void setComposite(Composite composite) {
        state.setComposite(composite);
    }

    @Override
    public Composite getComposite() {
        return state.getComposite();
    }

    @Override
    public void setPaint(Paint paint) {
        state.setPaint(paint);
    }

    @Override
    public Paint getPaint() {
        return state.getPaint();
    }

    @Override
    public void setStroke(Stroke stroke) {
        state.setStroke(stroke);
    }

    @Override
    public Stroke getStroke() {
        return state.getStroke();
    }

    @Override
    public void setRenderingHint(RenderingHints.Key key, Object value) {
        state.setRenderingHint(key, value);
    }

    @Override
    public Object getRenderingHint(RenderingHints.Key key) {
        return state.getRenderingHint(key);
    }

    @Override
    public void setRenderingHints(Map<?, ?> hints) {
        state.setRenderingHints(hints);
    }

    @Override
    public void addRenderingHints(Map<?, ?> hints) {
        state.addRenderingHints(hints);
    }

    @Override
    public RenderingHints getRenderingHints() {
        return state.getRenderingHints();
    }

    @Override
    public void translate(int x, int y) {
        state.translate(x, y);
    }

    @Override
    public void translate(double x, double y) {
        state.translate(x, y);
    }

    @Override
    public void rotate(double angle) {
        state.rotate(angle);
    }

    @Override
    public void rotate(double angle, double x, double y) {
        state.rotate(angle, x, y);
    }

    @Override
    public void scale(double x, double y) {
        state.scale(x, y);
    }

    @Override
    public void shear(double x, double y) {
        state.shear(x, y);
    }

    @Override
    public void transform(AffineTransform more) {
        state.transform(more);
    }

    @Override
    public void setTransform(AffineTransform transform) {
        state.setTransform(transform);
    }

    @Override
    public AffineTransform getTransform() {
        return state.getTransform();
    }

    @Override
    public void setBackground(Color color) {
        state.setBackground(color);
    }

    @Override
    public Color getBackground() {
        return state.getBackground();
    }

    @Override
    public void clip(Shape shape) {
        state.clip(shape);
    }

    @Override
    public FontRenderContext getFontRenderContext() {
        return state.getFontRenderContext();
    }

    @Override
    public Color getColor() {
        return state.getColor();
    }

    @Override
    public void setColor(Color color) {
        state.setColor(color);
    }

    @Override
    public void setPaintMode() {
        state.setPaintMode();
    }

    @Override
    public void setXORMode(Color color) {
        state.setXORMode(color);
    }

    @Override
    public Font getFont() {
        return state.getFont();
    }

    @Override
    public void setFont(Font font) {
        state.setFont(font);
    }

    @Override
    public FontMetrics getFontMetrics(Font font) {
        return state.getFontMetrics(font);
    }

    @Override
    public Rectangle getClipBounds() {
        return state.getClipBounds();
    }

    @Override
    public void clipRect(int x, int y, int width, int height) {
        state.clipRect(x, y, width, height);
    }

    @Override
    public void setClip(int x, int y, int width, int height) {
        state.setClip(x, y, width, height);
    }

    @Override
    public Shape getClip() {
        return state.getClip();
    }

    @Override
    public void setClip(Shape shape) {
        state.setClip(shape);
    }
}
