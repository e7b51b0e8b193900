package org.ebb.nodes;

import com.oracle.truffle.api.dsl.TypeSystem;

/** The types that nodes hand on without a box. */
@TypeSystem({boolean.class, long.class, double.class})
public abstract class EbbTypes {}
