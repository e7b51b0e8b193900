package org.ebb.builtins;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.EventBinding;
import com.oracle.truffle.api.instrumentation.EventContext;
import com.oracle.truffle.api.instrumentation.ExecutionEventNode;
import com.oracle.truffle.api.instrumentation.Instrumenter;
import com.oracle.truffle.api.instrumentation.SourceSectionFilter;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ebb.grad.Meter;
import org.ebb.grad.Place;
import org.ebb.grad.Tape;
import org.ebb.nodes.YieldException;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.NodePlace;

/**
 * Time, recorded operations and tape memory of each line, measured exactly: at every statement's beginning and end a clock is read. A line
 * has the time of its own statements, without that of the lines they call, and with that of the library functions they call. What a
 * backward spends on an entry belongs to the line that recorded it.
 *
 * <p>Reading the clock costs some 50 ns a statement, which is part of what is measured: lines of few operations on numbers look slower than
 * they are, beside lines that work on tensors.
 */
public final class LineProfile implements Meter {

    /** What an entry without tensors takes. */
    private static final int ENTRY_BYTES = 28;

    /** One line of a program; of a negative number the time outside of any line. */
    static final class Line {
        final Source source;
        final int number;
        long hits;

        /** How many of its runs stopped at a yield: going on is no new one. */
        int suspended;
        long forward;
        long backward;
        long operations;
        long bytes;

        Line(Source source, int number) {
            this.source = source;
            this.number = number;
        }
    }

    private record Key(Source source, int line) {}

    private final Instrumenter instrumenter;

    /** Of all programs of the engine, since their nodes are shared; the other ones' lines stay untouched. */
    private final Map<Key, Line> lines = new ConcurrentHashMap<>();
    private EventBinding<?> binding;

    private final EbbContext measured;
    private final Tape tape;

    /** The statements that run now, outermost first. */
    private Line[] running = new Line[64];
    private int depth;

    /** When and where on the tape the last event was. */
    private long last;
    private long position;

    /** The line that a backward works for now, or null outside of a backward. */
    private Line swept;

    /** The storage that was counted, by identity: to hold on to it would change what is measured. */
    private final Set<Integer> counted = new HashSet<>();
    private long began;
    private long wall;

    LineProfile(Instrumenter instrumenter, EbbContext measured) {
        this.instrumenter = instrumenter;
        this.measured = measured;
        this.tape = measured.tape();
    }

    /** Begins anew. */
    void start() {
        stop();
        lines.clear();
        counted.clear();
        tape.meter = this;
        running[0] = new Line(null, -1);
        depth = 1;
        swept = null;
        SourceSectionFilter filter = SourceSectionFilter.newBuilder().tagIs(StandardTags.StatementTag.class, StandardTags.RootTag.class)
                .includeInternal(false).build();
        binding = instrumenter.attachExecutionEventFactory(filter, Events::new);
        position = tape.position();
        last = System.nanoTime();
        began = last;
        wall = 0;
    }

    /** Measures no more. */
    public void stop() {
        if (binding != null) {
            settle();
            wall = last - began;
            binding.dispose();
            binding = null;
            tape.meter = null;
        }
    }

    /** Nanoseconds from the start to the stop, or to now. */
    long wall() {
        return binding == null ? wall : System.nanoTime() - began;
    }

    /** Time that no line of a program was running, such as that of the library on its way in. */
    long elsewhere() {
        return running[0].forward;
    }

    Collection<Line> lines() {
        var all = new ArrayList<>(lines.values());
        all.removeIf(line -> line.hits == 0 && line.forward == 0 && line.backward == 0);
        all.sort((a, b) -> {
            int bySource = a.source.getName().compareTo(b.source.getName());
            return bySource != 0 ? bySource : Integer.compare(a.number, b.number);
        });
        return all;
    }

    private Line line(SourceSection section) {
        return lines.computeIfAbsent(new Key(section.getSource(), section.getStartLine()), key -> new Line(key.source, key.line));
    }

    /** Gives the time and the entries since the last event to whom they belong. */
    private void settle() {
        long now = System.nanoTime();
        Line line = running[depth - 1];
        if (swept != null) {
            swept.backward += now - last;
        } else {
            line.forward += now - last;
        }
        last = now;
        long reached = tape.position();
        if (reached > position) {
            line.operations += reached - position;
            line.bytes += ENTRY_BYTES * (reached - position);
            tape.kept(position, storage -> {
                if (storage.length() > 0 && counted.add(System.identityHashCode(storage))) {
                    line.bytes += storage.length() * storage.dtype().bytes;
                }
            });
        }
        position = reached;
    }

    @TruffleBoundary
    private void enter(Line line, boolean counts) {
        settle();
        if (depth == running.length) {
            running = Arrays.copyOf(running, 2 * depth);
        }
        running[depth++] = line;
        if (counts && line.suspended > 0) {
            line.suspended--;
        } else if (counts) {
            line.hits++;
        }
    }

    @TruffleBoundary
    private void leave() {
        settle();
        if (depth > 1) {
            depth--;
        }
    }

    @Override
    public void at(Place place) {
        settle();
        swept = null;
        if (place instanceof NodePlace known) {
            SourceSection section = known.section();
            swept = section == null || section.getSource().isInternal() ? running[depth - 1] : line(section);
        } else if (place != null) {
            swept = running[depth - 1];
        }
    }

    private final class Events extends ExecutionEventNode {
        private final Line line;
        private final boolean statement;

        Events(EventContext context) {
            line = line(context.getInstrumentedSourceSection());
            statement = context.hasTag(StandardTags.StatementTag.class);
        }

        @Override
        protected void onEnter(VirtualFrame frame) {
            if (EbbContext.get(this) == measured) {
                enter(line, statement);
            }
        }

        @Override
        protected void onReturnValue(VirtualFrame frame, Object result) {
            if (EbbContext.get(this) == measured) {
                leave();
            }
        }

        @Override
        protected void onReturnExceptional(VirtualFrame frame, Throwable thrown) {
            if (EbbContext.get(this) == measured) {
                if (statement && thrown instanceof YieldException) {
                    line.suspended++;
                }
                leave();
            }
        }
    }
}
