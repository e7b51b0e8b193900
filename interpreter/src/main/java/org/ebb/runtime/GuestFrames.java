package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.DirectCallNode;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.SourceSection;
import java.util.List;

/**
 * Gives an exception that leaves Ebb the calls it came through, as a host reads them from its stack trace. Truffle would note them while
 * the exception flies, for every exception that a program raises and catches: a hundred nanoseconds for each call. So they are put
 * together where one really leaves: it is thrown again through as many small roots as there were calls.
 */
final class GuestFrames {

    /** Of a deeper stack the innermost calls are shown. */
    private static final int MOST = 100;

    private GuestFrames() {}

    @TruffleBoundary
    static EbbException of(EbbException error) {
        List<Node> calls = error.guest.trace().stream().filter(GuestFrames::isProgram).limit(MOST).toList();
        if (calls.isEmpty()) {
            return error;
        }
        EbbException leaving = new EbbException(error.guest, calls.getFirst());
        TruffleLanguage<?> language = EbbContext.get(null).language();
        Frame frame = null;
        for (Node call : calls) {
            frame = new Frame(language, call, frame, leaving);
        }
        try {
            frame.getCallTarget().call();
        } catch (EbbException again) {
            return again;
        }
        throw new IllegalStateException("nothing was thrown");
    }

    private static boolean isProgram(Node node) {
        SourceSection section = node.getEncapsulatingSourceSection();
        return section != null && !section.getSource().isInternal();
    }

    /** Stands for the function around a node, calls the one inside it, and looks like both to whoever reads the stack. */
    private static final class Frame extends RootNode {
        private final RootNode like;
        private final EbbException leaving;
        @Child private Site site;

        Frame(TruffleLanguage<?> language, Node call, Frame inner, EbbException leaving) {
            super(language);
            this.like = call.getRootNode();
            this.leaving = leaving;
            this.site = inner == null ? null : new Site(call, inner);
        }

        @Override
        public Object execute(VirtualFrame frame) {
            if (site == null) {
                throw leaving;
            }
            return site.call.call();
        }

        @Override
        public String getName() {
            return like.getName();
        }

        @Override
        public String getQualifiedName() {
            return like.getQualifiedName();
        }

        @Override
        public SourceSection getSourceSection() {
            return like.getSourceSection();
        }
    }

    /** A call at the place of another node. */
    private static final class Site extends Node {
        private final Node like;
        @Child private DirectCallNode call;

        Site(Node like, Frame callee) {
            this.like = like;
            this.call = DirectCallNode.create(callee.getCallTarget());
        }

        @Override
        public SourceSection getSourceSection() {
            return like.getEncapsulatingSourceSection();
        }
    }
}
