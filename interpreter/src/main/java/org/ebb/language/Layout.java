package org.ebb.language;

import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.FrameSlotKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ebb.nodes.BoxNode;
import org.ebb.nodes.ClassNameNodes;
import org.ebb.nodes.DeleteNodes;
import org.ebb.nodes.ExpressionNode;
import org.ebb.nodes.LocalKind;
import org.ebb.nodes.NewCellNode;
import org.ebb.nodes.ReadCellNode;
import org.ebb.nodes.ReadGlobalNode;
import org.ebb.nodes.ReadLocalNodeGen;
import org.ebb.nodes.StartLocalNode;
import org.ebb.nodes.StatementNode;
import org.ebb.nodes.WriteCellNode;
import org.ebb.nodes.WriteGlobalNode;
import org.ebb.nodes.WriteLocalNode;
import org.ebb.nodes.WriteNode;
import org.ebb.syntax.Scope;
import org.ebb.syntax.Scope.Kind;
import org.ebb.syntax.Scope.Place;

/** The frame of one scope while its nodes are built: which slot or cell each name has, and the slots that nodes need for themselves. */
final class Layout {

    private static final String CLASS_CELL = "__class__";

    final Scope scope;
    final String qualifiedName;
    private final FrameDescriptor.Builder slots = FrameDescriptor.newBuilder();
    private final List<LocalKind> kinds = new ArrayList<>();
    private final Map<String, Integer> locals = new HashMap<>();
    private final int generatorSlot;

    /** How many yields were built so far: a part whose building raised it stops and goes on. */
    int yields;

    /** How many {@code continue}s of the loop being built were met. */
    int continues;

    /** The slots of values kept across a yield within the statement being built. */
    final List<Integer> saved = new ArrayList<>();

    Layout(Scope scope, String qualifiedName) {
        this.scope = scope;
        this.qualifiedName = qualifiedName;
        if (scope.kind() == Kind.CLASS) {
            if (scope.usesClassCell()) {
                locals.put(CLASS_CELL, temporary());
            }
        } else if (scope.kind() != Kind.PROGRAM) {
            for (String name : scope.locals()) {
                locals.put(name, addSlot(name));
            }
        }
        this.generatorSlot = scope.generator() ? temporary() : -1;
    }

    /** Its info are the names of the closure's cells, for debuggers. */
    FrameDescriptor descriptor() {
        return slots.info(List.copyOf(scope.free())).build();
    }

    int temporary() {
        return addSlot(null);
    }

    private int addSlot(String name) {
        LocalKind kind = new LocalKind();
        kinds.add(kind);
        return slots.addSlot(FrameSlotKind.Illegal, name, kind);
    }

    LocalKind kind(int slot) {
        return kinds.get(slot);
    }

    int generatorSlot() {
        return generatorSlot;
    }

    boolean isClass() {
        return scope.kind() == Kind.CLASS;
    }

    /** The name of something defined in this scope, as tracebacks and reprs show it. */
    String qualify(String name) {
        return switch (scope.kind()) {
            case PROGRAM -> name;
            case CLASS -> qualifiedName + "." + name;
            case FUNCTION, LAMBDA, COMPREHENSION -> scope.names().get(name) == Place.GLOBAL ? name : qualifiedName + ".<locals>." + name;
        };
    }

    private Place place(String name) {
        Place known = scope.names().get(name);
        return known == null ? Place.GLOBAL : known;
    }

    boolean isFree(String name) {
        return place(name) == Place.FREE;
    }

    boolean isGlobal(String name) {
        return place(name) == Place.GLOBAL;
    }

    int slot(String name) {
        return locals.get(name);
    }

    /** The cell of a name that this scope shares with others. */
    BoxNode box(String name) {
        if (locals.containsKey(name) && (isClass() || place(name) == Place.CAPTURED)) {
            return BoxNode.local(locals.get(name));
        }
        int index = scope.free().indexOf(name);
        if (index < 0) {
            throw new IllegalStateException("no cell for " + name + " in " + qualifiedName);
        }
        return BoxNode.free(index);
    }

    /** The cells that a function made here takes along. */
    BoxNode[] closure(Scope inner) {
        return inner.free().stream().map(this::box).toArray(BoxNode[]::new);
    }

    ExpressionNode read(String name) {
        return switch (place(name)) {
            case LOCAL -> isClass() ? new ClassNameNodes.Read(name, new ReadGlobalNode(name)) : ReadLocalNodeGen.create(slot(name), name, kind(slot(name)));
            case CAPTURED -> new ReadCellNode(box(name), name, false);
            case FREE -> {
                ExpressionNode cell = new ReadCellNode(box(name), name, true);
                yield isClass() ? new ClassNameNodes.Read(name, cell) : cell;
            }
            case GLOBAL -> new ReadGlobalNode(name);
        };
    }

    ExpressionNode readSlot(int slot) {
        return ReadLocalNodeGen.create(slot, "<temporary>", kind(slot));
    }

    WriteNode writeSlot(int slot) {
        return new WriteLocalNode(slot, kind(slot));
    }

    WriteNode write(String name) {
        return switch (place(name)) {
            case LOCAL -> isClass() ? new ClassNameNodes.Write(name) : writeSlot(slot(name));
            case CAPTURED, FREE -> new WriteCellNode(box(name));
            case GLOBAL -> new WriteGlobalNode(name);
        };
    }

    /** {@code quiet}: it is no error if the name is not bound. */
    StatementNode delete(String name, boolean quiet) {
        return switch (place(name)) {
            case LOCAL -> isClass() ? new DeleteNodes.ClassName(name, quiet) : new DeleteNodes.Local(slot(name), name, quiet);
            case CAPTURED, FREE -> new DeleteNodes.Cell(box(name), name, quiet);
            case GLOBAL -> new DeleteNodes.Global(name, quiet);
        };
    }

    /** Makes the cells of this scope's shared variables when it starts, and prepares the slots of the others. Parameters come after. */
    StatementNode[] cells() {
        var nodes = new ArrayList<StatementNode>();
        if (isClass()) {
            if (scope.usesClassCell()) {
                nodes.add(new NewCellNode(locals.get(CLASS_CELL)));
            }
        } else {
            for (String name : scope.captured()) {
                nodes.add(new NewCellNode(locals.get(name)));
            }
            if (!scope.generator() && scope.kind() != Kind.PROGRAM) {
                for (String name : scope.locals()) {
                    if (place(name) == Place.LOCAL) {
                        nodes.add(new StartLocalNode(slot(name), kind(slot(name))));
                    }
                }
            }
        }
        return nodes.toArray(StatementNode[]::new);
    }
}
