package org.ebb.grad;

import org.ebb.op.Trace;
import org.ebb.tensor.Value;

/** The backward of an operation that is no row: one cotangent for each output in, one for each input out (null: none). */
public interface Pullback {

    Value[] apply(Trace t, Value[] cotangents);
}
