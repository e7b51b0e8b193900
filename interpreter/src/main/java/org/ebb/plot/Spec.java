package org.ebb.plot;

import java.util.ArrayList;
import java.util.List;
import org.ebb.runtime.EbbDict;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Tensors;

/** A picture, or a part of one, as the library's {@code plot} describes it: a dict of plain values and tensors. */
public record Spec(EbbDict dict) {

    private Object get(String name) {
        Object value = dict.get(name);
        return value == EbbNone.NONE ? null : value;
    }

    boolean has(String name) {
        return get(name) != null;
    }

    /** A text, or null. */
    String text(String name) {
        return get(name) instanceof Object value ? value.toString() : null;
    }

    double number(String name, double otherwise) {
        return get(name) instanceof Object value ? Numbers.requireDouble(value) : otherwise;
    }

    boolean flag(String name) {
        return get(name) instanceof Boolean value && value;
    }

    double[] doubles(String name) {
        return get(name) instanceof Object value ? Tensors.tensor(value, "plot").toDoubles() : null;
    }

    /** A matrix, row by row. */
    double[][] rows(String name) {
        double[] all = doubles(name);
        int columns = (int) Tensors.tensor(get(name), "plot").shape().dim(1);
        double[][] rows = new double[all.length / columns][columns];
        for (int k = 0; k < all.length; k++) {
            rows[k / columns][k % columns] = all[k];
        }
        return rows;
    }

    List<Spec> parts(String name) {
        var parts = new ArrayList<Spec>();
        for (Object part : Iteration.toArray(dict.get(name))) {
            parts.add(new Spec((EbbDict) part));
        }
        return parts;
    }
}
