package org.ebb.builtins;

import com.oracle.truffle.api.TruffleSafepoint;
import java.time.Instant;
import java.time.ZonedDateTime;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Numbers;

/** The module time. */
final class TimeModule {

    /** So many nanoseconds are the most that a long counts. */
    private static final double MOST_SECONDS = Long.MAX_VALUE / 1e9;

    private TimeModule() {}

    static void fill(BuiltinTable table) {
        table.simple("time()", "Seconds since 1970.", b -> {
            Instant now = Instant.now();
            return now.getEpochSecond() + now.getNano() / 1e9;
        });
        table.simple("time_ns()", "Nanoseconds since 1970.", b -> {
            Instant now = Instant.now();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        });
        for (String name : new String[]{"perf_counter", "monotonic"}) {
            table.simple(name + "()", "Seconds of a clock that only goes forward.", b -> System.nanoTime() / 1e9);
            table.simple(name + "_ns()", "Nanoseconds of a clock that only goes forward.", b -> System.nanoTime());
        }
        for (String name : new String[]{"process_time", "thread_time"}) {
            table.simple(name + "()", "Seconds of work of this program.", b -> work() / 1e9);
            table.simple(name + "_ns()", "Nanoseconds of work of this program.", b -> work());
        }
        table.simple("sleep(seconds, /)", "Do nothing for a while.", b -> {
            double seconds = Numbers.requireDouble(b[0]);
            if (seconds < 0 || Double.isNaN(seconds)) {
                throw Errors.valueError(seconds < 0 ? "sleep length must be non-negative" : "Invalid value NaN (not a number)");
            }
            if (seconds > MOST_SECONDS) {
                throw Errors.overflow("timestamp too large to convert to C _PyTime_t");
            }
            long end = System.nanoTime() + (long) (seconds * 1e9);
            for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                long pause = left;
                TruffleSafepoint.setBlockedThreadInterruptible(null, n -> Thread.sleep(n / 1_000_000, (int) (n % 1_000_000)), pause);
            }
            return EbbNone.NONE;
        });
        table.simple("strftime(format, t=None, /)", "The time of day as text.", b -> {
            var now = ZonedDateTime.now();
            return strftime(Args.str(b[0], "strftime() argument 1"), now);
        });
        table.simple("ctime(seconds=None, /)", "A time as text.", b -> {
            var at = MathModule.isNone(b[0]) ? ZonedDateTime.now() : Instant.ofEpochSecond((long) Numbers.requireDouble(b[0]))
                    .atZone(java.time.ZoneId.systemDefault());
            return strftime("%a %b %e %H:%M:%S %Y", at);
        });
    }

    /** Processor time needs a module that not every host has; the time since the start of the JVM's clock stands in for it. */
    private static long work() {
        return ProcessHandle.current().info().totalCpuDuration().map(java.time.Duration::toNanos).orElseGet(System::nanoTime);
    }

    private static String strftime(String format, ZonedDateTime t) {
        var out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
                continue;
            }
            c = format.charAt(++i);
            String pattern = switch (c) {
                case 'Y' -> "yyyy";
                case 'm' -> "MM";
                case 'd' -> "dd";
                case 'H' -> "HH";
                case 'M' -> "mm";
                case 'S' -> "ss";
                case 'y' -> "yy";
                case 'j' -> "DDD";
                case 'a' -> "EEE";
                case 'A' -> "EEEE";
                case 'b' -> "MMM";
                case 'B' -> "MMMM";
                case 'p' -> "a";
                case 'I' -> "hh";
                case 'f' -> "SSSSSS";
                case 'e' -> "ppd";
                case 'F' -> "yyyy-MM-dd";
                case 'T' -> "HH:mm:ss";
                case '%' -> "'%'";
                default -> throw Errors.valueError("strftime: '%" + c + "' is not known to Ebb");
            };
            out.append(java.time.format.DateTimeFormatter.ofPattern(pattern, java.util.Locale.ENGLISH).format(t));
        }
        return out.toString();
    }
}
