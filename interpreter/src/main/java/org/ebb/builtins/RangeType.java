package org.ebb.builtins;

import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.EbbConstant;
import org.ebb.runtime.EbbIterator;
import org.ebb.runtime.EbbNone;
import org.ebb.runtime.EbbRange;
import org.ebb.runtime.EbbSlice;
import org.ebb.runtime.EbbTuple;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Iteration;
import org.ebb.runtime.Numbers;
import org.ebb.runtime.Sequences;
import org.ebb.runtime.Text;

/** The types range and slice, and what all iterators have. */
final class RangeType {

    private RangeType() {}

    static void fill(BuiltinTable table) {
        table.staticMethod("__new__(cls, start, stop=?, step=1, /)", "Whole numbers from start to stop, without stop.",
                b -> b[2] == null ? EbbRange.of(0L, b[1], 1L) : EbbRange.of(b[1], b[2], b[3]));
        SpecialMethods.equality(table);
        SpecialMethods.hash(table);
        SpecialMethods.text(table);
        SpecialMethods.container(table);
        SpecialMethods.subscript(table);
        SpecialMethods.truth(table);
        table.simple("__reversed__(self, /)", "The numbers from the last to the first.", b -> reversed((EbbRange) b[0]));
        table.property("start", "The first number.", b -> ((EbbRange) b[0]).start);
        table.property("stop", "Where the numbers end.", b -> ((EbbRange) b[0]).stop);
        table.property("step", "From one number to the next.", b -> ((EbbRange) b[0]).step);
        table.simple("index(self, value, /)", "The index of value, or ValueError.", b -> {
            EbbRange range = (EbbRange) b[0];
            if (!Sequences.contains(range, b[1])) {
                throw Errors.valueError(Text.repr(b[1]) + " is not in range");
            }
            return range.indexOf((long) Numbers.asDouble(Numbers.plain(b[1])));
        });
        table.simple("count(self, value, /)", "1 if value is in the range, else 0.", b -> Sequences.contains(b[0], b[1]) ? 1L : 0L);
    }

    static EbbIterator reversed(EbbRange range) {
        return new EbbRange.Iterator(range.get(range.length - 1), -range.step, range.length);
    }

    static void fillSlice(BuiltinTable table) {
        table.staticMethod("__new__(cls, start, stop=?, step=None, /)", "What start:stop:step is in a subscript.",
                b -> b[2] == null ? new EbbSlice(EbbNone.NONE, b[1], EbbNone.NONE) : new EbbSlice(b[1], b[2], b[3]));
        SpecialMethods.equality(table);
        SpecialMethods.noHash(table);
        SpecialMethods.text(table);
        table.property("start", "The part before the first colon.", b -> ((EbbSlice) b[0]).start);
        table.property("stop", "The part after the first colon.", b -> ((EbbSlice) b[0]).stop);
        table.property("step", "The part after the second colon.", b -> ((EbbSlice) b[0]).step);
        table.simple("indices(self, length, /)", "(start, stop, step) for a sequence of some length.", b -> {
            int length = Numbers.requireSmall(b[1]);
            if (length < 0) {
                throw Errors.valueError("length should not be negative");
            }
            EbbSlice.Places places = ((EbbSlice) b[0]).places(length);
            return new EbbTuple((long) places.start(), (long) places.stop(), (long) places.step());
        });
    }

    static void fillIterator(BuiltinTable table) {
        table.simple("__iter__(self, /)", "The iterator itself.", b -> b[0]);
        table.simple("__next__(self, /)", "The next value, or StopIteration.", b -> {
            Object value = Iteration.next(b[0]);
            if (value == EbbIterator.END) {
                throw Errors.stopIteration();
            }
            return value;
        });
        table.simple("__length_hint__(self, /)", "How many values are to come, if known.", b -> {
            long remaining = b[0] instanceof EbbIterator iterator ? iterator.remaining() : -1;
            return remaining < 0 ? EbbConstant.NOT_IMPLEMENTED : (Object) remaining;
        });
    }

    static void fillConstant(BuiltinTable table) {
        SpecialMethods.text(table);
        SpecialMethods.equality(table);
        SpecialMethods.hash(table);
        SpecialMethods.truth(table);
    }
}
