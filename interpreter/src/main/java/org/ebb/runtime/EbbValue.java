package org.ebb.runtime;

/** A value that is data; what it offers to other languages beside its attributes is said by the subclass. */
public abstract class EbbValue extends Exported {}
