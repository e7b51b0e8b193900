package org.ebb.nodes;

import com.oracle.truffle.api.Assumption;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.NeverDefault;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.object.Shape;
import com.oracle.truffle.api.source.SourceSection;
import org.ebb.runtime.Attributes;
import org.ebb.runtime.Binding;
import org.ebb.runtime.EbbBuiltin;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbFunction;
import org.ebb.runtime.EbbModule;
import org.ebb.runtime.EbbObject;
import org.ebb.runtime.EbbSuper;
import org.ebb.runtime.Fields;
import org.ebb.runtime.Foreign;
import org.ebb.runtime.Types;
import org.ebb.syntax.Span;

/** Finds what {@code receiver.name} calls: either an {@link Unbound} function that takes the receiver first, or a ready value. */
public abstract class FindMethodNode extends Node {

    /** A function found in the class. The receiver is its first argument. */
    public record Unbound(Object function) {}

    final String name;
    private int start;
    private int length;

    FindMethodNode(String name) {
        this.name = name;
    }

    @NeverDefault
    public static FindMethodNode create(String name) {
        return FindMethodNodeGen.create(name);
    }

    /** Where {@code receiver.name} stands, without the arguments behind it. */
    public final FindMethodNode placed(Span span) {
        start = span.start();
        length = span.length();
        return this;
    }

    @Override
    @TruffleBoundary
    public SourceSection getSourceSection() {
        RootNode root = length == 0 ? null : getRootNode();
        return root instanceof SourceRoot own ? own.source().createSection(start, length) : null;
    }

    public abstract Object execute(Object receiver);

    @Specialization(guards = {"object.getShape() == shape", "inClass"}, assumptions = "layout", limit = "4")
    Object instance(EbbObject object, @Cached("object.getShape()") Shape shape, @Cached("layoutOf(shape)") Assumption layout,
            @Cached("memberOf(shape)") ClassMember member, @Cached("isInClass(shape)") boolean inClass) {
        return member.get() instanceof EbbFunction function ? new Unbound(function) : general(object);
    }

    /** A method behind a class. Its receiver is the object that super() was called for. */
    @Specialization(guards = {"behind.start == start", "typeOfSelf(behind) == type", "type != null"}, assumptions = "layout", limit = "3")
    Object behind(EbbSuper behind, @Cached("behind.start") EbbClass start, @Cached("typeOfSelf(behind)") EbbClass type,
            @Cached("layoutOf(type)") Assumption layout, @Cached("memberBehind(start, type)") ClassMember member) {
        return member.get() instanceof EbbFunction function ? new Unbound(function) : general(behind);
    }

    /** The class of the object, null for what is no plain object. */
    static EbbClass typeOfSelf(EbbSuper behind) {
        return behind.self instanceof EbbObject object ? object.type() : null;
    }

    static Assumption layoutOf(EbbClass type) {
        return type == null ? Assumption.NEVER_VALID : type.layout();
    }

    ClassMember memberBehind(EbbClass start, EbbClass type) {
        return ClassMember.behind(start, type, name);
    }

    /** Not an attribute of the object itself. */
    boolean isInClass(Shape shape) {
        return Fields.inShape(shape) && !shape.hasProperty(name);
    }

    static Assumption layoutOf(Shape shape) {
        return ((EbbClass) shape.getDynamicType()).layout();
    }

    ClassMember memberOf(Shape shape) {
        return ClassMember.of(shape.getDynamicType(), name);
    }

    /** A value of a builtin type: the Java class says which. */
    @Specialization(guards = {"receiver.getClass() == javaClass", "typeOf(receiver) == type", "method != null"}, limit = "4")
    Object builtin(Object receiver, @Cached("receiver.getClass()") Class<?> javaClass, @Cached("typeOf(receiver)") EbbClass type,
            @Cached("builtinMethod(receiver, type)") Unbound method) {
        return method;
    }

    static EbbClass typeOf(Object receiver) {
        return Types.of(receiver);
    }

    /** Values whose attributes are not only those of their class. */
    private static boolean hasNamesOfItsOwn(Object receiver) {
        return receiver instanceof EbbObject || receiver instanceof EbbClass || receiver instanceof EbbModule || receiver instanceof EbbSuper
                || Foreign.is(receiver);
    }

    Unbound builtinMethod(Object receiver, EbbClass type) {
        if (hasNamesOfItsOwn(receiver)) {
            return null;
        }
        return type.lookup(name) instanceof EbbBuiltin builtin && builtin.owner != null ? new Unbound(builtin) : null;
    }

    @Specialization(guards = {"module == cached", "binding.isBound()"}, limit = "1")
    Object module(EbbModule module, @Cached("module") EbbModule cached, @Cached("module.binding(name)") Binding binding,
            @Cached("binding.constant()") Binding.Constant constant) {
        Object value = constant.get();
        return constant.isValid() ? value : binding.get();
    }

    @Specialization(replaces = {"instance", "behind", "module", "builtin"})
    @TruffleBoundary
    Object general(Object receiver) {
        if (!hasNamesOfItsOwn(receiver) && Types.of(receiver).lookup(name) instanceof EbbBuiltin builtin && builtin.owner != null) {
            return new Unbound(builtin);
        }
        return Attributes.get(receiver, name);
    }
}
