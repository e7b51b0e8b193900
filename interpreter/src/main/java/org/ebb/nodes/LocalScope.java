package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.frame.Frame;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.source.SourceSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ebb.runtime.CellBox;
import org.ebb.runtime.ClassNamespace;
import org.ebb.runtime.EbbContext;
import org.ebb.runtime.EbbModule;
import org.ebb.runtime.Foreign;
import org.ebb.runtime.GrowingText;
import org.ebb.runtime.MemberNames;

/** The variables of a running function as debuggers see them: its own and those of functions around it that it uses. */
@ExportLibrary(InteropLibrary.class)
public final class LocalScope implements TruffleObject {

    private final SourceRoot root;
    private final MaterializedFrame frame;

    private LocalScope(SourceRoot root, MaterializedFrame frame) {
        this.root = root;
        this.frame = frame;
    }

    /** The names at a node: those of its module where no function is running. Null where the language has no part in it. */
    static Object at(Node node, Frame frame) {
        if (!hasNames(node, frame)) {
            return null;
        }
        return isModule(frame) ? Frames.module(frame) : new LocalScope((SourceRoot) node.getRootNode(), frame.materialize());
    }

    static boolean hasNames(Node node, Frame frame) {
        return frame != null && frame.getArguments().length != 0 && node.getRootNode() instanceof SourceRoot;
    }

    /** Whether a function runs there. Asked of frames that may only be read: those of callers, where the engine has no compiler. */
    static boolean isOfFunction(Node node, Frame frame) {
        return hasNames(node, frame) && !isModule(frame);
    }

    private static boolean isModule(Frame frame) {
        return Frames.function(frame).code.name.equals("<module>");
    }

    /** The bound variables of a frame, in the order of their slots; in a class body those bound so far. */
    public static Map<String, Object> variables(Frame frame) {
        Object[] arguments = frame.getArguments();
        if (arguments.length > 1 && arguments[1] instanceof ClassNamespace body) {
            return new LinkedHashMap<>(body.names());
        }
        Map<String, Object> all = new LinkedHashMap<>();
        FrameDescriptor descriptor = frame.getFrameDescriptor();
        for (int slot = 0; slot < descriptor.getNumberOfSlots(); slot++) {
            if (descriptor.getSlotName(slot) instanceof String name) {
                Object value = frame.getValue(slot);
                if (value instanceof CellBox cell) {
                    value = cell.value;
                } else if (value instanceof GrowingText text) {
                    value = text.toString();
                }
                if (value != null && !StartLocalNode.isUnbound(value)) {
                    all.put(name, value);
                }
            }
        }
        return all;
    }

    /** The bound variables of functions around this one that it uses. */
    public static Map<String, Object> outer(Frame frame) {
        Map<String, Object> all = new LinkedHashMap<>();
        if (frame.getFrameDescriptor().getInfo() instanceof List<?> names) {
            CellBox[] closure = Frames.function(frame).closure;
            for (int k = 0; k < names.size() && k < closure.length; k++) {
                if (closure[k].value != null) {
                    all.put((String) names.get(k), closure[k].value);
                }
            }
        }
        return all;
    }

    /** Gives a variable of the frame, or of a function around, another value; false where it is none. */
    @TruffleBoundary
    public static boolean write(MaterializedFrame frame, String name, Object value) {
        Object[] arguments = frame.getArguments();
        if (arguments.length > 1 && arguments[1] instanceof ClassNamespace body) {
            body.set(name, value);
            return true;
        }
        FrameDescriptor descriptor = frame.getFrameDescriptor();
        for (int slot = 0; slot < descriptor.getNumberOfSlots(); slot++) {
            if (name.equals(descriptor.getSlotName(slot))) {
                if (frame.getValue(slot) instanceof CellBox cell) {
                    cell.value = value;
                } else {
                    new WriteLocalNode(slot, (LocalKind) descriptor.getSlotInfo(slot)).write(frame, value);
                }
                return true;
            }
        }
        int free = descriptor.getInfo() instanceof List<?> names ? names.indexOf(name) : -1;
        if (free >= 0) {
            Frames.function(frame).closure[free].value = value;
        }
        return free >= 0;
    }

    private Map<String, Object> all() {
        Map<String, Object> all = variables(frame);
        outer(frame).forEach(all::putIfAbsent);
        return all;
    }

    @ExportMessage
    boolean isScope() {
        return true;
    }

    @ExportMessage
    boolean hasLanguage() {
        return true;
    }

    @ExportMessage
    Class<? extends TruffleLanguage<?>> getLanguage() {
        return EbbContext.languageClass();
    }

    @ExportMessage
    Object toDisplayString(@SuppressWarnings("unused") boolean allowSideEffects) {
        return root.getName();
    }

    @ExportMessage
    boolean hasSourceLocation() {
        return true;
    }

    @ExportMessage
    SourceSection getSourceLocation() {
        return root.getSourceSection();
    }

    /** The module's names, where it is not the program's own: a debugger shows those at the end anyway. */
    @ExportMessage
    boolean hasScopeParent() {
        EbbModule module = Frames.module(frame);
        return module != EbbContext.get(null).modules().main();
    }

    @ExportMessage
    Object getScopeParent() throws UnsupportedMessageException {
        if (!hasScopeParent()) {
            throw UnsupportedMessageException.create();
        }
        return Frames.module(frame);
    }

    @ExportMessage
    boolean hasMembers() {
        return true;
    }

    /** As the protocol asks, those of the parent at the end. */
    @ExportMessage
    @TruffleBoundary
    Object getMembers(@SuppressWarnings("unused") boolean includeInternal) {
        List<String> names = new ArrayList<>(all().keySet());
        if (hasScopeParent()) {
            names.addAll(Frames.module(frame).members().keySet());
        }
        return new MemberNames(names);
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberReadable(String name) {
        return all().containsKey(name) || hasScopeParent() && Frames.module(frame).get(name) != null;
    }

    @ExportMessage
    @TruffleBoundary
    Object readMember(String name) throws UnknownIdentifierException {
        Object value = all().get(name);
        if (value == null && hasScopeParent()) {
            value = Frames.module(frame).get(name);
        }
        if (value == null) {
            throw UnknownIdentifierException.create(name);
        }
        return Foreign.out(value);
    }

    @ExportMessage
    boolean isMemberModifiable(String name) {
        return isMemberReadable(name);
    }

    @ExportMessage
    boolean isMemberInsertable(@SuppressWarnings("unused") String name) {
        return false;
    }

    @ExportMessage
    @TruffleBoundary
    void writeMember(String name, Object value) throws UnknownIdentifierException {
        if (!isMemberModifiable(name)) {
            throw UnknownIdentifierException.create(name);
        }
        Object own = Foreign.in(value);
        if (!write(frame, name, own)) {
            Frames.module(frame).set(name, own);
        }
    }
}
