package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The web form as whoever reaches its port has it: answers, refusals, and what strangers may type. The page itself: {@code BrowserTest}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebFormTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private HostProgram host;
    private AutoCloseable form;
    private int port;

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
        client.close();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).timeout(Duration.ofSeconds(30)).build();
    }

    private static String path(String f, String rest) {
        return "/plot?f=" + URLEncoder.encode(f, StandardCharsets.UTF_8) + rest;
    }

    private HttpResponse<String> plot(String f, String rest) throws Exception {
        return client.send(request(path(f, rest)), BodyHandlers.ofString());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> json(HttpResponse<String> response) {
        assertEquals("application/json; charset=utf-8", response.headers().firstValue("Content-Type").orElseThrow());
        return (Map<String, Object>) Json.read(response.body());
    }

    @Test
    void valuesAndSlopesAreThoseOfTheFunction() throws Exception {
        Map<String, Object> plot = json(plot("sin(x) * x + exp(-x)", "&from=-3&to=4&points=101"));
        for (int k = 0; k < 101; k++) {
            double x = ((Number) ((List<?>) plot.get("x")).get(k)).doubleValue();
            assertEquals(-3 + 7 * k / 100.0, x, 1e-15);
            assertEquals(Math.sin(x) * x + Math.exp(-x), ((Number) ((List<?>) plot.get("y")).get(k)).doubleValue(), 1e-12);
            assertEquals(Math.cos(x) * x + Math.sin(x) - Math.exp(-x), ((Number) ((List<?>) plot.get("slope")).get(k)).doubleValue(), 1e-12);
        }
    }

    @Test
    void whereThereIsNoValueThereIsAGap() throws Exception {
        Map<String, Object> plot = json(plot("log(x)", "&from=-1&to=1&points=5"));
        assertEquals("[null, null, null, " + Math.log(0.5) + ", 0.0]", plot.get("y").toString());
        assertEquals("[null, null, null, 2.0, 1.0]", plot.get("slope").toString());
        assertEquals("[7.0, 7.0]", json(plot("7", "&points=2")).get("y").toString());
        assertEquals("[0.0, 0.0]", json(plot("7", "&points=2")).get("slope").toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x * y | NameError: name 'y' is not defined | x * y@    ^",
        "sin(x, 2) | TypeError: | sin(x, 2)@^",
        "x + * 2 | SyntaxError | x + * 2@    ^",
        "\"a\" | TypeError: the host asked for one number |",
        "x) + (x; import os | SyntaxError | x) + (x; import os@       ^"})
    void mistakesComeWithTheirPlace(String f, String error, String where) throws Exception {
        HttpResponse<String> response = plot(f, "");
        assertEquals(422, response.statusCode());
        Map<String, Object> wrong = json(response);
        assertTrue(wrong.get("error").toString().startsWith(error), response.body());
        assertEquals(where == null ? null : where.replace('@', '\n'), wrong.get("where"), response.body());
    }

    /** None gets anything, all end, and the next request is answered. */
    @ParameterizedTest
    @ValueSource(strings = {"open('/etc/passwd').read()", "__import__('os').system('touch /tmp/x')", "__import__('os').environ", "(lambda g: g(g))(lambda g: g(g))",
        "[0 for i in range(10 ** 12)]", "sum(range(10 ** 12))", "10 ** 10 ** 9", "next(i for i in range(10 ** 15) if i < 0)",
        "__import__('polyglot').eval('js', '1')", "__import__('java.lang.System')", "f(x)", "().__class__.__bases__", "exec('while True: pass')",
        "__import__('threading').Thread", "'a' * 10 ** 12", "zeros((10 ** 6, 10 ** 6)).sum()", "\u0000", "x" + " + x"})
    void nothingIsReachedAndNothingGoesOnForEver(String f) throws Exception {
        long began = System.nanoTime();
        HttpResponse<String> response = plot(f, "");
        double seconds = (System.nanoTime() - began) * 1e-9;
        if (f.equals("x + x")) {
            assertEquals(200, response.statusCode());
        } else {
            assertEquals(422, response.statusCode(), response.body());
            assertTrue(json(response).get("error").toString().length() > 5, response.body());
        }
        assertTrue(seconds < 20, f + " took " + seconds + " s");
        assertEquals("[0.0, 1.0]", json(plot("x * x", "&from=0&to=1&points=2")).get("y").toString());
    }

    @Test
    void questionsThatMakeNoSenseAreRefused() throws Exception {
        for (String rest : List.of("&from=1&to=1", "&from=a", "&to=NaN", "&from=-Infinity", "&points=1", "&points=1e9", "&points=2.5")) {
            HttpResponse<String> response = plot("x", rest);
            assertEquals(400, response.statusCode(), rest);
            assertTrue(json(response).containsKey("error"));
        }
        for (String f : List.of("", " ", "x\nx", "x" + " ".repeat(500) + "+ 1", "%")) {
            assertTrue(List.of(400, 422).contains(plot(f, "").statusCode()), f);
        }
        assertEquals(400, client.send(request("/plot"), BodyHandlers.ofString()).statusCode());
        assertEquals(404, client.send(request("/other"), BodyHandlers.ofString()).statusCode());
        HttpResponse<String> page = client.send(request("/"), BodyHandlers.ofString());
        assertEquals("text/html; charset=utf-8", page.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(page.body().startsWith("<!doctype html>"));
    }

    /** Sixty at once, one in twenty of which runs into the limit: each gets its own answer. */
    @Test
    void manyAtOnceGetTheirOwnAnswers() {
        List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
        for (int k = 0; k < 60; k++) {
            String f = k % 20 == 19 ? "[0 for i in range(10 ** 12)]" : k + " * x";
            all.add(client.sendAsync(request(path(f, "&from=0&to=1&points=2")), BodyHandlers.ofString()));
        }
        for (int k = 0; k < all.size(); k++) {
            HttpResponse<String> response = all.get(k).join();
            if (k % 20 == 19) {
                assertEquals(422, response.statusCode());
            } else {
                assertEquals("[0.0, " + (double) k + "]", json(response).get("y").toString());
            }
        }
    }
}
