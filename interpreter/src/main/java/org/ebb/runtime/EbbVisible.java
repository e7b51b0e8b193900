package org.ebb.runtime;

import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;

/** A value that is more than data: other languages may write its attributes where Ebb may. */
@ExportLibrary(InteropLibrary.class)
public abstract class EbbVisible extends Exported {

    @ExportMessage
    final boolean isMemberModifiable(String name) {
        return Members.isModifiable(this, name);
    }

    @ExportMessage
    final boolean isMemberInsertable(String name) {
        return Members.isInsertable(this, name);
    }

    @ExportMessage
    final void writeMember(String name, Object value) throws UnsupportedMessageException {
        Members.write(this, name, value);
    }
}
