package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.RootNode;
import java.util.function.Supplier;
import org.ebb.op.Op;

/** A function or method written in Java. A method's signature names the receiver first. */
public final class EbbBuiltin extends EbbVisible {

    public final String name;
    public final String signatureText;
    public final String doc;
    /** The type it is a method of, or null. */
    public final EbbClass owner;
    /** What its node is, or null where {@link #simple} serves every call. Where both are, they do the same. */
    public final Supplier<? extends BuiltinNode> node;
    public final BuiltinNode.Simple simple;
    /** The row of the operation table that it applies to its arguments, or null. */
    public final Op row;
    /** As messages name it. */
    private final String shown;
    /** How many of its parameters a call does not write, or -1 where messages shall be those of a function of the program. */
    private final int hidden;
    @CompilationFinal private Signature signature;
    private RootCallTarget target;

    EbbBuiltin(EbbClass owner, String shown, int hidden, String signatureText, String doc, Supplier<? extends BuiltinNode> node,
            BuiltinNode.Simple simple, Op row) {
        this.name = SignatureText.nameOf(signatureText);
        this.signatureText = signatureText;
        this.doc = doc;
        this.owner = owner;
        this.node = node;
        this.simple = simple;
        this.row = row;
        this.shown = shown;
        this.hidden = hidden;
    }

    /** A builtin function of no module: for values that builtins hand out. */
    public static EbbBuiltin function(String signature, String doc, BuiltinNode.Simple body) {
        return new EbbBuiltin(null, SignatureText.nameOf(signature), -1, signature, doc, null, body, null);
    }

    /** As {@link #function}, under another name in messages. */
    public static EbbBuiltin shown(String shown, String signature, String doc, BuiltinNode.Simple body) {
        return new EbbBuiltin(null, shown, -1, signature, doc, null, body, null);
    }

    @Override
    public EbbClass type() {
        return Types.BUILTIN_FUNCTION;
    }

    public Signature signature() {
        Signature known = signature;
        return known != null ? known : readSignature();
    }

    @TruffleBoundary
    private Signature readSignature() {
        signature = SignatureText.read(signatureText, shown, hidden);
        return signature;
    }

    /** A method of a builtin type works on the payload of an instance that inherits from the type. */
    public void unwrapSelf(Object[] bound) {
        if (owner == null || owner == Types.OBJECT || bound.length == 0) {
            return;
        }
        Object self = bound[0];
        EbbClass type = Types.of(self);
        if (type == owner) {
            return;
        }
        if (!type.isSubclassOf(owner)) {
            throw wrongSelf(type);
        }
        if (self instanceof EbbObject object && object.payload != null) {
            bound[0] = object.payload;
        }
    }

    @TruffleBoundary
    private EbbException wrongSelf(EbbClass type) {
        return Errors.typeError("descriptor '" + name + "' for '" + owner.name + "' objects doesn't apply to a '" + type.name + "' object");
    }

    /** Runs it with arguments that are bound already; the slow path for callers without a node. */
    @TruffleBoundary(transferToInterpreterOnException = false)
    public Object call(Object[] bound) {
        unwrapSelf(bound);
        return simple != null ? simple.call(bound) : target().call(bound);
    }

    private synchronized RootCallTarget target() {
        if (target == null) {
            target = new Root(node.get()).getCallTarget();
        }
        return target;
    }

    private static final class Root extends RootNode {
        @Child private BuiltinNode body;

        Root(BuiltinNode body) {
            super(null);
            this.body = body;
        }

        @Override
        public Object execute(VirtualFrame frame) {
            return body.execute(frame.getArguments());
        }
    }
}
