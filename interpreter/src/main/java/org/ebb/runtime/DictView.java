package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;

/** What {@code keys()}, {@code values()} and {@code items()} give: a window on a dict. */
@ExportLibrary(InteropLibrary.class)
public final class DictView extends EbbValue {

    public enum Kind {
        KEYS("keys", "key"), VALUES("values", "value"), ITEMS("items", "item");

        public final String typeName;
        final String iteratorName;
        final String reverseName;

        Kind(String plural, String single) {
            typeName = "dict_" + plural;
            iteratorName = "dict_" + single + "iterator";
            reverseName = "dict_reverse" + single + "iterator";
        }
    }

    public final EbbDict dict;
    public final Kind kind;

    public DictView(EbbDict dict, Kind kind) {
        this.dict = dict;
        this.kind = kind;
    }

    @Override
    public EbbClass type() {
        return IteratorTypes.of(kind.typeName);
    }

    public EbbIterator iterator() {
        return new Iterator(dict, kind, false);
    }

    @TruffleBoundary
    public Object[] toArray() {
        return switch (kind) {
            case KEYS -> dict.keyArray();
            case VALUES -> dict.valueArray();
            case ITEMS -> {
                Object[] items = dict.keyArray();
                Object[] values = dict.valueArray();
                for (int i = 0; i < items.length; i++) {
                    items[i] = new EbbTuple(items[i], values[i]);
                }
                yield items;
            }
        };
    }

    @TruffleBoundary
    public boolean contains(Object value) {
        return switch (kind) {
            case KEYS -> dict.contains(value);
            case VALUES -> {
                for (Object v : dict.valueArray()) {
                    if (v == value || Compare.equal(v, value)) {
                        yield true;
                    }
                }
                yield false;
            }
            case ITEMS -> {
                if (!(value instanceof EbbTuple pair) || pair.size() != 2) {
                    yield false;
                }
                Object found = dict.get(pair.get(0));
                yield found != null && (found == pair.get(1) || Compare.equal(found, pair.get(1)));
            }
        };
    }

    @ExportMessage
    boolean hasIterator() {
        return true;
    }

    @ExportMessage
    Object getIterator() {
        return iterator();
    }

    /** Iterates over a dict and refuses to go on when keys came or went. */
    public static final class Iterator extends EbbIterator {
        private EbbDict dict;
        private final Kind kind;
        private final boolean reverse;
        private final int size;
        private final int version;
        private int row;

        public Iterator(EbbDict dict, Kind kind, boolean reverse) {
            this.dict = dict;
            this.kind = kind;
            this.reverse = reverse;
            this.size = dict.size();
            this.version = dict.version();
            this.row = reverse ? dict.rows() : -1;
        }

        @Override
        public Object next() {
            if (dict == null) {
                return END;
            }
            if (dict.version() != version) {
                throw changed();
            }
            row = reverse ? dict.previousRow(row - 1) : dict.nextRow(row + 1);
            if (row < 0) {
                dict = null;
                return END;
            }
            return switch (kind) {
                case KEYS -> dict.keyAt(row);
                case VALUES -> dict.valueAt(row);
                case ITEMS -> new EbbTuple(dict.keyAt(row), dict.valueAt(row));
            };
        }

        @TruffleBoundary
        private RuntimeException changed() {
            boolean sameSize = dict.size() == size;
            dict = null;
            return Errors.runtimeError(sameSize ? "dictionary keys changed during iteration" : "dictionary changed size during iteration");
        }

        @Override
        public String typeName() {
            return reverse ? kind.reverseName : kind.iteratorName;
        }
    }
}
