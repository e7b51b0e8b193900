package org.ebb.runtime;

/** The state of one running program. */
public final class EbbContext {}
