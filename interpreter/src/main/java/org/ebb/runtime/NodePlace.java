package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.source.SourceSection;
import org.ebb.grad.Place;

/** A syntax node as the tape names it. */
public final class NodePlace implements Place {

    private final Node node;

    public NodePlace(Node node) {
        this.node = node;
    }

    public Node node() {
        return node;
    }

    @Override
    @TruffleBoundary
    public String where() {
        SourceSection section = node.getEncapsulatingSourceSection();
        return section == null ? "an unknown place" : section.getSource().getName() + ":" + section.getStartLine();
    }

    @Override
    @TruffleBoundary
    public String text() {
        SourceSection section = node.getEncapsulatingSourceSection();
        if (section == null || !section.isAvailable()) {
            return "";
        }
        String text = section.getCharacters().toString().strip().replaceAll("\\s+", " ");
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
