package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.ArrayList;
import java.util.List;
import org.ebb.lib.Elsewhere;
import org.ebb.lib.GlobalNames;

/** Errors about names that are not there, with the name that was probably meant. */
public final class Names {

    private Names() {}

    @TruffleBoundary
    public static EbbException unknown(EbbModule module, String name) {
        return unknown(module, name, List.of());
    }

    /** {@code locals}: the variables of the running function. */
    @TruffleBoundary
    public static EbbException unknown(EbbModule module, String name, List<String> locals) {
        EbbModule builtins = EbbContext.get(null).builtins();
        EbbException error = Errors.nameError("name '" + name + "' is not defined");
        error.guest.hint = () -> {
            var known = new ArrayList<>(locals);
            known.addAll(module.members().keySet());
            known.addAll(builtins.members().keySet());
            GlobalNames.all().forEach(known::add);
            String elsewhere = Elsewhere.hint("name", name);
            if (!elsewhere.isEmpty()) {
                return elsewhere;
            }
            String meant = hint(name, known);
            boolean offered = !name.startsWith("_") && EbbContext.get(null).modules().offers(name);
            return !offered ? meant : (meant.isEmpty() ? ". Did" : meant + " Or did") + " you forget to import '" + name + "'?";
        };
        return error;
    }

    /** What to say to somebody who looks for a name in a module. */
    static String hint(EbbModule module, String name) {
        String elsewhere = Elsewhere.hint("attribute", module.name + "." + name);
        return elsewhere.isEmpty() ? hint(name, List.copyOf(module.members().keySet())) : elsewhere;
    }

    /** {@code . Did you mean: 'x'?} or nothing. */
    public static String hint(String name, List<String> known) {
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String other : known) {
            int most = (name.length() + other.length() + 3) / 6;
            if (other.equals(name) || Math.abs(other.length() - name.length()) > most) {
                continue;
            }
            int distance = distance(name, other);
            if (distance <= most && distance < least) {
                least = distance;
                best = other;
            }
        }
        return best == null ? "" : ". Did you mean: '" + best + "'?";
    }

    /** How many letters must be added, dropped, changed or swapped with a neighbour. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
