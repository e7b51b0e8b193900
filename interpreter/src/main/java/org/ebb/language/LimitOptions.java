package org.ebb.language;

import com.oracle.truffle.api.Option;
import java.time.Duration;
import java.util.Locale;
import org.graalvm.options.OptionCategory;
import org.graalvm.options.OptionKey;
import org.graalvm.options.OptionStability;
import org.graalvm.options.OptionType;
import org.graalvm.polyglot.SandboxPolicy;

/** The options of a context that say how much an evaluation may take. */
@Option.Group(EbbLanguage.ID)
final class LimitOptions {

    @Option(name = "max-steps", help = "How many steps an evaluation may take: turns of loops and calls of functions.", usageSyntax = "<number>",
            category = OptionCategory.USER, stability = OptionStability.STABLE, sandbox = SandboxPolicy.CONSTRAINED)
    static final OptionKey<Long> STEPS = new OptionKey<>(0L, new OptionType<>("steps", LimitOptions::steps));

    @Option(name = "timeout", help = "How long an evaluation may take: 2s, 500ms, or a number of seconds.", usageSyntax = "<time>",
            category = OptionCategory.USER, stability = OptionStability.STABLE, sandbox = SandboxPolicy.CONSTRAINED)
    static final OptionKey<Duration> TIME = new OptionKey<>(Duration.ZERO, new OptionType<>("time", LimitOptions::time));

    @Option(name = "max-memory", help = "How much memory a program may have for tensors, recordings, lists, dicts and texts: 512MB, 2GB.",
            usageSyntax = "<size>", category = OptionCategory.USER, stability = OptionStability.STABLE, sandbox = SandboxPolicy.CONSTRAINED)
    static final OptionKey<Long> MEMORY = new OptionKey<>(0L, new OptionType<>("size", LimitOptions::size));

    private LimitOptions() {}

    private static long size(String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT).replaceFirst("B$", "");
        int unit = upper.isEmpty() ? -1 : "KMG".indexOf(upper.charAt(upper.length() - 1));
        try {
            double bytes = Double.parseDouble(unit < 0 ? upper : upper.substring(0, upper.length() - 1)) * (1L << 10 * (unit + 1));
            if (bytes >= 1 && bytes < 1e18) {
                return (long) bytes;
            }
        } catch (NumberFormatException wrong) {
            // told below
        }
        throw new IllegalArgumentException("a size is a number of bytes above 0, or one with KB, MB or GB, such as 512MB, not '" + text + "'");
    }

    private static long steps(String text) {
        try {
            long steps = Long.parseLong(text.strip().replace("_", ""));
            if (steps > 0) {
                return steps;
            }
        } catch (NumberFormatException wrong) {
            // told below
        }
        throw new IllegalArgumentException("a number of steps is a whole number above 0, such as 1000000, not '" + text + "'");
    }

    private static Duration time(String text) {
        String number = text.strip().toLowerCase(Locale.ROOT);
        double unit = number.endsWith("ms") ? 1e6 : 1e9;
        try {
            double nanos = Double.parseDouble(number.replaceFirst("m?s$", "")) * unit;
            if (nanos >= 1 && nanos < 1e18) {
                return Duration.ofNanos((long) nanos);
            }
        } catch (NumberFormatException wrong) {
            // told below
        }
        throw new IllegalArgumentException("a time is a number of seconds above 0, such as 1.5, 1.5s or 1500ms, not '" + text + "'");
    }
}
