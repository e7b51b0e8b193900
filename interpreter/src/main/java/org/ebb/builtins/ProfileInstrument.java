package org.ebb.builtins;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;

/** Lets a program measure its own lines: see {@link LineProfile}. Costs nothing before somebody asks for it. */
@TruffleInstrument.Registration(id = ProfileInstrument.ID, name = "Line profile of Ebb", version = "0.1.0", services = LineProfile.class)
public final class ProfileInstrument extends TruffleInstrument {

    static final String ID = "ebb-profile";

    @Override
    protected void onCreate(Env env) {
        env.registerService(new LineProfile(env.getInstrumenter()));
    }
}
