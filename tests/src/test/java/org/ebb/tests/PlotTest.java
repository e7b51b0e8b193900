package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures in files and for terminals. What they look like is for eyes; here: that each part left its mark, where it belongs. */
class PlotTest {

    private static final String FIGURE = """
            import plot
            x = linspace(1, 10, 50)
            fig = plot.line(x, x * x, label='a < b', color='#ff0000', title='Title & more', xlabel='across', ylabel='up')
            fig.scatter(x, x * 5, color='#0000ff', opacity=1).set(width=400, height=300)
            """;

    @TempDir
    Path folder;

    @Test
    void aPngHasItsSizeAndItsSeries() throws Exception {
        BufferedImage image = png(FIGURE + "fig.save(PATH, scale=2)");
        assertEquals(800, image.getWidth());
        assertEquals(600, image.getHeight());
        assertEquals(0xffffff, image.getRGB(0, 0) & 0xffffff);
        int red = 0;
        int blue = 0;
        int redTop = image.getHeight();
        int blueTop = image.getHeight();
        for (int y = image.getHeight() - 1; y >= 0; y--) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y) & 0xffffff;
                if (rgb == 0xff0000) {
                    red++;
                    redTop = y;
                } else if (rgb == 0x0000ff) {
                    blue++;
                    blueTop = y;
                }
            }
        }
        assertTrue(red > 1000 && blue > 1000, red + " red, " + blue + " blue");
        assertTrue(redTop < blueTop, "x * x ends higher than 5 * x"); // 100 against 50
    }

    @Test
    void eachKindOfSeriesIsDrawn() throws Exception {
        for (String made : List.of("hist([1, 2, 2, 3])", "image(outer(arange(5), arange(4)))", "contour(outer(arange(5), arange(4)))",
                "contour(outer(arange(5), arange(4)), fill=True)", "quiver([0, 1], [0, 1], [1, 0], [0, 1])", "line([1, 10, 1000], ylog=True, xlog=True)",
                "line([1, nan, 2])", "line([])", "image([[nan, 1], [1, 1]])", "contour(zeros((2, 2)))", "line([1], marker='d', style=':')")) {
            BufferedImage with = png("import plot\nfrom math import nan\nplot." + made + ".save(PATH, scale=1)");
            Set<Integer> colours = new HashSet<>();
            for (int y = 0; y < with.getHeight(); y++) {
                for (int x = 0; x < with.getWidth(); x++) {
                    colours.add(with.getRGB(x, y));
                }
            }
            assertTrue(colours.size() > 4, made + " has " + colours.size() + " colours");
        }
    }

    @Test
    void anSvgIsWellFormedAndHasItsTexts() throws Exception {
        Path file = folder.resolve("a.svg");
        run(FIGURE + "plot.grid([fig, plot.image(eye(3))]).save(PATH)", file);
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        assertEquals("800", document.getDocumentElement().getAttribute("width"));
        var texts = document.getElementsByTagName("text");
        Set<String> all = new HashSet<>();
        for (int k = 0; k < texts.getLength(); k++) {
            all.add(texts.item(k).getTextContent());
        }
        assertTrue(all.containsAll(List.of("Title & more", "across", "up", "a < b")), all::toString);
        assertTrue(Files.readString(file).contains("stroke=\"#ff0000\""));
        for (int k = 0; k < texts.getLength(); k++) { // a clip upon turned text would turn with it
            var text = (org.w3c.dom.Element) texts.item(k);
            assertTrue(!text.hasAttribute("transform") || !text.hasAttribute("clip-path"), text.getTextContent());
        }
        assertEquals(1, document.getElementsByTagName("image").getLength(), "the matrix is one image");
    }

    @Test
    void aContourLiesWhereTheHeightIs() throws Exception {
        // x + y = 1 on the unit square: the line from (0, 1) to (1, 0).
        Path file = folder.resolve("c.svg");
        run("import plot\ng = linspace(0, 1, 3)\nplot.contour(g[:, None] + g, g, g, levels=[1], color='#00ff00', width=3).save(PATH)", file);
        String path = Files.readString(file).lines().filter(line -> line.contains("#00ff00")).reduce("", String::concat);
        double[] numbers = java.util.regex.Pattern.compile("[ML]([\\d.]+) ([\\d.]+)").matcher(path).results()
                .flatMapToDouble(m -> java.util.stream.DoubleStream.of(Double.parseDouble(m.group(1)), Double.parseDouble(m.group(2)))).toArray();
        assertTrue(numbers.length >= 8, path);
        double x0 = numbers[0];
        double y0 = numbers[1];
        for (int k = 2; k + 1 < numbers.length; k += 2) {
            if (numbers[k] != x0) { // all on one falling diagonal of the picture, whose y points down
                double slope = (numbers[k + 1] - y0) / (numbers[k] - x0);
                assertTrue(slope > 0.3 && slope < 1.2, path);
            }
        }
    }

    @Test
    void aContextWithoutFilesSaysSo() {
        try (Context context = Context.create("ebb")) {
            PolyglotException e = assertThrows(PolyglotException.class, () -> context.eval("ebb", "import plot\nplot.line([1, 2]).save('a.png')"));
            assertTrue(e.getMessage().startsWith("PermissionError: ") && e.getMessage().contains("a.png"), e.getMessage());
            assertFalse(Files.exists(Path.of("a.png")));
        }
    }

    @Test
    void withoutATerminalShowDrawsWithCharacters() {
        try (Console console = new Console()) {
            console.run("show", "import plot, sys\nplot.line([1, 2, 3]).show()\nprint(sys.stdout.isatty())");
            String[] lines = console.printed().split("\n");
            assertEquals("False", lines[lines.length - 1]);
            assertEquals(19, lines.length - 1, "17 lines, below them the frame and the numbers");
        }
    }

    @Test
    void aTerminalGetsWhatItUnderstands() throws Exception {
        String show = "import plot\nplot.Figure(200, 100).line([1, 2, 3]).show()";
        String kitty = shown(Map.of("TERM", "xterm-kitty"), show);
        assertTrue(kitty.startsWith("\033_Ga=T,f=100,m="), kitty.substring(0, 40));
        StringBuilder code = new StringBuilder();
        java.util.regex.Pattern.compile("\033_G(?:a=T,f=100,)?m=[01];([^\033]*)\033\\\\").matcher(kitty).results().forEach(part -> code.append(part.group(1)));
        assertEquals(300, ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(code.toString()))).getWidth());
        assertTrue(shown(Map.of("TERM_PROGRAM", "iTerm.app"), show).startsWith("\033]1337;File=inline=1;size="));
        String sixel = shown(Map.of("TERM", "foot"), show);
        assertTrue(sixel.startsWith("\033Pq\"1;1;200;100#0;2;0;0;0"), sixel.substring(0, 60));
        assertEquals(17, sixel.chars().filter(c -> c == '-').count(), "bands of six rows");
        assertTrue(shown(Map.of("TERM", "xterm"), show).contains("┤"));
        assertTrue(shown(Map.of("TERM", "xterm-kitty", "TMUX", "x"), show).contains("┤"));
        assertTrue(shown(Map.of("TERM", "xterm-kitty", "EBB_GRAPHICS", "none"), show).contains("┤"));
        int widest = shown(Map.of("TERM", "xterm"), show).replaceAll("\033\\[[0-9;]*m", "").lines().mapToInt(String::length).max().orElse(0);
        assertEquals(39, widest, "as wide as the terminal, but for its last column");
    }

    /** What a program prints whose host says that it has a terminal of 40 columns. */
    private static String shown(Map<String, String> environment, String program) {
        var out = new java.io.ByteArrayOutputStream();
        try (Context context = Context.newBuilder("ebb").out(out).allowPolyglotAccess(PolyglotAccess.ALL)
                .allowEnvironmentAccess(EnvironmentAccess.NONE).environment(environment).build()) {
            context.getPolyglotBindings().putMember("ebb.terminal", (ProxyExecutable) _ -> "40 20");
            context.eval("ebb", program);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private BufferedImage png(String program) throws Exception {
        Path file = folder.resolve("a.png");
        run(program, file);
        return ImageIO.read(file.toFile());
    }

    private static void run(String program, Path file) {
        try (Context context = Context.newBuilder("ebb").allowIO(IOAccess.ALL).build()) {
            context.eval("ebb", program.replace("PATH", "'" + file + "'"));
        }
    }
}
