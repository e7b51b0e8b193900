package org.ebb.language;

import com.oracle.truffle.api.TruffleLanguage;
import org.ebb.grad.Sites;
import org.ebb.runtime.EbbContext;

/** Ebb as the polyglot API sees it. */
@TruffleLanguage.Registration(id = EbbLanguage.ID, name = "Ebb", version = "0.1.0", defaultMimeType = EbbLanguage.MIME,
        characterMimeTypes = EbbLanguage.MIME, contextPolicy = TruffleLanguage.ContextPolicy.SHARED)
public final class EbbLanguage extends TruffleLanguage<EbbContext> {

    public static final String ID = "ebb";
    public static final String MIME = "application/x-ebb";

    private final Sites sites = new Sites();

    @Override
    protected EbbContext createContext(Env env) {
        return new EbbContext(env, sites);
    }
}
