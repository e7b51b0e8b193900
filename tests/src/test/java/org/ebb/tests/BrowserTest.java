package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The web form's page in Chromium, which must be there: see -Pbrowser. EBB_BROWSER names another program than {@code chromium}. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {

    @TempDir
    Path folder;

    private HostProgram host;
    private AutoCloseable form;
    private int port;
    private int profiles;

    @BeforeAll
    void serve() throws Exception {
        host = new HostProgram(Repository.ROOT.resolve("examples/embed/WebForm.java"));
        form = (AutoCloseable) host.type().getConstructor(int.class).newInstance(0);
        port = (int) host.type().getMethod("port").invoke(form);
    }

    @AfterAll
    void end() throws Exception {
        form.close();
        host.close();
    }

    /** What the browser does with the page for an expression, as its standard output. */
    private String browse(String f, String... what) throws Exception {
        String url = "http://localhost:" + port + "/?from=-2&to=2&f=" + URLEncoder.encode(f, StandardCharsets.UTF_8);
        List<String> command = new ArrayList<>(List.of(System.getenv().getOrDefault("EBB_BROWSER", "chromium"), "--headless", "--no-sandbox", "--disable-gpu",
                "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile-" + profiles++), "--window-size=900,700", "--virtual-time-budget=20000"));
        command.addAll(List.of(what));
        command.add(url);
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the browser does not end");
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(out);
    }

    private static List<String> lines(String page, String kind) {
        Matcher found = Pattern.compile("<polyline class=\"" + kind + "\" points=\"([^\"]*)\"").matcher(page);
        List<String> all = new ArrayList<>();
        while (found.find()) {
            all.add(found.group(1));
        }
        return all;
    }

    @Test
    void drawsTheFunctionAndItsSlope() throws Exception {
        String page = browse("x * x", "--dump-dom");
        assertEquals(1, lines(page, "f").size(), page);
        String[] f = lines(page, "f").getFirst().split(" ");
        String[] slope = lines(page, "slope").getFirst().split(" ");
        assertEquals(201, f.length);
        assertEquals(201, slope.length);
        assertTrue(page.contains("<pre id=\"error\"></pre>"), page);
        double[] heights = new double[201];
        double[] rises = new double[201];
        for (int k = 0; k < 201; k++) {
            heights[k] = Double.parseDouble(f[k].split(",")[1]);
            rises[k] = Double.parseDouble(slope[k].split(",")[1]);
        }
        assertEquals(heights[0], heights[200], 0.11, "a parabola is as high on both sides");
        assertTrue(heights[100] > heights[0], "and lowest in the middle: pictures count downwards");
        assertEquals((rises[0] + rises[200]) / 2, rises[100], 0.11, "its slope is a straight line");
        assertTrue(rises[200] < rises[0], "that rises");
    }

    @Test
    void showsAnErrorWithItsPlaceAndGaps() throws Exception {
        String page = browse("x * <b>y", "--dump-dom");
        assertTrue(page.contains("x * &lt;b&gt;y\n    ^"), page);
        assertTrue(page.contains("SyntaxError"), page);
        assertEquals(0, lines(page, "f").size());
        String gap = browse("log(abs(x) - 1)", "--dump-dom");
        assertEquals(2, lines(gap, "f").size(), "one curve on each side of the gap");
    }

    @Test
    void thePictureHasBothCurves() throws Exception {
        Path picture = Files.createDirectories(Repository.ROOT.resolve("tests/target")).resolve("web-form.png");
        Files.deleteIfExists(picture);
        browse("x * sin(3 * x)", "--screenshot=" + picture);
        BufferedImage image = ImageIO.read(picture.toFile());
        assertTrue(count(image, 0x0060c0) > 500 && count(image, 0xd06000) > 500, "look at " + picture);
    }

    private static int count(BufferedImage image, int colour) {
        int found = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                found += (image.getRGB(x, y) & 0xffffff) == colour ? 1 : 0;
            }
        }
        return found;
    }
}
