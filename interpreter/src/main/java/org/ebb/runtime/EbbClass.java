package org.ebb.runtime;

import com.oracle.truffle.api.Assumption;
import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.object.Shape;
import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** A class: builtin (immutable, shared by all contexts, its table filled at first use) or made by a program. */
@ExportLibrary(InteropLibrary.class)
public final class EbbClass extends EbbVisible {

    public final String name;
    public final boolean builtin;
    @CompilationFinal(dimensions = 1) private final EbbClass[] bases;
    @CompilationFinal(dimensions = 1) private final EbbClass[] order;
    private final Map<String, Binding> names = new LinkedHashMap<>();
    private final Shape instanceShape;
    @CompilationFinal private volatile Shape recordedShape;
    private List<Consumer<BuiltinTable>> unfilled = List.of();
    private final List<WeakReference<EbbClass>> subclasses = new ArrayList<>();
    private Assumption layout = Truffle.getRuntime().createAssumption("the class keeps its names");

    private EbbClass(String name, boolean builtin, EbbClass[] bases) {
        this.name = name;
        this.builtin = builtin;
        this.bases = bases;
        this.order = MethodOrder.of(this, bases);
        this.instanceShape = shape(0);
    }

    /** A builtin type. Its methods come from {@link #fillWith}. */
    static EbbClass builtin(String name, EbbClass... bases) {
        return new EbbClass(name, true, bases);
    }

    /** A class of a program; without bases it inherits from object. */
    @TruffleBoundary
    public static EbbClass create(String name, EbbClass... bases) {
        EbbClass made = new EbbClass(name, false, bases.length == 0 ? new EbbClass[] {Types.OBJECT} : bases);
        for (EbbClass base : made.bases) {
            if (!base.builtin) { // a builtin type is shared by all programs and must not know theirs
                base.subclasses.add(new WeakReference<>(made));
            }
        }
        return made;
    }

    /** Adds a table of methods, filled when the type is first asked for a name. */
    public synchronized void fillWith(Consumer<BuiltinTable> table) {
        var all = new ArrayList<>(unfilled);
        all.add(table);
        unfilled = all;
    }

    private synchronized void fill() {
        var todo = unfilled;
        unfilled = List.of();
        for (var table : todo) {
            table.accept(BuiltinTable.of(this));
        }
    }

    @Override
    public EbbClass type() {
        return Types.TYPE;
    }

    public EbbClass[] bases() {
        return bases;
    }

    /** The class itself and all it inherits from, in the order in which names are looked up. */
    public EbbClass[] order() {
        return order;
    }

    public Shape instanceShape() {
        return instanceShape;
    }

    /** The shape that objects made inside recordings begin with: see {@link Fields#RECORDED}. */
    public Shape recordedShape() {
        Shape known = recordedShape;
        if (known == null) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            known = shape(Fields.RECORDED);
            recordedShape = known;
        }
        return known;
    }

    private Shape shape(int flags) {
        return Shape.newBuilder().layout(EbbObject.class, MethodHandles.lookup()).dynamicType(this).shapeFlags(flags).build();
    }

    /** Valid for as long as no name is added to or removed from this class or one above it. */
    public Assumption layout() {
        return layout;
    }

    /** The classes that inherit directly from this one and are still in use. */
    @TruffleBoundary
    public Object[] subclasses() {
        return subclasses.stream().map(WeakReference::get).filter(Objects::nonNull).toArray();
    }

    public boolean isSubclassOf(EbbClass other) {
        for (EbbClass each : order) {
            if (each == other) {
                return true;
            }
        }
        return false;
    }

    /** The first builtin class of the order: it decides what instances look like inside. */
    public EbbClass builtinBase() {
        for (EbbClass each : order) {
            if (each.builtin) {
                return each;
            }
        }
        throw new IllegalStateException(name);
    }

    /** The value of a name here or in a class above, or null. */
    public Object lookup(String key) {
        Binding found = find(key);
        return found == null ? null : found.get();
    }

    /** The binding of a name here or in a class above, or null. */
    @TruffleBoundary
    public Binding find(String key) {
        for (EbbClass each : order) {
            Binding own = each.own(key);
            if (own != null) {
                return own;
            }
        }
        return null;
    }

    /** As {@link #find}, but starting behind {@code start} in this class's order: what super() sees. */
    @TruffleBoundary
    public Binding findAfter(EbbClass start, String key) {
        boolean behind = false;
        for (EbbClass each : order) {
            if (behind) {
                Binding own = each.own(key);
                if (own != null) {
                    return own;
                }
            }
            behind |= each == start;
        }
        return null;
    }

    /** The binding of a name in this very class, or null. */
    @TruffleBoundary
    public Binding own(String key) {
        if (!unfilled.isEmpty()) {
            fill();
        }
        Binding found = names.get(key);
        return found != null && found.isBound() ? found : null;
    }

    /** The names bound in this very class with their values, in the order in which they were bound. */
    @TruffleBoundary
    public Map<String, Object> members() {
        if (!unfilled.isEmpty()) {
            fill();
        }
        var all = new LinkedHashMap<String, Object>();
        names.forEach((key, binding) -> {
            if (binding.isBound()) {
                all.put(key, binding.get());
            }
        });
        return all;
    }

    @TruffleBoundary
    public void define(String key, Object value) {
        Binding binding = names.get(key);
        if (binding == null || !binding.isBound()) {
            changeLayout();
        }
        names.computeIfAbsent(key, absent -> new Binding()).set(value);
    }

    /** Removes a name from this very class; false where it was not there. */
    @TruffleBoundary
    public boolean remove(String key) {
        Binding binding = names.remove(key);
        if (binding == null) {
            return false;
        }
        binding.set(null);
        changeLayout();
        return true;
    }

    /** Enters a row of the builtin table, which is no change: nobody has looked yet. */
    void fillIn(String key, Object value) {
        Binding binding = new Binding();
        binding.set(value);
        names.put(key, binding);
    }

    private void changeLayout() {
        layout.invalidate();
        layout = Truffle.getRuntime().createAssumption("the class keeps its names");
        for (var reference : subclasses) {
            EbbClass subclass = reference.get();
            if (subclass != null) {
                subclass.changeLayout();
            }
        }
    }

    @ExportMessage
    boolean isMetaObject() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMetaInstance(Object instance) {
        return Types.of(Foreign.in(instance)).isSubclassOf(this);
    }

    @ExportMessage
    Object getMetaSimpleName() {
        return name;
    }

    @ExportMessage
    @TruffleBoundary
    Object getMetaQualifiedName() {
        return ObjectText.qualified(this);
    }

    @ExportMessage
    boolean isInstantiable() {
        return true;
    }

    @ExportMessage
    Object instantiate(Object[] arguments) {
        return Members.call(this, arguments);
    }

    @Override
    public String toString() {
        return "<class '" + name + "'>";
    }
}
