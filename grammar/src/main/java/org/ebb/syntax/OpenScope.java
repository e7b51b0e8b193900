package org.ebb.syntax;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ebb.syntax.Scope.Kind;
import org.ebb.syntax.Scope.Place;

/** A scope under construction: what is bound, used and declared in it, and later where its names live. */
final class OpenScope {

    private static final String CLASS_CELL = "__class__";

    final Kind kind;
    final OpenScope parent;
    private final String name;
    private final Set<String> parameters = new HashSet<>();
    private final Set<String> bound = new LinkedHashSet<>();
    private final Set<String> used = new LinkedHashSet<>();
    private final Set<String> annotated = new HashSet<>();
    private final Set<String> walrusTargets = new HashSet<>();
    private final Set<String> globals = new LinkedHashSet<>();
    private final Map<String, Span> nonlocals = new LinkedHashMap<>();
    private final Map<String, Place> outer = new HashMap<>();
    private final Set<String> captured = new LinkedHashSet<>();
    private final Set<String> free = new LinkedHashSet<>();
    /** How many iterables of comprehensions are being walked in this scope: no name may be bound by {@code :=} there. */
    int openIterables;
    private boolean generator;
    private boolean usesClassCell;
    /** In a comprehension: while its targets are read, every name bound is an iteration variable. */
    private final Set<String> iterationVariables = new HashSet<>();

    OpenScope(Kind kind, String name, OpenScope parent) {
        this.kind = kind;
        this.name = name;
        this.parent = parent;
    }

    // ---- What the walk finds

    void parameter(String id) {
        parameters.add(id);
        bound.add(id);
    }

    void bind(String id) {
        bound.add(id);
    }

    void use(String id) {
        used.add(id);
        boolean function = kind == Kind.FUNCTION || kind == Kind.LAMBDA || kind == Kind.COMPREHENSION;
        if (function && (id.equals("super") || id.equals(CLASS_CELL)) && isInClass()) {
            used.add(CLASS_CELL);
            usesClassCell = true;
        }
    }

    private boolean isInClass() {
        for (OpenScope scope = parent; scope != null; scope = scope.parent) {
            if (scope.kind == Kind.CLASS) {
                return true;
            }
        }
        return false;
    }

    void annotate(String id, Span span) {
        if (globals.contains(id) || nonlocals.containsKey(id)) {
            throw error(span, "annotated name '" + id + "' can't be " + (globals.contains(id) ? "global" : "nonlocal"));
        }
        annotated.add(id);
        bound.add(id);
    }

    void iterate(String id, Span span) {
        if (walrusTargets.contains(id)) {
            throw error(span, "comprehension inner loop cannot rebind assignment expression target '" + id + "'");
        }
        iterationVariables.add(id);
        bound.add(id);
    }

    /** {@code id := value} here: bound in the nearest scope that is no comprehension. */
    void walrus(String id, Span span) {
        if (openIterables > 0) {
            throw error(span, "assignment expression cannot be used in a comprehension iterable expression");
        }
        OpenScope scope = this;
        for (; scope.kind == Kind.COMPREHENSION; scope = scope.parent) {
            if (scope.iterationVariables.contains(id)) {
                throw error(span, "assignment expression cannot rebind comprehension iteration variable '" + id + "'");
            }
            scope.walrusTargets.add(id);
            scope.used.add(id);
        }
        if (scope != this && scope.kind == Kind.CLASS) {
            throw error(span, "assignment expression within a comprehension cannot be used in a class body");
        }
        scope.bound.add(id);
    }

    void declareGlobal(String id, Span span) {
        refuseLateDeclaration("global", id, span);
        if (nonlocals.containsKey(id)) {
            throw error(span, "name '" + id + "' is nonlocal and global");
        }
        globals.add(id);
    }

    void declareNonlocal(String id, Span span) {
        if (kind == Kind.PROGRAM) {
            throw error(span, "nonlocal declaration not allowed at module level");
        }
        refuseLateDeclaration("nonlocal", id, span);
        if (globals.contains(id)) {
            throw error(span, "name '" + id + "' is nonlocal and global");
        }
        nonlocals.put(id, span);
    }

    private void refuseLateDeclaration(String word, String id, Span span) {
        if (parameters.contains(id)) {
            throw error(span, "name '" + id + "' is parameter and " + word);
        }
        if (globals.contains(id) || nonlocals.containsKey(id)) {
            return;
        }
        if (annotated.contains(id)) {
            throw error(span, "annotated name '" + id + "' can't be " + word);
        }
        if (bound.contains(id)) {
            throw error(span, "name '" + id + "' is assigned to before " + word + " declaration");
        }
        if (used.contains(id)) {
            throw error(span, "name '" + id + "' is used prior to " + word + " declaration");
        }
    }

    /** What a comprehension is called in an error. */
    String describe() {
        return switch (name) {
            case "<listcomp>" -> "list comprehension";
            case "<setcomp>" -> "set comprehension";
            case "<dictcomp>" -> "dict comprehension";
            default -> "generator expression";
        };
    }

    void becomeGenerator() {
        generator = true;
    }

    // ---- Where the names live

    void resolve() {
        nonlocals.forEach((id, span) -> {
            if (!find(id)) {
                throw error(span, "no binding for nonlocal '" + id + "' found");
            }
            outer.put(id, Place.FREE);
        });
        for (String id : used) {
            if (!globals.contains(id) && !nonlocals.containsKey(id) && !bound.contains(id) && kind != Kind.PROGRAM) {
                outer.put(id, find(id) ? Place.FREE : Place.GLOBAL);
            }
        }
    }

    /** Looks for the name in the enclosing functions, and if it is there leads it down to here. */
    private boolean find(String id) {
        OpenScope owner = parent;
        while (owner != null && !owner.provides(id)) {
            if (owner.kind != Kind.CLASS && owner.globals.contains(id)) {
                return false;
            }
            owner = owner.parent;
        }
        if (owner == null) {
            return false;
        }
        if (owner.kind == Kind.CLASS) {
            owner.usesClassCell = true;
        } else {
            owner.captured.add(id);
        }
        for (OpenScope scope = this; scope != owner; scope = scope.parent) {
            scope.free.add(id);
        }
        return true;
    }

    private boolean provides(String id) {
        return switch (kind) {
            case PROGRAM -> false;
            case CLASS -> id.equals(CLASS_CELL);
            case FUNCTION, LAMBDA, COMPREHENSION -> bound.contains(id) && !globals.contains(id) && !nonlocals.containsKey(id);
        };
    }

    Scope finish() {
        Map<String, Place> names = new LinkedHashMap<>();
        List<String> locals = new ArrayList<>();
        for (String id : bound) {
            if (globals.contains(id) || nonlocals.containsKey(id)) {
                continue;
            }
            locals.add(id);
            names.put(id, kind == Kind.PROGRAM ? Place.GLOBAL : captured.contains(id) ? Place.CAPTURED : Place.LOCAL);
        }
        for (String id : used) {
            names.putIfAbsent(id, outer.getOrDefault(id, Place.GLOBAL));
        }
        globals.forEach(id -> names.put(id, Place.GLOBAL));
        nonlocals.keySet().forEach(id -> names.put(id, Place.FREE));
        return new Scope(kind, name, List.copyOf(locals), Collections.unmodifiableSet(captured), List.copyOf(free),
                Collections.unmodifiableMap(names), generator, usesClassCell);
    }

    private static SyntaxError error(Span span, String message) {
        return new SyntaxError("SyntaxError", message, span, false);
    }
}
