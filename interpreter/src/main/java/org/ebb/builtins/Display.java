package org.ebb.builtins;

import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbList;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Text;

/** {@code display(x)}: what a notebook's prompt would show of a value. */
final class Display {

    private static final int WIDTH = 79;

    private Display() {}

    static void fill(BuiltinTable table) {
        table.simple("display(*values)", "Print values as a prompt shows them; nothing for None.", b -> {
            for (Object value : (Object[]) b[0]) {
                if (value != EbbNone.NONE) {
                    Streams.print(shown(value) + "\n");
                }
            }
            return EbbNone.NONE;
        });
    }

    /** Lists and tuples show each element as a prompt would, its further lines indented by one. */
    private static String shown(Object value) {
        return switch (value) {
            case EbbList list when list.size() > 0 -> "[" + items(list.toArray()) + "]";
            case EbbTuple tuple when tuple.size() > 0 -> "(" + items(tuple.items) + (tuple.size() == 1 ? ",)" : ")");
            default -> Text.repr(value);
        };
    }

    private static String items(Object[] items) {
        String[] texts = new String[items.length];
        int length = 2 * items.length;
        boolean lines = false;
        for (int k = 0; k < items.length; k++) {
            texts[k] = shown(items[k]);
            lines |= texts[k].indexOf('\n') >= 0;
            texts[k] = texts[k].replace("\n", "\n ");
            length += texts[k].length();
        }
        return String.join(lines || length <= WIDTH ? ", " : ",\n ", texts);
    }
}
