package org.ebb.repl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Buffer;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;

/** Entries from a terminal, with JLine: a whole block is edited, recalled and run as one entry. */
final class Editor implements EntryReader {

    private static final String PROMPT = ">>> ";
    private static final String MORE = "... ";

    /** Values are cut after about this much of the screen. */
    private static final double SHOWN = 0.75;

    private final Terminal terminal;
    private final LineReader reader;

    /** The terminal as we found it: it echoes, and hands over whole lines. */
    private final Attributes cooked;

    /** While an entry runs: what is typed ahead is not shown, but kept for the next entry. Ctrl-C is heard. */
    private final Attributes quiet;

    /** The indentation put before the cursor for the user, as long as nothing but blanks has been typed over it. */
    private Offer offer;

    /** Whether the indentation of the cursor's line is ours. */
    private boolean automatic;

    /** What the entry began with when the walk through the history began, and what the walk has put there. */
    private String sought = "";
    private String recalled;

    /** {@code text}: the whole entry that ends with {@code width} offered blanks; {@code typed}: the blanks typed over them. */
    private record Offer(String text, int width, int typed) {}

    Editor(Terminal terminal, Completer completer, Path history) {
        this.terminal = terminal;
        this.cooked = terminal.getAttributes();
        this.quiet = new Attributes(cooked);
        quiet.setLocalFlags(EnumSet.of(Attributes.LocalFlag.ICANON, Attributes.LocalFlag.ECHO, Attributes.LocalFlag.IEXTEN), false);
        quiet.setControlChar(Attributes.ControlChar.VMIN, 1);
        quiet.setControlChar(Attributes.ControlChar.VTIME, 0);
        terminal.setAttributes(quiet);
        this.reader = LineReaderBuilder.builder().terminal(terminal).appName("ebb")
                .parser(new Words()).highlighter(new Colours()).completer(completer)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.AUTO_FRESH_LINE, false)
                .option(LineReader.Option.CASE_INSENSITIVE_SEARCH, true)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, MORE)
                .variable(LineReader.BLINK_MATCHING_PAREN, 0)
                .variable(LineReader.BELL_STYLE, "none")
                .build();
        if (history != null) {
            reader.setVariable(LineReader.HISTORY_FILE, history);
        }
        bind();
    }

    /** Null where standard input and output are no terminal that can move its cursor. */
    static Editor open(Completer completer, java.io.PrintStream errors) {
        String type = System.getenv("TERM");
        if (System.console() == null || !System.console().isTerminal() || type == null || type.equals("dumb")) {
            return null;
        }
        try {
            Terminal terminal = TerminalBuilder.builder().system(true).dumb(false).nativeSignals(true).build();
            return new Editor(terminal, completer, historyFile(errors));
        } catch (IOException | IllegalStateException none) {
            errors.println("ebb: no line editor on this terminal: " + none.getMessage());
            return null;
        }
    }

    /** {@code EBB_HISTORY}, or a file in the folder for state. Null, said once, where it cannot be written or read. */
    private static Path historyFile(java.io.PrintStream errors) {
        String named = System.getenv("EBB_HISTORY");
        String state = System.getenv("XDG_STATE_HOME");
        String home = System.getenv("HOME");
        if (named == null && state == null && home == null) {
            return null;
        }
        Path file = named != null ? Path.of(named)
                : (state != null && !state.isEmpty() ? Path.of(state) : Path.of(home, ".local", "state")).resolve("ebb/history");
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            if (!Files.exists(file)) {
                Files.createFile(file);
                if (file.toFile().setReadable(false, false)) { // no business of other users
                    file.toFile().setReadable(true, true);
                }
            }
            if (!Files.isWritable(file) || !readable(file)) {
                throw new IOException("it cannot be written, or is no text");
            }
            return file;
        } catch (IOException e) {
            errors.println("ebb: entries are not kept in " + file + ": " + Failure.reason(e));
            return null;
        }
    }

    private static boolean readable(Path file) throws IOException {
        try {
            Files.readString(file);
            return true;
        } catch (java.nio.charset.CharacterCodingException noText) {
            return false;
        }
    }

    @Override
    public String next() throws IOException {
        while (true) {
            offer = null;
            automatic = false;
            recalled = null;
            try {
                return reader.readLine(PROMPT);
            } catch (UserInterruptException dropped) {
                terminal.writer().println("KeyboardInterrupt");
            } catch (EndOfFileException end) {
                return null;
            }
        }
    }

    /** The terminal edits and echoes for as long as a program waits for a line. */
    @Override
    public InputStream programInput() {
        return new InputStream() {

            private boolean withinLine;

            @Override
            public int read() throws IOException {
                if (!withinLine) {
                    terminal.setAttributes(cooked);
                }
                int b = terminal.input().read();
                withinLine = b >= 0 && b != '\n';
                if (!withinLine) {
                    terminal.setAttributes(quiet);
                }
                return b;
            }

            /** No further than the end of a line: the rest may be meant for the prompt. */
            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                int n = 0;
                while (n < length) {
                    int b = read();
                    if (b < 0) {
                        return n == 0 ? -1 : n;
                    }
                    bytes[from + n++] = (byte) b;
                    if (b == '\n') {
                        return n;
                    }
                }
                return n;
            }
        };
    }

    @Override
    public int room() {
        return (int) Math.max(800, SHOWN * terminal.getWidth() * terminal.getHeight());
    }

    @Override
    public void close() throws IOException {
        terminal.setAttributes(cooked);
        terminal.close();
    }

    private void bind() {
        KeyMap<Binding> keys = reader.getKeyMaps().get(LineReader.MAIN);
        widget("ebb-enter", this::enter, keys, "\r", "\n");
        widget("ebb-newline", this::newline, keys, "\033\r", "\033\n");
        widget("ebb-tab", this::tab, keys, "\t");
        widget("ebb-backspace", this::backspace, keys, "\177", "\b");
        widget("ebb-up", () -> up(), keys, "\020", "\033[A", "\033OA");
        widget("ebb-down", () -> down(), keys, "\016", "\033[B", "\033OB");
        for (Capability key : List.of(Capability.key_up, Capability.key_down)) {
            String sequence = KeyMap.key(terminal, key);
            if (sequence != null && !sequence.isEmpty()) {
                keys.bind(new Reference(key == Capability.key_up ? "ebb-up" : "ebb-down"), sequence);
            }
        }
        around(LineReader.SELF_INSERT, this::typed);
        around(LineReader.BEGIN_PASTE, this::pasted);
    }

    private void widget(String name, Widget widget, KeyMap<Binding> keys, String... sequences) {
        reader.getWidgets().put(name, widget);
        for (String sequence : sequences) {
            keys.bind(new Reference(name), sequence);
        }
    }

    /** Puts a widget in front of one of JLine's. */
    private void around(String name, java.util.function.Predicate<Widget> outer) {
        Widget inner = reader.getWidgets().get(name);
        reader.getWidgets().put(name, () -> outer.test(inner));
    }

    private boolean enter() {
        Buffer buffer = reader.getBuffer();
        String text = buffer.toString();
        boolean onLastLine = buffer.substring(buffer.cursor()).indexOf('\n') < 0;
        if (text.isBlank() || Command.is(text) || onLastLine && Entries.complete(text + "\n")) {
            reader.callWidget(LineReader.ACCEPT_LINE);
            return true;
        }
        return newline();
    }

    private boolean newline() {
        Buffer buffer = reader.getBuffer();
        String before = buffer.upToCursor();
        int width = Entries.indentation(before);
        buffer.write("\n" + " ".repeat(width));
        automatic = width > 0;
        offer = automatic && buffer.cursor() == buffer.length() ? new Offer(buffer.toString(), width, 0) : null;
        return true;
    }

    /** The offer, while it still stands before the cursor. */
    private Offer offer() {
        Buffer buffer = reader.getBuffer();
        if (offer != null && !(buffer.cursor() == buffer.length() && buffer.toString().equals(offer.text))) {
            offer = null;
        }
        return offer;
    }

    /**
     * Blanks typed over the offered indentation are counted, not inserted, and another character after fewer blanks shortens it: so
     * a person gets the indentation for nothing, and typed or sent text with its own blanks comes out as it was written.
     */
    private boolean typed(Widget insert) {
        Buffer buffer = reader.getBuffer();
        Offer offered = offer();
        if (offered != null) {
            automatic = offered.typed == 0;
            if (reader.getLastBinding().equals(" ") && offered.typed < offered.width) {
                offer = new Offer(offered.text, offered.width, offered.typed + 1);
                automatic = false;
                return true;
            }
            if (offered.typed > 0) {
                buffer.backspace(offered.width - offered.typed);
            }
            offer = null;
        }
        boolean done = insert.apply();
        if (reader.getLastBinding().equals(":") && automatic && buffer.cursor() == buffer.length()) {
            outdentClause(buffer);
        }
        return done;
    }

    /** {@code else:} and its like move to the statement they belong to. */
    private void outdentClause(Buffer buffer) {
        String text = buffer.toString();
        String line = Entries.lastLine(text);
        String before = text.substring(0, text.length() - line.length());
        int own = Entries.blanks(line);
        int wanted = Entries.clauseIndentation(before, line);
        if (wanted < own) {
            buffer.backspace(line.length());
            buffer.write(line.substring(own - wanted));
        }
        automatic = false;
    }

    private boolean pasted(Widget insert) {
        Buffer buffer = reader.getBuffer();
        Offer offered = offer();
        if (offered != null) {
            buffer.backspace(offered.width);
        }
        int from = buffer.cursor();
        boolean done = insert.apply();
        String text = buffer.substring(from, buffer.cursor());
        String program = Entries.withoutPrompts(text);
        if (buffer.substring(0, from).isBlank() && !program.isBlank()) {
            program = program.stripTrailing().stripIndent() + (program.endsWith("\n") ? "\n" : "");
        }
        if (offered != null && !program.startsWith(" ")) {
            program = " ".repeat(offered.width) + program;
        }
        if (!program.equals(text)) {
            buffer.backspace(buffer.cursor() - from);
            buffer.write(program);
        }
        offer = null;
        automatic = false;
        return done;
    }

    private boolean tab() {
        Buffer buffer = reader.getBuffer();
        String line = Entries.lastLine(buffer.upToCursor());
        if (line.isBlank() && buffer.length() > 0) {
            offer = null;
            buffer.write(" ".repeat(Entries.LEVEL - line.length() % Entries.LEVEL));
            return true;
        }
        String symbol = Symbols.named(line);
        if (symbol != null) {
            buffer.backspace(line.length() - line.lastIndexOf('\\'));
            buffer.write(symbol);
            return true;
        }
        reader.callWidget(LineReader.EXPAND_OR_COMPLETE);
        return true;
    }

    /** In the indentation, one level at once. */
    private boolean backspace() {
        Buffer buffer = reader.getBuffer();
        String line = Entries.lastLine(buffer.upToCursor());
        offer = null;
        automatic = false;
        if (line.isBlank() && !line.isEmpty() && Entries.blanks(line) == line.length()) {
            return buffer.backspace((line.length() - 1) % Entries.LEVEL + 1) > 0;
        }
        return buffer.backspace();
    }

    /** To the line above, or to the latest older entry that begins as this one did. */
    private boolean up() {
        return reader.getBuffer().up() || recall(-1);
    }

    private boolean down() {
        return reader.getBuffer().down() || recall(1);
    }

    private boolean recall(int step) {
        Buffer buffer = reader.getBuffer();
        String text = buffer.toString();
        var history = reader.getHistory();
        if (!text.equals(recalled)) {
            sought = text;
            history.moveToEnd();
        }
        int at = history.index() + step;
        while (at >= history.first() && at <= history.last() && !wanted(history.get(at), text)) {
            at += step;
        }
        if (at < history.first() || history.size() == 0) {
            return false;
        }
        String found = at > history.last() ? sought : history.get(at);
        if (at > history.last()) {
            history.moveToEnd();
        } else {
            history.moveTo(at);
        }
        buffer.clear();
        buffer.write(found);
        recalled = found;
        return true;
    }

    private boolean wanted(String entry, String shown) {
        return entry.startsWith(sought) && !entry.equals(shown);
    }
}
