package org.ebb.runtime;

/** A value that knows its own class. Every value of the interpreter that is not a plain Java or engine object is one. */
public interface Typed {

    EbbClass type();
}
