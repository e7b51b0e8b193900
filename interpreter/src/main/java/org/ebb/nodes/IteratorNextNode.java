package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.NeverDefault;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.nodes.DirectCallNode;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.RootCallTarget;
import org.ebb.runtime.EbbGenerator;
import org.ebb.runtime.EbbIterator;

/** The next value of an iterator, or {@link EbbIterator#END}. */
public abstract class IteratorNextNode extends Node {

    public abstract Object execute(EbbIterator iterator);

    @NeverDefault
    public static IteratorNextNode create() {
        return IteratorNextNodeGen.create();
    }

    @Specialization(guards = "generator.target() == target", limit = "2")
    static Object generator(EbbGenerator generator, @Cached("generator.target()") RootCallTarget target,
            @Cached("create(target)") DirectCallNode call) {
        return generator.resume(call);
    }

    @Specialization(guards = "iterator.getClass() == type", limit = "3", replaces = "generator")
    static Object exact(EbbIterator iterator, @Cached("iterator.getClass()") Class<? extends EbbIterator> type) {
        return CompilerDirectives.castExact(iterator, type).next();
    }

    @Specialization(replaces = {"generator", "exact"})
    @TruffleBoundary(transferToInterpreterOnException = false)
    static Object general(EbbIterator iterator) {
        return iterator.next();
    }
}
