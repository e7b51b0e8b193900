package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;
import java.lang.ref.WeakReference;
import org.ebb.grad.Place;

/**
 * A syntax node as the tape names it. It knows the node's text and not the node: what all contexts of an engine recorded is numbered for as long
 * as the engine lives, and must not keep their programs.
 */
public final class NodePlace implements Place {

    /** The modules that a text ran in hold it, so while anybody can ask, it is there. */
    private final WeakReference<Source> source;
    private final boolean available;
    private final int start;
    private final int length;

    private NodePlace(SourceSection section) {
        source = new WeakReference<>(section == null ? null : section.getSource());
        available = section != null && section.isAvailable();
        start = available ? section.getCharIndex() : 0;
        length = available ? section.getCharLength() : 0;
    }

    @TruffleBoundary
    public static NodePlace of(Node node) {
        return new NodePlace(node.getEncapsulatingSourceSection());
    }

    /** Null for a place outside any text. */
    @TruffleBoundary
    public SourceSection section() {
        Source text = source.get();
        return text == null ? null : available ? text.createSection(start, length) : text.createUnavailableSection();
    }

    @Override
    public boolean isGone() {
        return source.refersTo(null);
    }

    @Override
    @TruffleBoundary
    public String where() {
        SourceSection section = section();
        return section == null ? "an unknown place" : section.getSource().getName() + ":" + section.getStartLine();
    }

    @Override
    @TruffleBoundary
    public String text() {
        SourceSection section = section();
        if (section == null || !section.isAvailable()) {
            return "";
        }
        String text = section.getCharacters().toString().strip().replaceAll("\\s+", " ");
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
