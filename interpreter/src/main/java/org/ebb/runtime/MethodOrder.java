package org.ebb.runtime;

import java.util.ArrayList;
import java.util.List;

/** The C3 order: each class before its bases, bases in the order written, and the same for every subclass. */
final class MethodOrder {

    private MethodOrder() {}

    static EbbClass[] of(EbbClass self, EbbClass[] bases) {
        var result = new ArrayList<EbbClass>();
        result.add(self);
        var rows = new ArrayList<List<EbbClass>>();
        for (EbbClass base : bases) {
            rows.add(new ArrayList<>(List.of(base.order())));
        }
        rows.add(new ArrayList<>(List.of(bases)));
        rows.removeIf(List::isEmpty);
        while (!rows.isEmpty()) {
            EbbClass next = next(rows);
            result.add(next);
            for (var row : rows) {
                row.remove(next);
            }
            rows.removeIf(List::isEmpty);
        }
        return result.toArray(EbbClass[]::new);
    }

    /** The first head that stands in no other row's tail. */
    private static EbbClass next(List<List<EbbClass>> rows) {
        for (var row : rows) {
            EbbClass head = row.getFirst();
            if (rows.stream().noneMatch(other -> other.lastIndexOf(head) > 0)) {
                return head;
            }
        }
        var names = new ArrayList<String>();
        for (var row : rows) {
            if (!names.contains(row.getFirst().name)) {
                names.add(row.getFirst().name);
            }
        }
        throw Errors.typeError("Cannot create a consistent method resolution order (MRO) for bases " + String.join(", ", names));
    }
}
