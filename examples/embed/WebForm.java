import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.ebb.embed.DifferentiableFunction;
import org.ebb.embed.Ebb;
import org.ebb.embed.EbbException;

/**
 * A web form: whoever opens the page types an expression in x, and sees the plot of it and of its derivative. What is typed is a program of a
 * stranger: it reaches nothing of this one (the polyglot API's policy CONSTRAINED sees to that), ends after two seconds, and its arrays are held to
 * 64 MB. Its small objects are not counted, so start such a server with -Xmx in a process of its own. {@code java ... WebForm.java 8080} serves at http://localhost:8080/; without an argument it asks itself one question.
 */
public class WebForm implements AutoCloseable {

    private static final int LONGEST = 500;
    private static final int MOST_POINTS = 1000;
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** Before the expression: errors are told in columns of what was typed. */
    private static final String BEFORE = "from math import *\n\ndef f(x):\n    return (";

    private final Ebb ebb = Ebb.builder().constrained().maxMemory(64 << 20).maxSteps(1_000_000).timeLimit(LIMIT).build();

    /** A program of Ebb for each of them; four requests at once are enough. */
    private final ExecutorService threads = Executors.newFixedThreadPool(4, Thread.ofPlatform().daemon().factory());
    private final HttpServer server;

    /** Serves at a port of this machine alone; 0 chooses one. */
    public WebForm(int port) throws IOException {
        try (Ebb first = Ebb.create()) { // loads what the first request would have to wait for, within its limit
            first.compile("expression", BEFORE + "x\n)\n").function("f").gradient(1);
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::page);
        server.createContext("/plot", this::plot);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        ebb.close();
    }

    private void page(HttpExchange exchange) throws IOException {
        boolean known = exchange.getRequestURI().getPath().equals("/");
        send(exchange, known ? 200 : 404, "text/html", known ? PAGE : "<!doctype html><title>Nothing here</title><p>Nothing here.");
    }

    private void plot(HttpExchange exchange) throws IOException {
        Answer answer;
        try {
            answer = answer(query(exchange.getRequestURI().getRawQuery()));
        } catch (IllegalArgumentException wrong) {
            answer = new Answer(400, error(wrong.getMessage(), null));
        }
        send(exchange, answer.status, "application/json", answer.json);
    }

    private record Answer(int status, String json) {}

    private Answer answer(Map<String, String> query) {
        String expression = query.getOrDefault("f", "").strip();
        double from = number(query.getOrDefault("from", "-5"));
        double to = number(query.getOrDefault("to", "5"));
        double points = number(query.getOrDefault("points", "201"));
        if (expression.isEmpty() || expression.length() > LONGEST || expression.lines().count() > 1) {
            throw new IllegalArgumentException("f: one line of 1 to " + LONGEST + " characters, please");
        } else if (from >= to) {
            throw new IllegalArgumentException("from: a number below to, please");
        } else if (points != Math.rint(points) || points < 2 || points > MOST_POINTS) {
            throw new IllegalArgumentException("points: a whole number from 2 to " + MOST_POINTS + ", please");
        }
        double[] x = new double[(int) points];
        Arrays.setAll(x, k -> from + (to - from) * k / (x.length - 1));
        double[] y = new double[x.length];
        double[] slopes = new double[x.length];
        try {
            evaluate(ebb.compile("expression", BEFORE + expression + "\n)\n").function("f"), x, y, slopes);
        } catch (EbbException wrong) {
            return new Answer(wrong.kind() == EbbException.Kind.INTERNAL ? 500 : 422, error(wrong.error(), caret(expression, wrong)));
        }
        return new Answer(200, "{\"x\": " + array(x) + ", \"y\": " + array(y) + ", \"slope\": " + array(slopes) + "}");
    }

    /** All points in one call; where the function has no value at some of them, as log(x) at -1, one by one, and nan there. */
    private static void evaluate(DifferentiableFunction f, double[] x, double[] y, double[] slopes) {
        try {
            f.gradients(x, y, slopes);
            return;
        } catch (EbbException somewhere) {
            if (somewhere.kind() != EbbException.Kind.SCRIPT) {
                throw somewhere;
            }
        }
        long end = System.nanoTime() + LIMIT.toNanos();
        double[] point = new double[1];
        double[] slope = new double[1];
        EbbException last = null;
        int defined = 0;
        for (int k = 0; k < x.length; k++) {
            point[0] = x[k];
            try {
                y[k] = f.valueAndGradient(point, slope);
                slopes[k] = slope[0];
                defined++;
            } catch (EbbException here) {
                last = here;
                y[k] = Double.NaN;
                slopes[k] = Double.NaN;
                if (here.kind() != EbbException.Kind.SCRIPT || System.nanoTime() > end) {
                    throw here;
                }
            }
        }
        if (defined == 0) {
            throw last;
        }
    }

    /** The expression, and under it a sign at the place of the error; null where that is not inside of it. */
    private static String caret(String expression, EbbException wrong) {
        int column = wrong.column() - "    return (".length();
        boolean inside = wrong.source().equals("expression") && wrong.line() == 4 && column >= 1 && column <= expression.length();
        return inside ? expression + "\n" + " ".repeat(column - 1) + "^" : null;
    }

    private static String error(String message, String where) {
        return "{\"error\": " + text(message) + ", \"where\": " + (where == null ? "null" : text(where)) + "}";
    }

    private static String array(double[] numbers) {
        return Arrays.stream(numbers).mapToObj(x -> Double.isFinite(x) ? String.valueOf(x) : "null").collect(Collectors.joining(", ", "[", "]"));
    }

    private static String text(String plain) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : plain.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c == '\n') {
                quoted.append("\\n");
            } else if (c < ' ' || c > '~') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static double number(String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException none) {
            // said below
        }
        throw new IllegalArgumentException("'" + text + "' is no number");
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
            exchange.getResponseHeaders().set("Content-Security-Policy",
                    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            WebForm form = new WebForm(Integer.parseInt(arguments[0]));
            System.out.println("http://localhost:" + form.port() + "/");
            Thread.currentThread().join();
        }
        try (WebForm form = new WebForm(0); HttpClient client = HttpClient.newHttpClient()) {
            for (String f : new String[] {"x * x", "x * y"}) {
                URI asked = URI.create("http://localhost:" + form.port() + "/plot?from=0&to=2&points=3&f=" + URLEncoder.encode(f, StandardCharsets.UTF_8));
                System.out.println(client.send(HttpRequest.newBuilder(asked).build(), BodyHandlers.ofString()).body());
            }
        }
        // prints: {"x": [0.0, 1.0, 2.0], "y": [0.0, 1.0, 4.0], "slope": [0.0, 2.0, 4.0]}
        // prints: {"error": "NameError: name 'y' is not defined", "where": "x * y\n    ^"}
    }

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>f and its slope</title>
            <style>
              body { font: 16px sans-serif; margin: 2em auto; max-width: 760px; color: #222 }
              input { font: 16px monospace; padding: .3em } #f { width: 18em } #from, #to { width: 4em }
              pre { color: #a00; font: 16px monospace } svg { border: 1px solid #ccc; width: 100% }
              .f { stroke: #0060c0 } .slope { stroke: #d06000 } polyline { fill: none; stroke-width: 2 }
              .axis { stroke: #bbb } text { font: 13px sans-serif; fill: #555 }
            </style>
            <form id="form">
              f(x) = <input id="f" name="f" value="x * sin(x)" autofocus>
              from <input id="from" name="from" value="-5"> to <input id="to" name="to" value="5"> <button>Plot</button>
            </form>
            <pre id="error"></pre>
            <svg id="plot" viewBox="0 0 720 440"></svg>
            <p><span style="color: #0060c0">f(x)</span>, <span style="color: #d06000">f'(x)</span>
            <script>
            const $ = id => document.getElementById(id);
            const svg = (name, attributes, text) => {
              const made = document.createElementNS("http://www.w3.org/2000/svg", name);
              for (const key in attributes) made.setAttribute(key, attributes[key]);
              if (text) made.textContent = text;
              $("plot").append(made);
            };
            function draw(data) {
              const all = data.y.concat(data.slope).filter(v => v !== null).sort((a, b) => a - b);
              if (!all.length) { $("error").textContent = "There is no number to plot."; return; }
              // A pole does not flatten all the rest: where two hundredths at either end are far away, they leave the picture.
              const cut = Math.floor(all.length / 50);
              let low = all[cut], high = all[all.length - 1 - cut];
              if (all[all.length - 1] - all[0] < 5 * (high - low)) { low = all[0]; high = all[all.length - 1]; }
              if (low === high) { low -= 1; high += 1; }
              const room = (high - low) * .05, first = data.x[0], last = data.x[data.x.length - 1];
              low -= room; high += room;
              const across = x => 40 + 660 * (x - first) / (last - first), down = y => 420 - 400 * (y - low) / (high - low);
              if (first <= 0 && last >= 0) svg("line", {class: "axis", x1: across(0), x2: across(0), y1: 20, y2: 420});
              if (low <= 0 && high >= 0) svg("line", {class: "axis", x1: 40, x2: 700, y1: down(0), y2: down(0)});
              svg("text", {x: 4, y: 30}, high.toPrecision(3)); svg("text", {x: 4, y: 420}, low.toPrecision(3));
              svg("text", {x: 40, y: 436}, first); svg("text", {x: 670, y: 436}, last);
              for (const name of ["slope", "y"]) {
                let points = [];
                const end = () => {
                  if (points.length) svg("polyline", {class: name === "y" ? "f" : "slope", points: points.join(" ")});
                  points = [];
                };
                data.x.forEach((x, k) => {
                  const y = data[name][k];
                  if (y === null || y < low - 9 * (high - low) || y > high + 9 * (high - low)) end();
                  else points.push(across(x).toFixed(1) + "," + down(y).toFixed(1));
                });
                end();
              }
            }
            async function plot() {
              const query = new URLSearchParams(new FormData($("form")));
              history.replaceState(null, "", "?" + query);
              const data = await (await fetch("/plot?" + query)).json();
              $("plot").replaceChildren();
              $("error").textContent = data.error ? (data.where ? data.where + "\\n" : "") + data.error : "";
              if (!data.error) draw(data);
            }
            for (const [name, value] of new URLSearchParams(location.search)) if ($(name)) $(name).value = value;
            $("form").addEventListener("submit", event => { event.preventDefault(); plot(); });
            plot();
            </script>
            </html>
            """;
}
