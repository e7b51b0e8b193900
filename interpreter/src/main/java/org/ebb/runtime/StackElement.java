package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.SourceSection;

/** One line of a traceback, for other languages: a function's name and the place inside it. */
@ExportLibrary(InteropLibrary.class)
record StackElement(Node node) implements TruffleObject {

    @ExportMessage
    @TruffleBoundary
    boolean hasExecutableName() {
        RootNode root = node.getRootNode();
        return root != null && root.getName() != null;
    }

    @ExportMessage
    @TruffleBoundary
    Object getExecutableName() throws UnsupportedMessageException {
        if (!hasExecutableName()) {
            throw UnsupportedMessageException.create();
        }
        return node.getRootNode().getName();
    }

    @ExportMessage
    @TruffleBoundary
    boolean hasSourceLocation() {
        return node.getEncapsulatingSourceSection() != null;
    }

    @ExportMessage
    @TruffleBoundary
    SourceSection getSourceLocation() throws UnsupportedMessageException {
        SourceSection section = node.getEncapsulatingSourceSection();
        if (section == null) {
            throw UnsupportedMessageException.create();
        }
        return section;
    }
}
