package org.ebb.language;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.DirectCallNode;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.Source;
import org.ebb.runtime.CellBox;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbException;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.EbbModule;
import org.ebb.runtime.Foreign;
import org.ebb.runtime.FunctionCode;

/** What the host calls: runs a program in the context's main module, or in one of its own that is its value: see {@link OwnModule}. */
final class ProgramRoot extends RootNode {

    private final Source source;
    private final FunctionCode code;
    private final boolean own;
    @Child private DirectCallNode call;

    ProgramRoot(EbbLanguage language, Source source, FunctionCode code, boolean own) {
        super(language);
        this.source = source;
        this.code = code;
        this.own = own;
        this.call = DirectCallNode.create(code.target(false));
    }

    @Override
    public Object execute(VirtualFrame frame) {
        EbbContext context = EbbContext.get(this);
        EbbModule module = prepare(context);
        try {
            Object value = Foreign.out(call.call(new EbbFunction(code, module, new CellBox[0], null)));
            return own ? module : value;
        } catch (EbbException error) {
            throw error.leaveEbb();
        } finally {
            context.flush();
        }
    }

    @TruffleBoundary
    private EbbModule prepare(EbbContext context) {
        EbbModule module = own ? context.modules().mainOfItsOwn() : context.modules().main();
        context.keepReserve();
        EbbLanguage.noteScript(context, source);
        module.ran(source);
        if (code.doc != null) {
            module.set("__doc__", code.doc);
        }
        return module;
    }

    @Override
    public boolean isInternal() {
        return true;
    }
}
