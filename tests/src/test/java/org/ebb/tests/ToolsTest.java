package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command under the engine's tools, with clients that speak the protocols of Chrome and of editors. */
@Tag("fast")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ToolsTest {

    private static final String PROGRAM = """
            def half(x):
                y = x / 2
                return y

            def main(n):
                t = tensor([[1.0, 2.0], [3.0, 4.0]]) * n
                return half(t.sum().item())

            print(main(5))
            """;

    @TempDir
    Path folder;

    private Path file;
    private Process process;

    /** What the program tells by itself, and what it answers: either may come before the other. */
    private final BlockingQueue<Map<String, Object>> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Map<String, Object>> answers = new LinkedBlockingQueue<>();

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("program.ebb"), PROGRAM);
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    private BufferedReader start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(Repository.ROOT.resolve("ebb").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        process = builder.start();
        return process.errorReader();
    }

    private static String said(Process ended) {
        return ended.errorReader().lines().collect(Collectors.joining("\n"));
    }

    private static String lineWith(BufferedReader errors, String wanted) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            all.append(line).append('\n');
            if (line.contains(wanted)) {
                return line;
            }
        }
        throw new AssertionError("no " + wanted + " in: " + all);
    }

    private void arrived(String text) {
        Map<String, Object> message = map(Json.read(text));
        boolean event = "event".equals(message.get("type")) || !message.containsKey("type") && !message.containsKey("id");
        (event ? events : answers).add(message);
    }

    /** The next message that fits; what comes before is left out. */
    private static Map<String, Object> next(BlockingQueue<Map<String, Object>> messages, Predicate<Map<String, Object>> fits) throws InterruptedException {
        while (true) {
            Map<String, Object> message = messages.poll(60, TimeUnit.SECONDS);
            assertNotNull(message, "nothing came for a minute");
            if (fits.test(message)) {
                return message;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** Goes down a message by keys and indices. */
    private static Object at(Object message, Object... path) {
        for (Object step : path) {
            message = step instanceof Integer index ? ((List<?>) message).get(index) : map(message).get(step);
        }
        return message;
    }

    // ---- Chrome's protocol

    private WebSocket chrome;
    private int requests;

    private Map<String, Object> ask(String method, String parameters) throws Exception {
        int id = ++requests;
        chrome.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true).get();
        return map(next(answers, message -> Long.valueOf(id).equals(message.get("id"))).get("result"));
    }

    private Object paused() throws Exception {
        return next(events, message -> "Debugger.paused".equals(message.get("method"))).get("params");
    }

    private void connect(HttpClient client, String address) throws Exception {
        StringBuilder text = new StringBuilder();
        chrome = client.newWebSocketBuilder().buildAsync(URI.create(address), new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
                text.append(part);
                if (last) {
                    arrived(text.toString());
                    text.setLength(0);
                }
                socket.request(1);
                return null;
            }
        }).get();
        ask("Runtime.enable", "{}");
        ask("Debugger.enable", "{}");
    }

    private static String described(Map<String, Object> properties, String name) {
        for (Object property : (List<?>) properties.get("result")) {
            if (name.equals(at(property, "name"))) {
                return (String) at(property, "value", "description");
            }
        }
        throw new AssertionError("no " + name + " in " + properties);
    }

    @Test
    void chromeBreaksReadsStepsEvaluatesAndResumes() throws Exception {
        String address = lineWith(start("--inspect=0", file.toString()), "listening on").replaceAll(".*(ws://\\S+)", "$1");
        try (HttpClient client = HttpClient.newHttpClient()) {
            connect(client, address);
            ask("Debugger.setBreakpointByUrl", "{\"lineNumber\":6,\"url\":\"" + file.toRealPath().toUri() + "\"}");
            ask("Runtime.runIfWaitingForDebugger", "{}");
            paused(); // before the first line
            ask("Debugger.resume", "{}");

            Object stop = paused();
            assertEquals("main", at(stop, "callFrames", 0, "functionName"));
            assertEquals(6L, at(stop, "callFrames", 0, "location", "lineNumber"));
            Map<String, Object> locals = ask("Runtime.getProperties", "{\"objectId\":\"" + at(stop, "callFrames", 0, "scopeChain", 0, "object", "objectId") + "\"}");
            assertEquals("5", described(locals, "n"));
            assertEquals("tensor tensor([[ 5., 10.],\n        [15., 20.]])", described(locals, "t"));
            assertEquals(30.0, number(at(ask("Debugger.evaluateOnCallFrame", "{\"callFrameId\":\"0\",\"expression\":\"t[1, 0].item() * 2\"}"), "result", "value")));
            assertTrue(ask("Debugger.evaluateOnCallFrame", "{\"callFrameId\":\"0\",\"expression\":\"missing\"}").toString().contains("NameError"));

            ask("Debugger.stepInto", "{}");
            Object inside = paused();
            assertEquals("half", at(inside, "callFrames", 0, "functionName"));
            assertEquals(1L, at(inside, "callFrames", 0, "location", "lineNumber"));
            ask("Debugger.stepOver", "{}");
            assertEquals(2L, at(paused(), "callFrames", 0, "location", "lineNumber"));
            ask("Debugger.stepOut", "{}");
            assertEquals("main", at(paused(), "callFrames", 0, "functionName"));
            ask("Debugger.resume", "{}");
        }
        assertEquals("25.0\n", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, process.waitFor());
    }

    /** A loop for conditions, and an exception that is caught. */
    private static final String RISKY = """
            def risky(k):
                t = tensor([1.0, 2.0]) * k
                return 10 // (k - 4)

            for k in range(4):
                risky(k)
            try:
                risky(4)
            except ZeroDivisionError:
                pass
            print("done")
            """;

    @Test
    void chromeStopsOnConditionsAndExceptions() throws Exception {
        Files.writeString(file, RISKY);
        String address = lineWith(start("--inspect=0", file.toString()), "listening on").replaceAll(".*(ws://\\S+)", "$1");
        try (HttpClient client = HttpClient.newHttpClient()) {
            connect(client, address);
            ask("Debugger.setBreakpointByUrl", "{\"lineNumber\":2,\"url\":\"" + file.toRealPath().toUri() + "\",\"condition\":\"k == 2 and t[1].item() > 3\"}");
            ask("Debugger.setPauseOnExceptions", "{\"state\":\"all\"}");
            ask("Runtime.runIfWaitingForDebugger", "{}");
            paused(); // before the first line
            ask("Debugger.resume", "{}");

            assertEquals(2L, at(paused(), "callFrames", 0, "location", "lineNumber"));
            assertEquals(2.0, number(at(ask("Debugger.evaluateOnCallFrame", "{\"callFrameId\":\"0\",\"expression\":\"k\"}"), "result", "value")));
            Object tensor = ask("Debugger.evaluateOnCallFrame", "{\"callFrameId\":\"0\",\"expression\":\"t * 3 + 1\"}");
            assertEquals("tensor tensor([ 7., 13.])", at(tensor, "result", "description"));
            ask("Debugger.resume", "{}");

            Object thrown = paused();
            assertEquals("exception", at(thrown, "reason"));
            assertEquals("risky", at(thrown, "callFrames", 0, "functionName"));
            assertEquals(2L, at(thrown, "callFrames", 0, "location", "lineNumber"));
            assertTrue(at(thrown, "data").toString().contains("ZeroDivisionError"), thrown::toString);
            ask("Debugger.setPauseOnExceptions", "{\"state\":\"none\"}");
            ask("Debugger.resume", "{}");
        }
        assertEquals("done\n", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, process.waitFor());
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    // ---- the Debug Adapter Protocol

    private Socket editor;

    private Map<String, Object> request(String command, String arguments) throws Exception {
        int id = ++requests;
        byte[] text = ("{\"seq\":" + id + ",\"type\":\"request\",\"command\":\"" + command + "\",\"arguments\":" + arguments + "}").getBytes(StandardCharsets.UTF_8);
        editor.getOutputStream().write(("Content-Length: " + text.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        editor.getOutputStream().write(text);
        editor.getOutputStream().flush();
        return next(answers, message -> Long.valueOf(id).equals(message.get("request_seq")));
    }

    private void listen(InputStream in) {
        try {
            while (true) {
                String header = "";
                while (!header.endsWith("\r\n\r\n")) {
                    int c = in.read();
                    if (c < 0) {
                        return;
                    }
                    header += (char) c;
                }
                int length = Integer.parseInt(header.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
                arrived(new String(in.readNBytes(length), StandardCharsets.UTF_8));
            }
        } catch (IOException closed) {
            // the program has ended
        }
    }

    private Object stopped() throws Exception {
        return next(events, message -> "stopped".equals(message.get("event"))).get("body");
    }

    /** An editor leaves when it is told of the program's end: the server writes until then. */
    private void told() throws Exception {
        next(events, message -> "terminated".equals(message.get("event")));
    }

    private Object frames() throws Exception {
        return at(request("stackTrace", "{\"threadId\":" + thread + "}"), "body", "stackFrames");
    }

    private Object thread;

    private void attach(Socket socket) throws Exception {
        editor = socket;
        Thread.ofPlatform().daemon().start(() -> {
            try {
                listen(socket.getInputStream());
            } catch (IOException closed) {
                // the test has ended
            }
        });
        request("initialize", "{\"adapterID\":\"test\",\"linesStartAt1\":true,\"columnsStartAt1\":true,\"pathFormat\":\"path\"}");
        request("attach", "{}");
    }

    @Test
    void editorsStopOnConditionsAndExceptions() throws Exception {
        Files.writeString(file, RISKY);
        start("--dap=0", file.toString());
        BufferedReader output = process.inputReader();
        int port = Integer.parseInt(lineWith(output, "listening on").replaceAll(".*:(\\d+)\\D*$", "$1"));
        try (Socket socket = new Socket("127.0.0.1", port)) {
            attach(socket);
            request("setBreakpoints", "{\"source\":{\"path\":\"" + file.toRealPath() + "\"},\"breakpoints\":[{\"line\":3,\"condition\":\"k == 2\"}]}");
            request("setExceptionBreakpoints", "{\"filters\":[\"all\",\"uncaught\"]}");
            request("configurationDone", "{}");
            thread = at(stopped(), "threadId");
            while (!Long.valueOf(3).equals(at(frames(), 0, "line"))) {
                request("continue", "{\"threadId\":" + thread + "}");
                stopped();
            }
            Object frame = at(frames(), 0, "id");
            assertEquals("2", at(request("evaluate", "{\"frameId\":" + frame + ",\"expression\":\"k\"}"), "body", "result"));
            String tensor = at(request("evaluate", "{\"frameId\":" + frame + ",\"expression\":\"t * 3 + 1\"}"), "body", "result").toString();
            assertTrue(tensor.contains("tensor([ 7., 13.])"), tensor);
            request("continue", "{\"threadId\":" + thread + "}");

            Object thrown = stopped();
            assertEquals("exception", at(thrown, "reason"));
            assertEquals("Paused on caught exception", at(thrown, "description"));
            assertEquals("risky", at(frames(), 0, "name"));
            assertEquals(3L, at(frames(), 0, "line"));
            request("setExceptionBreakpoints", "{\"filters\":[]}");
            request("continue", "{\"threadId\":" + thread + "}");
            lineWith(output, "done");
            told();
        }
        assertEquals(0, process.waitFor(), () -> said(process));
    }

    @Test
    void editorsBreakReadStepEvaluateAndResume() throws Exception {
        start("--dap=0", file.toString());
        BufferedReader output = process.inputReader();
        String line = lineWith(output, "listening on");
        int port = Integer.parseInt(line.replaceAll(".*:(\\d+)\\D*$", "$1"));
        try (Socket socket = new Socket("127.0.0.1", port)) {
            attach(socket);
            request("setBreakpoints", "{\"source\":{\"path\":\"" + file.toRealPath() + "\"},\"breakpoints\":[{\"line\":7}]}");
            request("configurationDone", "{}");
            Object first = stopped();
            thread = at(first, "threadId");
            while (!Long.valueOf(7).equals(at(frames(), 0, "line"))) {
                request("continue", "{\"threadId\":" + thread + "}");
                stopped();
            }
            Object frame = at(frames(), 0, "id");
            assertEquals("main", at(frames(), 0, "name"));
            Object scope = at(request("scopes", "{\"frameId\":" + frame + "}"), "body", "scopes", 0, "variablesReference");
            String variables = at(request("variables", "{\"variablesReference\":" + scope + "}"), "body", "variables").toString();
            assertTrue(variables.contains("name=t") && variables.contains("tensor([[ 5., 10.],"), variables);
            assertEquals("15.0", at(request("evaluate", "{\"frameId\":" + frame + ",\"expression\":\"t[1, 0].item()\"}"), "body", "result"));
            request("stepIn", "{\"threadId\":" + thread + "}");
            stopped();
            assertEquals("half", at(frames(), 0, "name"));
            assertEquals(2L, at(frames(), 0, "line"));
            request("next", "{\"threadId\":" + thread + "}");
            stopped();
            assertEquals(3L, at(frames(), 0, "line"));
            request("stepOut", "{\"threadId\":" + thread + "}");
            stopped();
            assertEquals("main", at(frames(), 0, "name"));
            request("continue", "{\"threadId\":" + thread + "}");
            lineWith(output, "25.0");
            told();
        }
        assertEquals(0, process.waitFor(), () -> said(process)); // the program ends when the editor has left
    }

    // ---- profilers and coverage

    private String run(String... words) throws Exception {
        BufferedReader errors = start(words);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                process.getInputStream().transferTo(out);
            } catch (IOException closed) {
                throw new AssertionError(closed);
            }
        });
        StringBuilder all = new StringBuilder();
        errors.lines().forEach(line -> all.append(line).append('\n'));
        reader.join();
        assertEquals(0, process.waitFor(), all.toString());
        return out.toString(StandardCharsets.UTF_8) + all;
    }

    @Test
    void coverageAndProfilersReport() throws Exception {
        Files.writeString(file, PROGRAM + "def never():\n    return 1\n");
        String coverage = run("--coverage", file.toString());
        assertTrue(coverage.startsWith("25.0\n"), coverage);
        assertTrue(coverage.matches("(?s).*program.ebb \\|\\s+88.89% \\|.*"), coverage); // eight statements of nine
        Path picture = folder.resolve("flames.svg");
        Files.writeString(file, "def slow(n):\n    total = 0\n    for i in range(n):\n        total += i % 7\n    return total\n\nprint(slow(5000000))\n");
        run("--flamegraph", picture.toString(), file.toString());
        String flames = Files.readString(picture);
        assertTrue(flames.contains("<svg") && flames.contains("slow"), flames);
        Files.writeString(file, PROGRAM);
        String traced = run("--cputracer", file.toString());
        assertTrue(traced.matches("(?s).*\\bhalf\\b.*"), traced);
    }
}
