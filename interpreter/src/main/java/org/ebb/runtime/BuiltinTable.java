package org.ebb.runtime;

import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.ebb.op.Op;

/**
 * Fills a builtin type or a builtin module. Signatures are text, read at the first call: {@code sorted(iterable, /, *, key=None)};
 * {@code x=?} is optional without a value of its own. A method's signature names its receiver first.
 */
public final class BuiltinTable {

    private final EbbClass owner;
    private final BiConsumer<String, Object> define;
    private final EbbModule module;

    private BuiltinTable(EbbClass owner, EbbModule module, BiConsumer<String, Object> define) {
        this.owner = owner;
        this.module = module;
        this.define = define;
    }

    static BuiltinTable of(EbbClass type) {
        return new BuiltinTable(type, null, type::fillIn);
    }

    public static BuiltinTable of(EbbModule module) {
        return new BuiltinTable(null, module, module::set);
    }

    /** The module that is filled, or null for a type. */
    public EbbModule module() {
        return module;
    }

    /** A function with a node of its own; in a type's table, a method. */
    public BuiltinTable function(String signature, String doc, Supplier<? extends BuiltinNode> node) {
        return add(made(signature, doc, node, null));
    }

    /** As {@link #function(String, String, Supplier)}, where {@code body} does the same for callers that have no node. */
    public BuiltinTable function(String signature, String doc, Supplier<? extends BuiltinNode> node, BuiltinNode.Simple body) {
        return add(made(signature, doc, node, body));
    }

    /** A function that runs behind a boundary; in a type's table, a method. */
    public BuiltinTable simple(String signature, String doc, BuiltinNode.Simple body) {
        return add(made(signature, doc, null, body));
    }

    /**
     * A function that applies a row of the operation table; its messages are those of a function of a program, which name the argument.
     * {@code node} does what {@code body} does, where a call has a node; it may be null.
     */
    public BuiltinTable row(Op row, String signature, String doc, Supplier<? extends BuiltinNode> node, BuiltinNode.Simple body) {
        String name = SignatureText.nameOf(signature);
        return add(new EbbBuiltin(owner, shown(name), -1, signature, doc, node, body, row));
    }

    private EbbBuiltin made(String signature, String doc, Supplier<? extends BuiltinNode> node, BuiltinNode.Simple body) {
        String name = SignatureText.nameOf(signature);
        return new EbbBuiltin(owner, shown(name), owner == null ? 0 : 1, signature, doc, node, body, null);
    }

    /** A constructor goes by the name of its type. */
    private String shown(String name) {
        boolean constructor = name.equals("__new__") || name.equals("__init__");
        return owner == null ? name : constructor ? owner.name : owner.name + "." + name;
    }

    private BuiltinTable add(EbbBuiltin builtin) {
        define.accept(builtin.name, builtin);
        return this;
    }

    /** A function that is found in the type but not given the instance. */
    public BuiltinTable staticMethod(String signature, String doc, BuiltinNode.Simple body) {
        String name = SignatureText.nameOf(signature);
        var builtin = new EbbBuiltin(null, shown(name), name.equals("__new__") ? 1 : 0, signature, doc, null, body, null);
        define.accept(name, new StaticMethod(builtin));
        return this;
    }

    /** A function whose first argument is the class it was taken from. */
    public BuiltinTable classMethod(String signature, String doc, BuiltinNode.Simple body) {
        String name = SignatureText.nameOf(signature);
        define.accept(name, new ClassMethod(new EbbBuiltin(null, shown(name), 1, signature, doc, null, body, null)));
        return this;
    }

    /** An attribute computed from the receiver, which is {@code bound[0]}. */
    public BuiltinTable property(String name, String doc, BuiltinNode.Simple getter) {
        define.accept(name, new EbbProperty(made(name + "(self, /)", doc, null, getter), null, null, doc));
        return this;
    }

    /** An attribute that can be written too: the setter's {@code bound} is receiver and value. */
    public BuiltinTable property(String name, String doc, BuiltinNode.Simple getter, BuiltinNode.Simple setter) {
        define.accept(name, new EbbProperty(made(name + "(self, /)", doc, null, getter),
                made(name + "(self, value, /)", doc, null, setter), null, doc));
        return this;
    }

    public BuiltinTable constant(String name, Object value) {
        define.accept(name, value);
        return this;
    }
}
