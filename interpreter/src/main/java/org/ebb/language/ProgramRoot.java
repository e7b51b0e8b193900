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
import org.graalvm.options.OptionValues;

/** What the host calls: runs a program in the context's main module, or in one of its own that is its value: see {@link SourceOptions}. */
final class ProgramRoot extends RootNode {

    private final Source source;
    private final FunctionCode code;
    private final Answer answer;
    @Child private DirectCallNode call;

    ProgramRoot(EbbLanguage language, Source source, FunctionCode code, Answer answer) {
        super(language);
        this.source = source;
        this.code = code;
        this.answer = answer;
        this.call = DirectCallNode.create(code.target(false));
    }

    /** What the host is answered. */
    enum Answer {
        VALUE, MODULE, NOTHING;

        static Answer of(OptionValues options) {
            return options.get(SourceOptions.OWN_MODULE) ? MODULE : options.get(SourceOptions.VALUE) ? VALUE : NOTHING;
        }
    }

    @Override
    public Object execute(VirtualFrame frame) {
        EbbContext context = EbbContext.get(this);
        EbbModule module = prepare(context);
        try {
            Object value = call.call(new EbbFunction(code, module, new CellBox[0], null));
            return switch (answer) {
                case VALUE -> Foreign.out(value);
                case MODULE -> module;
                case NOTHING -> true;
            };
        } catch (EbbException error) {
            throw error.leaveEbb();
        } finally {
            context.flush();
        }
    }

    @TruffleBoundary
    private EbbModule prepare(EbbContext context) {
        EbbModule module = answer == Answer.MODULE ? context.modules().mainOfItsOwn() : context.modules().main();
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
