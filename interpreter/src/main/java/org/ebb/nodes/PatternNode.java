package org.ebb.nodes;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.Node;

/** A pattern of {@code case}: says whether a value fits and binds the names in it. */
public abstract class PatternNode extends Node {

    public abstract boolean matches(VirtualFrame frame, Object value);
}
