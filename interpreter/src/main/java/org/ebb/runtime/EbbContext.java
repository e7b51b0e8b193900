package org.ebb.runtime;

import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.TruffleLanguage.ContextReference;
import com.oracle.truffle.api.nodes.Node;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.ebb.language.EbbLanguage;

/** The state of one running program. */
public final class EbbContext {

    private static final ContextReference<EbbContext> REFERENCE = ContextReference.create(EbbLanguage.class);

    private final TruffleLanguage.Env env;
    private final EbbModule builtins = new EbbModule("builtins");

    /** The exception that an {@code except} block is handling, or null. */
    public ExceptionObject handling;

    /** The containers whose text is being made, outermost first: one met again inside itself is cut short. */
    private final ArrayList<Object> printing = new ArrayList<>();

    /** The tape of this program; owned by the nodes that record. */
    public Object tape;

    public EbbContext(TruffleLanguage.Env env) {
        this.env = env;
    }

    /** The context of the running program. Give the calling node where there is one, else null. */
    public static EbbContext get(Node node) {
        return REFERENCE.get(node);
    }

    /** For interop's getLanguage. */
    public static Class<EbbLanguage> languageClass() {
        return EbbLanguage.class;
    }

    public TruffleLanguage.Env env() {
        return env;
    }

    public List<Object> printing() {
        return printing;
    }

    public EbbModule builtins() {
        return builtins;
    }

    public OutputStream out() {
        return env.out();
    }

    public OutputStream err() {
        return env.err();
    }

    public InputStream in() {
        return env.in();
    }
}
