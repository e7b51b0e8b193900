package org.ebb.runtime;

import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;

/** None: the value of what has no value. A null to other languages. */
@ExportLibrary(InteropLibrary.class)
public final class EbbNone extends EbbValue {

    public static final EbbNone NONE = new EbbNone();

    private EbbNone() {}

    @Override
    boolean isObject() {
        return false;
    }

    @Override
    public EbbClass type() {
        return Types.NONE_TYPE;
    }

    @ExportMessage
    boolean isNull() {
        return true;
    }

    @Override
    public String toString() {
        return "None";
    }
}
