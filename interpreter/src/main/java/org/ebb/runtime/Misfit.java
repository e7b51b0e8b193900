package org.ebb.runtime;

import java.util.Arrays;
import org.ebb.lib.Elsewhere;

/** Says in Python's words for builtins why the arguments of a call do not fit; parameters of these are counted without the receiver. */
final class Misfit {

    private Misfit() {}

    /** The error for these arguments, of which {@code wrong} says what the binder stumbled over. */
    static EbbException of(Signature signature, int positional, String[] names, EbbException wrong) {
        int hidden = signature.hidden;
        int given = positional - hidden;
        int most = signature.positional - hidden;
        int least = Math.max(0, signature.needed - hidden);
        if (given < 0) {
            return Errors.typeError("unbound method " + signature.name + "() needs an argument");
        }
        if (signature.star >= 0 || signature.doubleStar >= 0) {
            if (given >= least && signature.doubleStar < 0) {
                for (String name : names) {
                    if (signature.slot(name) < 0) {
                        return Errors.typeError(invalid(signature, name));
                    }
                }
            }
            return given < least ? Errors.typeError(few(signature, given)) : wrong;
        }
        boolean keywords = signature.positionalOnly < signature.size();
        String message = keywords ? mixed(signature, given, most, least, names) : positionalOnly(signature, given, most, least, names);
        return message == null ? wrong : Errors.typeError(message);
    }

    private static String positionalOnly(Signature signature, int given, int most, int least, String[] names) {
        if (names.length > 0) {
            return signature.name + "() takes no keyword arguments";
        }
        if (most == 0) {
            return signature.name + "() takes no arguments (" + given + " given)";
        }
        boolean ofType = signature.hidden > 0 && !signature.name.contains(".");
        if (most == 1 && least == 1 && !ofType) {
            return signature.name + "() takes exactly one argument (" + given + " given)";
        }
        return expected(signature, given, most, least);
    }

    private static String expected(Signature signature, int given, int most, int least) {
        int limit = given < least ? least : most;
        String how = most == least ? "" : given < least ? "at least " : "at most ";
        return shortName(signature) + " expected " + how + arguments(limit) + ", got " + given;
    }

    /** Null where only the binder knows: the names of arguments have aliases. */
    private static String mixed(Signature signature, int given, int most, int least, String[] names) {
        String name = shortName(signature) + "()";
        int all = signature.size() - signature.hidden;
        if ((given > most || given < least) && signature.positionalOnly == signature.positional && most > 0) {
            return expected(signature, given, most, least);
        }
        if (given + names.length > all) {
            return name + " takes at most " + arguments(all) + " (" + (given + names.length) + " given)";
        }
        if (given > most) {
            return name + (most == 0 ? " takes no positional arguments"
                    : " takes at most " + most + " positional argument" + (most == 1 ? "" : "s") + " (" + given + " given)");
        }
        for (String each : names) {
            int slot = signature.slot(each);
            if (slot >= 0 && slot < given + signature.hidden) {
                return "argument for " + name + " given by name ('" + each + "') and position (" + (slot - signature.hidden + 1) + ")";
            }
        }
        for (int slot = signature.hidden + given; slot < signature.size(); slot++) {
            if (signature.required[slot] && !Arrays.asList(names).contains(signature.names[slot])) {
                return few(signature, given);
            }
        }
        for (String each : names) {
            if (signature.slot(each) < 0) {
                return invalid(signature, each);
            }
        }
        return null;
    }

    private static String invalid(Signature signature, String name) {
        return "'" + name + "' is an invalid keyword argument for " + shortName(signature) + "()" + hint(signature, name);
    }

    private static String few(Signature signature, int given) {
        String name = shortName(signature) + "()";
        if (given + signature.hidden < signature.positionalOnly) {
            int least = signature.needed - signature.hidden;
            return name + " takes at least " + least + " positional argument" + (least == 1 ? "" : "s") + " (" + given + " given)";
        }
        int slot = signature.hidden + given;
        return name + " missing required argument '" + signature.names[slot] + "' (pos " + (given + 1) + ")";
    }

    private static String hint(Signature signature, String name) {
        String elsewhere = Elsewhere.hint("keyword", name);
        return elsewhere.isEmpty() ? Names.hint(name, Arrays.asList(signature.names).subList(signature.positionalOnly, signature.size())) : elsewhere;
    }

    private static String arguments(int n) {
        return n + " argument" + (n == 1 ? "" : "s");
    }

    private static String shortName(Signature signature) {
        return signature.name.substring(signature.name.lastIndexOf('.') + 1);
    }
}
