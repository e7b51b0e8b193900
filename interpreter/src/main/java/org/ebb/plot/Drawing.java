package org.ebb.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.ebb.runtime.Errors;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYDataImageAnnotation;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnitSource;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.LookupPaintScale;
import org.jfree.chart.renderer.xy.AbstractXYItemRenderer;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.VectorRenderer;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.DefaultIntervalXYDataset;
import org.jfree.data.xy.DefaultXYDataset;
import org.jfree.data.xy.VectorSeries;
import org.jfree.data.xy.VectorSeriesCollection;
import org.jfree.data.xy.XYDataset;

/** Makes JFreeChart's chart of what the library's {@code plot} describes. Each series gets a dataset and a renderer of its own. */
final class Drawing {

    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    private static final Color GRID = new Color(0xdd, 0xdd, 0xdd);
    private static final Color INK = new Color(0x33, 0x33, 0x33);

    static {
        TextUtils.setUseDrawRotatedStringWorkaround(false); // else turned text is outlines in SVG, and no text
    }

    private final XYPlot plot = new XYPlot();
    private final LegendItemCollection legend = new LegendItemCollection();
    private PaintScaleLegend bar;
    private boolean covered;
    private int turns;

    private Drawing() {}

    static JFreeChart chart(Spec figure) {
        return new Drawing().make(figure);
    }

    private JFreeChart make(Spec figure) {
        List<Spec> series = figure.parts("series");
        plot.setDomainAxis(axis(figure, "x", series));
        plot.setRangeAxis(axis(figure, "y", series));
        for (int k = 0; k < series.size(); k++) {
            add(k, series.get(k));
        }
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinePaint(GRID);
        plot.setRangeGridlinePaint(GRID);
        plot.setDomainGridlinesVisible(!covered);
        plot.setRangeGridlinesVisible(!covered);
        plot.setOutlinePaint(INK);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setDatasetRenderingOrder(org.jfree.chart.plot.DatasetRenderingOrder.FORWARD);
        plot.setFixedLegendItems(legend);
        var chart = new JFreeChart(figure.text("title"), TITLE, plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(8, 8, 8, 14));
        if (chart.getTitle() != null) {
            chart.getTitle().setPaint(INK);
        }
        if (legend.getItemCount() > 0) {
            var names = new LegendTitle(plot);
            names.setItemFont(TICK.deriveFont(12f));
            names.setPosition(RectangleEdge.BOTTOM);
            names.setFrame(BlockBorder.NONE);
            names.setBackgroundPaint(Color.WHITE);
            chart.addSubtitle(names);
        }
        if (bar != null) {
            chart.addSubtitle(bar);
        }
        return chart;
    }

    /** An axis with its label, kind and limits; images reach the edge, all else keeps a margin. */
    private static ValueAxis axis(Spec figure, String name, List<Spec> series) {
        ValueAxis axis;
        if (figure.flag(name + "log")) {
            var log = new LogAxis();
            log.setSmallestValue(Double.MIN_NORMAL);
            // Marks at whole powers of ten, unless these would be too few.
            log.setStandardTickUnits(new NumberTickUnitSource(decades(series, name) > 2));
            log.setNumberFormatOverride(new Powers());
            axis = log;
        } else {
            var linear = new NumberAxis();
            linear.setAutoRangeIncludesZero(false);
            if (figure.flag(name + "whole")) {
                linear.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
            }
            axis = linear;
        }
        if (series.stream().anyMatch(s -> s.text("kind").equals("image"))) {
            axis.setLowerMargin(0);
            axis.setUpperMargin(0);
        }
        axis.setLabel(figure.text(name + "label"));
        axis.setLabelFont(LABEL);
        axis.setLabelPaint(INK);
        axis.setTickLabelFont(TICK);
        axis.setTickLabelPaint(INK);
        axis.setAxisLinePaint(INK);
        double[] limits = figure.doubles(name + "lim");
        if (limits != null) {
            axis.setRange(limits[0], limits[1]);
        }
        axis.setInverted(figure.flag(name + "down"));
        return axis;
    }

    /** How many powers of ten the series reach over. */
    private static double decades(List<Spec> series, String name) {
        double[] sizes = series.stream().flatMapToDouble(s -> Arrays.stream(s.doubles(name))).filter(v -> v > 0 && Double.isFinite(v)).toArray();
        return Math.log10(Arrays.stream(sizes).max().orElse(1) / Arrays.stream(sizes).min().orElse(1));
    }

    private void add(int place, Spec series) {
        String name = series.text("label");
        String kind = series.text("kind");
        boolean coloured = !kind.equals("image") && !kind.equals("contour");
        Color color = series.has("color") ? Colours.of(series.text("color")) : coloured ? Colours.turn(turns++) : INK;
        switch (kind) {
            case "line" -> line(place, series, color);
            case "scatter" -> scatter(place, series, color);
            case "hist" -> bars(place, series, color);
            case "quiver" -> arrows(place, series, color);
            case "image" -> image(place, series);
            case "contour" -> contour(place, series);
            default -> throw Errors.valueError("plot: there are no series of kind '" + kind + "'");
        }
        if (name != null) {
            var item = new LegendItem(name, null, null, null, new Rectangle2D.Double(-7, -3.5, 14, 7), color);
            legend.add(switch (kind) {
                case "line" -> line(name, series, color);
                case "scatter" -> new LegendItem(name, null, null, null, mark(series, 8), color);
                default -> item;
            });
        }
    }

    private static LegendItem line(String name, Spec series, Color color) {
        return new LegendItem(name, null, null, null, new java.awt.geom.Line2D.Double(-9, 0, 9, 0), stroke(series), color);
    }

    private static BasicStroke stroke(Spec series) {
        float width = (float) series.number("width", 2);
        float[] dashes = switch (series.text("style") == null ? "-" : series.text("style")) {
            case "-" -> null;
            case "--" -> new float[] {6, 4};
            case ":" -> new float[] {2, 3};
            case "-." -> new float[] {7, 3, 2, 3};
            default -> throw Errors.valueError("plot: style '" + series.text("style") + "' is none of '-', '--', ':', '-.'");
        };
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
    }

    private static Shape mark(Spec series, double otherwise) {
        double size = series.number("size", otherwise);
        String marker = series.text("marker") == null ? "o" : series.text("marker");
        return switch (marker) {
            case "o" -> new Ellipse2D.Double(-size / 2, -size / 2, size, size);
            case "s" -> new Rectangle2D.Double(-size / 2, -size / 2, size, size);
            case "^" -> polygon(size, 0, -0.6, 0.55, 0.45, -0.55, 0.45);
            case "d" -> polygon(size, 0, -0.65, 0.65, 0, 0, 0.65, -0.65, 0);
            case "x" -> polygon(size, -0.5, -0.35, -0.35, -0.5, 0, -0.15, 0.35, -0.5, 0.5, -0.35, 0.15, 0, 0.5, 0.35, 0.35, 0.5, 0, 0.15,
                    -0.35, 0.5, -0.5, 0.35, -0.15, 0);
            default -> throw Errors.valueError("plot: marker '" + marker + "' is none of 'o', 's', '^', 'd', 'x'");
        };
    }

    private static Shape polygon(double size, double... corners) {
        var path = new Path2D.Double();
        path.moveTo(corners[0] * size, corners[1] * size);
        for (int k = 2; k < corners.length; k += 2) {
            path.lineTo(corners[k] * size, corners[k + 1] * size);
        }
        path.closePath();
        return path;
    }

    private void put(int place, XYDataset data, AbstractXYItemRenderer renderer) {
        plot.setDataset(place, data);
        plot.setRenderer(place, renderer);
    }

    private static XYDataset points(double[] x, double[] y) {
        var data = new DefaultXYDataset();
        data.addSeries("", new double[][] {x, y});
        return data;
    }

    private void line(int place, Spec series, Color color) {
        var renderer = new XYLineAndShapeRenderer(true, series.has("marker"));
        // One path for the whole line, so that dashes do not begin anew at each point.
        renderer.setDrawSeriesLineAsPath(true);
        renderer.setSeriesPaint(0, color);
        renderer.setSeriesStroke(0, stroke(series));
        renderer.setSeriesShape(0, mark(series, 6));
        put(place, points(series.doubles("x"), series.doubles("y")), renderer);
    }

    private void scatter(int place, Spec series, Color color) {
        var renderer = new XYLineAndShapeRenderer(false, true);
        double opacity = series.number("opacity", 0.75);
        renderer.setSeriesPaint(0, new Color(color.getRed(), color.getGreen(), color.getBlue(), (int) Math.round(255 * opacity)));
        renderer.setSeriesShape(0, mark(series, 6));
        put(place, points(series.doubles("x"), series.doubles("y")), renderer);
    }

    /** Bars between the edges, with the heights of a histogram. */
    private void bars(int place, Spec series, Color color) {
        double[] edges = series.doubles("x");
        double[] heights = series.doubles("y");
        int n = heights.length;
        double[] middle = new double[n];
        for (int k = 0; k < n; k++) {
            middle[k] = (edges[k] + edges[k + 1]) / 2;
        }
        var data = new DefaultIntervalXYDataset();
        data.addSeries("", new double[][] {middle, Arrays.copyOf(edges, n), Arrays.copyOfRange(edges, 1, n + 1), heights, heights, heights});
        var renderer = new XYBarRenderer();
        renderer.setBarPainter(new StandardXYBarPainter());
        renderer.setShadowVisible(false);
        renderer.setSeriesPaint(0, new Color(color.getRed(), color.getGreen(), color.getBlue(), 170));
        renderer.setDrawBarOutline(true);
        renderer.setSeriesOutlinePaint(0, Color.WHITE);
        put(place, data, renderer);
        if (plot.getRangeAxis() instanceof NumberAxis axis && !(plot.getRangeAxis() instanceof LogAxis)) {
            axis.setAutoRangeIncludesZero(true);
        }
    }

    private void arrows(int place, Spec series, Color color) {
        var vectors = new VectorSeries("");
        double[] x = series.doubles("x");
        double[] y = series.doubles("y");
        double[] u = series.doubles("u");
        double[] v = series.doubles("v");
        for (int k = 0; k < x.length; k++) {
            if (Double.isFinite(u[k]) && Double.isFinite(v[k])) {
                vectors.add(x[k], y[k], u[k], v[k]);
            }
        }
        var data = new VectorSeriesCollection();
        data.addSeries(vectors);
        var renderer = new VectorRenderer();
        renderer.setSeriesPaint(0, color);
        renderer.setSeriesStroke(0, new BasicStroke(1.2f));
        put(place, data, renderer);
    }

    /** The matrix as one picture behind all series; nan stays white. */
    private void image(int place, Spec series) {
        double[][] z = series.rows("z");
        double[] limits = limits(series, z);
        String scale = series.text("colors");
        int rows = z.length;
        int columns = z[0].length;
        var picture = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
        double steps = series.number("levels", 0);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double share = (z[i][j] - limits[0]) / (limits[1] - limits[0]);
                double step = steps > 0 ? (Math.min(Math.floor(share * steps), steps - 1) + 0.5) / steps : share;
                picture.setRGB(j, series.flag("down") ? i : rows - 1 - i, Double.isNaN(share) ? 0xffffff : Colours.on(scale, step).getRGB());
            }
        }
        double[] x = series.doubles("x");
        double[] y = series.doubles("y");
        var renderer = new XYLineAndShapeRenderer(false, false);
        renderer.addAnnotation(new XYDataImageAnnotation(picture, x[0], y[0], x[1] - x[0], y[1] - y[0], true), Layer.BACKGROUND);
        // The corners as data, so that the axes reach over the picture.
        put(place, points(x, y), renderer);
        covered = true;
        if (series.flag("bar")) {
            bar(scale, limits, series.text("label"));
        }
    }

    private static double[] limits(Spec series, double[][] z) {
        double low = series.number("low", Double.NaN);
        double high = series.number("high", Double.NaN);
        double[] finite = Arrays.stream(z).flatMapToDouble(Arrays::stream).filter(Double::isFinite).toArray();
        low = Double.isNaN(low) ? Arrays.stream(finite).min().orElse(0) : low;
        high = Double.isNaN(high) ? Arrays.stream(finite).max().orElse(1) : high;
        return new double[] {low, high > low ? high : low + 1};
    }

    private void bar(String colors, double[] limits, String name) {
        var scale = new LookupPaintScale(limits[0], limits[1], Color.WHITE);
        for (int k = 0; k < 128; k++) {
            scale.add(limits[0] + (limits[1] - limits[0]) * k / 128, Colours.on(colors, (k + 0.5) / 128));
        }
        var axis = new NumberAxis(name);
        axis.setTickLabelFont(TICK);
        axis.setLabelFont(LABEL);
        axis.setTickLabelPaint(INK);
        bar = new PaintScaleLegend(scale, axis);
        bar.setPosition(RectangleEdge.RIGHT);
        bar.setStripWidth(14);
        bar.setSubdivisionCount(128);
        bar.setStripOutlineVisible(false);
        bar.setPadding(new RectangleInsets(4, 12, 4, 4));
        bar.setBackgroundPaint(Color.WHITE);
    }

    private void contour(int place, Spec series) {
        double[] x = series.doubles("x");
        double[] y = series.doubles("y");
        double[][] z = series.rows("z");
        double[] levels = series.doubles("levels");
        var data = new DefaultXYDataset();
        var renderer = new XYLineAndShapeRenderer(true, false);
        for (int k = 0; k < levels.length; k++) {
            data.addSeries(k, Contours.at(levels[k], x, y, z));
            renderer.setSeriesPaint(k, series.has("color") ? Colours.of(series.text("color"))
                    : Colours.on(series.text("colors"), levels.length == 1 ? 0.5 : (double) k / (levels.length - 1)));
            renderer.setSeriesStroke(k, new BasicStroke((float) series.number("width", 1.2)));
        }
        // Corners that nobody sees, for axes that reach over the whole grid.
        data.addSeries("grid", new double[][] {{x[0], x[x.length - 1]}, {y[0], y[y.length - 1]}});
        renderer.setSeriesLinesVisible(levels.length, false);
        put(place, data, renderer);
    }

    /** Numbers on a logarithmic axis: 0.001, 10, 1e6. */
    private static final class Powers extends java.text.NumberFormat {
        private static final long serialVersionUID = 1;

        @Override
        public StringBuffer format(double number, StringBuffer to, java.text.FieldPosition place) {
            double size = Math.abs(number);
            String text = size >= 0.001 && size < 100_000 || number == 0 ? "%.4f".formatted(number).replaceAll("\\.?0+$", "")
                    : "%.1e".formatted(number).replaceAll("\\.0e", "e").replaceAll("e([+-])0+", "e$1").replace("e+", "e");
            return to.append(text);
        }

        @Override
        public StringBuffer format(long number, StringBuffer to, java.text.FieldPosition place) {
            return format((double) number, to, place);
        }

        @Override
        public Number parse(String text, java.text.ParsePosition place) {
            throw new UnsupportedOperationException("reading a number from an axis");
        }
    }
}
