package org.ebb.repl;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.ebb.parse.Tokens;
import org.graalvm.polyglot.PolyglotException;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** What Tab offers: the program's own names, asked of the running program. */
final class Names implements Completer {

    private final Supplier<Session> session;

    Names(Supplier<Session> session) {
        this.session = session;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        int order = 0;
        Completion what = Completion.at(line.line().substring(0, line.cursor()));
        for (Offer offer : answered(reader, what)) {
            if (offer.text.startsWith(what.prefix())) {
                candidates.add(new Candidate(offer.text, offer.text, null, offer.description, null, null, offer.whole, ++order));
            }
        }
    }

    /** {@code whole}: a blank may follow. */
    private record Offer(String text, String description, boolean whole) {}

    private List<Offer> offers(Completion what) {
        return switch (what) {
            case Completion.Name(String prefix) -> {
                List<Offer> all = new ArrayList<>(plain(ask("names", prefix)));
                Tokens.keywords().forEach(word -> all.add(new Offer(word, null, false)));
                yield all;
            }
            case Completion.Member(String path, String prefix) -> plain(ask("members", path, prefix));
            case Completion.Key(String path, char quote, String _) -> ask("keys", path).stream()
                    .map(key -> new Offer(key, null, false)).toList();
            case Completion.Module(String prefix) -> plain(ask("modules", prefix));
            case Completion.File(String prefix) -> files(prefix);
            case Completion.Colon _ -> Command.NAMES.stream().map(name -> new Offer(name, null, true)).toList();
            case Completion.Nothing _ -> List.of();
        };
    }

    /** A name that means nothing yet, or an attribute that raises, has nothing to offer. A fault of ours is told, and the entry stays. */
    private List<Offer> answered(LineReader reader, Completion what) {
        try {
            return offers(what);
        } catch (PolyglotException unanswered) {
            if (unanswered.isInternalError()) {
                reader.printAbove(Failure.internal(unanswered));
            }
            return List.of();
        }
    }

    private List<String> ask(String question, Object... arguments) {
        return session.get().ask(question, arguments);
    }

    /** From lines such as {@code sum\tThe sum of the elements}. */
    private static List<Offer> plain(List<String> lines) {
        return lines.stream().map(line -> {
            int tab = line.indexOf('\t');
            return tab < 0 ? new Offer(line, null, false) : new Offer(line.substring(0, tab), line.substring(tab + 1), false);
        }).toList();
    }

    private static List<Offer> files(String prefix) {
        int slash = prefix.lastIndexOf('/');
        String folder = prefix.substring(0, slash + 1);
        List<Offer> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(folder.isEmpty() ? "." : folder))) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!name.startsWith(".") || prefix.substring(slash + 1).startsWith(".")) {
                    found.add(new Offer(folder + name + (Files.isDirectory(entry) ? "/" : ""), null, false));
                }
            }
        } catch (IOException | java.nio.file.InvalidPathException nothingThere) {
            return List.of(); // what is typed is no folder (yet): there is nothing to offer
        }
        return found;
    }
}
