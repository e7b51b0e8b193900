package org.ebb.builtins;

import com.oracle.truffle.api.instrumentation.Instrumenter;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;

/** Lets a program put a {@link LineProfile} around its own statements. Costs nothing before one does. */
@TruffleInstrument.Registration(id = ProfileInstrument.ID, name = "Line profile of Ebb", version = "0.1.0", services = Instrumenter.class)
public final class ProfileInstrument extends TruffleInstrument {

    static final String ID = "ebb-profile";

    @Override
    protected void onCreate(Env env) {
        env.registerService(env.getInstrumenter());
    }
}
