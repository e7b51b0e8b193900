package org.ebb.builtins;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ebb.kernel.Glance;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.Calls;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbIterator;
import org.ebb.runtime.EbbLibraryValue;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Integers;
import org.ebb.runtime.IteratorTypes;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Strings;
import org.ebb.runtime.Text;
import org.ebb.runtime.Types;

/** The module re, on the JVM's engine. */
final class ReModule {

    private static final EbbClass PATTERN = IteratorTypes.plain("re.Pattern");
    private static final EbbClass MATCH = IteratorTypes.plain("re.Match");

    static {
        PATTERN.fillWith(ReModule::fillPattern);
        MATCH.fillWith(ReModule::fillMatch);
    }

    private ReModule() {}

    static void fill(BuiltinTable table) {
        EbbClass error = EbbClass.create("error", Types.EXCEPTION);
        error.define("__module__", "re");
        error.define("__module__", "re");
        table.constant("error", error).constant("Pattern", PATTERN).constant("Match", MATCH);
        flag(table, Regex.IGNORECASE, "I", "IGNORECASE");
        flag(table, Regex.MULTILINE, "M", "MULTILINE");
        flag(table, Regex.DOTALL, "S", "DOTALL");
        flag(table, Regex.VERBOSE, "X", "VERBOSE");
        flag(table, Regex.ASCII, "A", "ASCII");
        flag(table, Regex.UNICODE, "U", "UNICODE");
        table.simple("compile(pattern, flags=0)", "A pattern to use many times.", b -> pattern(error, b[0], b[1]));
        table.simple("escape(pattern)", "The text with everything special escaped.", b -> escape(Args.str(b[0], "escape() argument")));
        table.simple("purge()", "Nothing to do.", b -> EbbNone.NONE);
        for (String name : new String[]{"search", "match", "fullmatch", "findall", "finditer"}) {
            table.simple(name + "(pattern, string, flags=0)", "As the method of the compiled pattern.",
                    b -> run(name, pattern(error, b[0], b[2]), text(b[1]), null, null));
        }
        table.simple("split(pattern, string, maxsplit=0, flags=0)", "The text cut where the pattern matches.",
                b -> split(pattern(error, b[0], b[3]), text(b[1]), Args.index(b[2], 0)));
        table.simple("sub(pattern, repl, string, count=0, flags=0)", "The text with matches replaced.",
                b -> sub(pattern(error, b[0], b[4]), b[1], text(b[2]), Args.index(b[3], 0)).get(0));
        table.simple("subn(pattern, repl, string, count=0, flags=0)", "The text with matches replaced, and how many.",
                b -> sub(pattern(error, b[0], b[4]), b[1], text(b[2]), Args.index(b[3], 0)));
    }

    private static void flag(BuiltinTable table, long value, String... names) {
        for (String name : names) {
            table.constant(name, value);
        }
    }

    private static String text(Object value) {
        if (EbbObject.unwrap(value) instanceof String s) {
            return s;
        }
        throw Errors.typeError("expected string or bytes-like object, got '" + Types.name(value) + "'");
    }

    /** A match takes as long as reading so many characters. */
    private static final int MATCH_COST = 32;

    private static final Pattern NESTED = Pattern.compile("\\)[*+{]");

    private static final class RePattern extends EbbLibraryValue {
        final String source;
        final Regex.Compiled compiled;

        RePattern(String source, Regex.Compiled compiled) {
            super(PATTERN);
            this.source = source;
            this.compiled = compiled;
        }

        /** A matcher for a text; one that can be stopped, and reads at two thirds of the speed, where it may take long. */
        Matcher on(String text) {
            return compiled.pattern().matcher(mayTakeLong(text.length()) ? new PolledText(text) : text);
        }

        /** A search with k unbounded repeats takes at most about n to the power k + 1 steps; repeats of repeats take more. */
        private boolean mayTakeLong(int length) {
            long repeats = source.chars().filter(c -> c == '*' || c == '+' || c == '{').count();
            boolean nested = NESTED.matcher(source).find();
            return nested || (repeats + 1) * Math.log(length) > Math.log(2e7);
        }
    }

    private static final class ReMatch extends EbbLibraryValue {
        final RePattern pattern;
        final String text;
        final java.util.regex.MatchResult result;

        ReMatch(RePattern pattern, String text, Matcher matcher) {
            super(MATCH);
            this.pattern = pattern;
            this.text = text;
            this.result = matcher.toMatchResult();
        }
    }

    private static RePattern pattern(EbbClass error, Object pattern, Object flags) {
        if (pattern instanceof RePattern compiled) {
            return compiled;
        }
        if (!(EbbObject.unwrap(pattern) instanceof String source)) {
            throw Errors.typeError("first argument must be string or compiled pattern");
        }
        try {
            return new RePattern(source, Regex.compile(source, Args.index(flags, 0)));
        } catch (Regex.Mistake mistake) {
            throw Errors.of(error, mistake.getMessage() + " at position " + mistake.place);
        } catch (StackOverflowError tooDeep) {
            throw Errors.recursionError();
        }
    }

    private static String escape(String text) {
        var out = new StringBuilder();
        for (char c : text.toCharArray()) {
            out.append("()[]{}?*+-|^$\\.&~# \t\n\r\u000b\f".indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        return out.toString();
    }

    private static Matcher matcher(RePattern pattern, String text, Object from, Object to) {
        int n = Strings.length(text);
        int start = Args.clipped(from, 0, n);
        int end = Args.clipped(to, n, n);
        Matcher matcher = pattern.on(text);
        matcher.region(Strings.charIndex(text, Math.min(start, end)), Strings.charIndex(text, end));
        return matcher.useTransparentBounds(start != 0);
    }

    private static Object run(String how, RePattern pattern, String text, Object from, Object to) {
        Matcher matcher = matcher(pattern, text, from, to);
        try {
            return switch (how) {
                case "search" -> matcher.find() ? new ReMatch(pattern, text, matcher) : EbbNone.NONE;
                case "match" -> matcher.lookingAt() ? new ReMatch(pattern, text, matcher) : EbbNone.NONE;
                case "fullmatch" -> matcher.matches() ? new ReMatch(pattern, text, matcher) : EbbNone.NONE;
                case "finditer" -> EbbIterator.of("callable_iterator",
                        () -> next(matcher, text) ? new ReMatch(pattern, text, matcher) : EbbIterator.END);
                default -> {
                    var all = new EbbList();
                    var glance = new Glance();
                    while (next(matcher, text)) {
                        glance.steps(MATCH_COST);
                        all.append(found(matcher));
                    }
                    yield all;
                }
            };
        } catch (StackOverflowError tooDeep) {
            throw Errors.recursionError();
        }
    }

    /** The next match; the JVM finds nothing also between the two chars of a character beyond the basic plane. */
    private static boolean next(Matcher matcher, String text) {
        boolean found;
        do {
            found = matcher.find();
        } while (found && matcher.end() == matcher.start() && matcher.start() > 0 && matcher.start() < text.length()
                && Character.isSurrogatePair(text.charAt(matcher.start() - 1), text.charAt(matcher.start())));
        return found;
    }

    /** What findall gives for a match: the whole, the one group, or all groups. */
    private static Object found(Matcher matcher) {
        int groups = matcher.groupCount();
        if (groups < 2) {
            String part = matcher.group(groups);
            return part == null ? "" : part;
        }
        Object[] row = new Object[groups];
        for (int i = 0; i < groups; i++) {
            row[i] = matcher.group(i + 1) == null ? "" : matcher.group(i + 1);
        }
        return new EbbTuple(row);
    }

    private static EbbList split(RePattern pattern, String text, int limit) {
        Matcher matcher = pattern.on(text);
        var parts = new EbbList();
        int from = 0;
        var glance = new Glance();
        for (int n = 0; (limit <= 0 || n < limit) && next(matcher, text); n++) {
            glance.steps(MATCH_COST);
            parts.append(text.substring(from, matcher.start()));
            for (int i = 1; i <= matcher.groupCount(); i++) {
                parts.append(matcher.group(i) == null ? EbbNone.NONE : matcher.group(i));
            }
            from = matcher.end();
        }
        parts.append(text.substring(from));
        return parts;
    }

    private static EbbTuple sub(RePattern pattern, Object replacement, String text, int limit) {
        Matcher matcher = pattern.on(text);
        Object template = EbbObject.unwrap(replacement);
        var out = new StringBuilder();
        int from = 0;
        long n = 0;
        var glance = new Glance();
        while ((limit <= 0 || n < limit) && next(matcher, text)) {
            glance.steps(MATCH_COST);
            out.append(text, from, matcher.start());
            if (template instanceof String s) {
                expand(out, s, pattern, matcher);
            } else {
                Object made = Calls.call(replacement, new ReMatch(pattern, text, matcher));
                out.append(made == EbbNone.NONE ? "" : text(made));
            }
            from = matcher.end();
            n++;
        }
        return new EbbTuple(out.append(text.substring(from)).toString(), n);
    }

    private static void expand(StringBuilder out, String template, RePattern pattern, java.util.regex.MatchResult match) {
        for (int at = 0; at < template.length();) {
            char c = template.charAt(at++);
            if (c != '\\' || at == template.length()) {
                out.append(c);
                continue;
            }
            c = template.charAt(at++);
            if (c == 'g' && at < template.length() && template.charAt(at) == '<') {
                int close = template.indexOf('>', at);
                if (close < 0) {
                    throw Errors.valueError("missing >, unterminated name in the replacement");
                }
                append(out, match, number(pattern, template.substring(at + 1, close)));
                at = close + 1;
            } else if (c >= '1' && c <= '9') {
                int number = c - '0';
                if (at < template.length() && Character.isDigit(template.charAt(at))) {
                    number = number * 10 + template.charAt(at++) - '0';
                }
                append(out, match, number);
            } else {
                int simple = "nrtfvab\\0".indexOf(c);
                out.append(simple < 0 ? "\\" + c : String.valueOf("\n\r\t\f\u000b\u0007\b\\\0".charAt(simple)));
            }
        }
    }

    private static void append(StringBuilder out, java.util.regex.MatchResult match, int group) {
        if (group > match.groupCount()) {
            throw Errors.indexError("invalid group reference " + group);
        }
        out.append(match.group(group) == null ? "" : match.group(group));
    }

    private static int number(RePattern pattern, Object group) {
        Object plain = EbbObject.unwrap(group);
        if (plain instanceof String name) {
            Integer number = pattern.compiled.names().get(name);
            if (number == null && name.matches("\\d+")) {
                number = Integer.valueOf(name);
            }
            if (number != null && number <= pattern.compiled.groups()) {
                return number;
            }
            throw Errors.indexError("no such group");
        }
        int number = Integers.clamp(Numbers.requireIndex(group));
        if (number < 0 || number > pattern.compiled.groups()) {
            throw Errors.indexError("no such group");
        }
        return number;
    }

    private static void fillPattern(BuiltinTable table) {
        for (String name : new String[]{"search", "match", "fullmatch", "findall", "finditer"}) {
            table.simple(name + "(self, string, pos=None, endpos=None)", "Look for the pattern.",
                    b -> run(name, (RePattern) b[0], text(b[1]), b[2], b[3]));
        }
        table.simple("split(self, string, maxsplit=0)", "The text cut where the pattern matches.",
                b -> split((RePattern) b[0], text(b[1]), Args.index(b[2], 0)));
        table.simple("sub(self, repl, string, count=0)", "The text with matches replaced.",
                b -> sub((RePattern) b[0], b[1], text(b[2]), Args.index(b[3], 0)).get(0));
        table.simple("subn(self, repl, string, count=0)", "The text with matches replaced, and how many.",
                b -> sub((RePattern) b[0], b[1], text(b[2]), Args.index(b[3], 0)));
        table.property("pattern", "The text of the pattern.", b -> ((RePattern) b[0]).source);
        table.property("flags", "All flags.", b -> (long) ((RePattern) b[0]).compiled.flags());
        table.property("groups", "How many groups there are.", b -> (long) ((RePattern) b[0]).compiled.groups());
        table.property("groupindex", "The numbers of named groups.", b -> {
            var all = new EbbDict();
            ((RePattern) b[0]).compiled.names().entrySet().stream().sorted(Map.Entry.comparingByValue())
                    .forEach(e -> all.put(e.getKey(), (long) e.getValue()));
            return all;
        });
        table.simple("__repr__(self, /)", "repr(self)", b -> "re.compile(" + Text.repr(((RePattern) b[0]).source) + ")");
    }

    private static ReMatch match(Object[] b) {
        return (ReMatch) b[0];
    }

    private static Object group(ReMatch match, int number, Object otherwise) {
        String part = match.result.group(number);
        return part == null ? otherwise : part;
    }

    private static Object edge(ReMatch match, Object group, boolean start) {
        int number = number(match.pattern, group);
        return (long) Strings.place(match.text, start ? match.result.start(number) : match.result.end(number));
    }

    private static void fillMatch(BuiltinTable table) {
        table.simple("group(self, *groups)", "The text of a group, or of several.", b -> {
            Object[] groups = (Object[]) b[1];
            if (groups.length < 2) {
                return group(match(b), groups.length == 0 ? 0 : number(match(b).pattern, groups[0]), EbbNone.NONE);
            }
            Object[] row = new Object[groups.length];
            for (int i = 0; i < row.length; i++) {
                row[i] = group(match(b), number(match(b).pattern, groups[i]), EbbNone.NONE);
            }
            return new EbbTuple(row);
        });
        table.simple("__getitem__(self, group, /)", "The text of a group.",
                b -> group(match(b), number(match(b).pattern, b[1]), EbbNone.NONE));
        table.simple("groups(self, default=None)", "The texts of all groups.", b -> {
            Object[] row = new Object[match(b).result.groupCount()];
            for (int i = 0; i < row.length; i++) {
                row[i] = group(match(b), i + 1, b[1]);
            }
            return EbbTuple.of(row);
        });
        table.simple("groupdict(self, default=None)", "The texts of all named groups.", b -> {
            var all = new EbbDict();
            match(b).pattern.compiled.names().entrySet().stream().sorted(Map.Entry.comparingByValue())
                    .forEach(e -> all.put(e.getKey(), group(match(b), e.getValue(), b[1])));
            return all;
        });
        table.simple("start(self, group=0, /)", "Where a group starts.", b -> edge(match(b), b[1], true));
        table.simple("end(self, group=0, /)", "Where a group ends.", b -> edge(match(b), b[1], false));
        table.simple("span(self, group=0, /)", "Where a group starts and ends.",
                b -> new EbbTuple(edge(match(b), b[1], true), edge(match(b), b[1], false)));
        table.simple("expand(self, template)", "The template with its references filled in.", b -> {
            var out = new StringBuilder();
            expand(out, text(b[1]), match(b).pattern, match(b).result);
            return out.toString();
        });
        table.property("string", "The text that was searched.", b -> match(b).text);
        table.property("re", "The pattern.", b -> match(b).pattern);
        table.property("pos", "Where the search began.", b -> 0L);
        table.property("lastindex", "The last group that matched.", b -> {
            for (int i = match(b).result.groupCount(); i > 0; i--) {
                if (match(b).result.group(i) != null) {
                    return (long) i;
                }
            }
            return EbbNone.NONE;
        });
        table.simple("__bool__(self, /)", "True.", b -> true);
        table.simple("__repr__(self, /)", "repr(self)", b -> "<re.Match object; span=" + Text.repr(new EbbTuple(edge(match(b), 0L, true),
                edge(match(b), 0L, false))) + ", match=" + Text.repr(match(b).result.group()) + ">");
    }
}
