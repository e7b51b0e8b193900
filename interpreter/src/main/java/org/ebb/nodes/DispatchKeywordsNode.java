package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.Node;
import org.ebb.runtime.Binder;
import org.ebb.runtime.Calls;
import org.ebb.runtime.EbbBuiltin;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.FunctionCode;
import org.ebb.runtime.Signature;

/** Calls with keywords whose names are known: where each argument goes is worked out once per callee. */
public abstract class DispatchKeywordsNode extends Node {

    @CompilationFinal(dimensions = 1) final String[] names;

    DispatchKeywordsNode(String[] names) {
        this.names = names;
    }

    abstract Object execute(Object callee, Object[] positional, Object[] values);

    @Specialization(guards = {"function.code == code", "plan != null", "positional.length == count"}, limit = "3")
    Object function(EbbFunction function, Object[] positional, Object[] values, @Cached("function.code") FunctionCode code,
            @Cached("positional.length") int count, @Cached(value = "plan(code.signature, count)", dimensions = 1) int[] plan,
            @Cached("call(code)") CodeCallNode call) {
        Object[] full = new Object[plan.length + 1];
        full[0] = function;
        place(plan, full, 1, positional, values, code.signature);
        return call.call(full);
    }

    @Specialization(guards = {"builtin == cached", "plan != null", "positional.length == count"}, limit = "2")
    Object builtin(EbbBuiltin builtin, Object[] positional, Object[] values, @Cached("builtin") EbbBuiltin cached,
            @Cached("positional.length") int count, @Cached(value = "plan(cached.signature(), count)", dimensions = 1) int[] plan,
            @Cached("create(cached)") BuiltinBody body) {
        Object[] bound = new Object[plan.length];
        place(plan, bound, 0, positional, values, cached.signature());
        return body.execute(bound);
    }

    @Specialization(replaces = {"function", "builtin"})
    Object general(Object callee, Object[] positional, Object[] values) {
        return Calls.call(callee, positional, names, values);
    }

    static CodeCallNode call(FunctionCode code) {
        return new CodeCallNode(code);
    }

    int[] plan(Signature signature, int count) {
        return Binder.plan(signature, count, names);
    }

    @ExplodeLoop
    private static void place(int[] plan, Object[] target, int room, Object[] positional, Object[] values, Signature signature) {
        for (int slot = 0; slot < plan.length; slot++) {
            int from = plan[slot];
            target[room + slot] = from < 0 ? signature.defaults[slot]
                    : from < positional.length ? positional[from] : values[from - positional.length];
        }
    }
}
