package org.ebb.language;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.DirectCallNode;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.Source;
import org.ebb.runtime.CellBox;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.Foreign;
import org.ebb.runtime.FunctionCode;

/** What the host calls: runs a program in the context's main module. */
final class ProgramRoot extends RootNode {

    private final Source source;
    private final FunctionCode code;
    @Child private DirectCallNode call;

    ProgramRoot(EbbLanguage language, Source source, FunctionCode code) {
        super(language);
        this.source = source;
        this.code = code;
        this.call = DirectCallNode.create(code.target(false));
    }

    @Override
    public Object execute(VirtualFrame frame) {
        EbbContext context = EbbContext.get(this);
        prepare(context);
        try {
            return Foreign.out(call.call(new EbbFunction(code, context.modules().main(), new CellBox[0], null)));
        } finally {
            context.flush();
        }
    }

    @TruffleBoundary
    private void prepare(EbbContext context) {
        context.keepReserve();
        EbbLanguage.noteScript(context, source);
        context.modules().main().ran(source);
        if (code.doc != null) {
            context.modules().main().set("__doc__", code.doc);
        }
    }

    @Override
    public boolean isInternal() {
        return true;
    }
}
