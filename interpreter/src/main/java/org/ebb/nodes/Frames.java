package org.ebb.nodes;

import com.oracle.truffle.api.frame.Frame;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.EbbModule;

/** What every frame of the language has in its arguments: the running function first, then one value per parameter. */
public final class Frames {

    private Frames() {}

    public static EbbFunction function(Frame frame) {
        return (EbbFunction) frame.getArguments()[0];
    }

    public static EbbModule module(Frame frame) {
        return function(frame).module;
    }
}
