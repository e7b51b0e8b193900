package org.ebb.runtime;

import com.oracle.truffle.api.CallTarget;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RootNode;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Gives exceptions of the host and of other languages their places in the program. Truffle notes the node of every call they come through,
 * but elements, members and builtins ask the host from Java code that no node is known of. So the node that asked throws the exception
 * once more, through a root that looks to Truffle as if it had been called there and shows in no stack. Naming the node to Truffle
 * before every question instead would cost more than most questions.
 */
final class Passage extends RootNode {

    private final CallTarget target = getCallTarget();

    /** What has its place in the running function already: more than one where a finally block catches another. */
    private final Set<AbstractTruffleException> located = Collections.newSetFromMap(new WeakHashMap<>());

    Passage(TruffleLanguage<?> language) {
        super(language);
    }

    /** Notes where it happened in the running function; the first (innermost) node of each function counts. */
    @TruffleBoundary
    static void at(AbstractTruffleException error, Node node) {
        EbbContext.get(null).passage.note(error, node);
    }

    /** The exception leaves a function: the caller's node comes next. */
    @TruffleBoundary
    static void leave(AbstractTruffleException error) {
        EbbContext.get(null).passage.located.remove(error);
    }

    private void note(AbstractTruffleException error, Node node) {
        if (node.getRootNode() != null && located.add(error)) {
            try {
                target.call(node, error);
            } catch (AbstractTruffleException same) {
                // has taken note
            }
        }
    }

    @Override
    public Object execute(VirtualFrame frame) {
        throw (AbstractTruffleException) frame.getArguments()[0];
    }

    @Override
    public boolean isInternal() {
        return true;
    }
}
