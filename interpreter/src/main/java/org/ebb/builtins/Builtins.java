package org.ebb.builtins;

import java.util.Collections;
import java.util.Map;
import java.util.function.Consumer;
import org.ebb.runtime.BuiltinTable;
import org.ebb.runtime.DictView;
import org.ebb.runtime.EbbClass;
import org.ebb.runtime.EbbConstant;
import org.ebb.runtime.EbbModule;
import org.ebb.runtime.IteratorTypes;
import org.ebb.runtime.Types;

/** Everything a program finds without importing it, and the modules written in Java. */
public final class Builtins {

    static {
        ObjectTypes.install();
        FunctionTypes.install();
        ExceptionTypes.install();
        ForeignTypes.install();
        Types.INT.fillWith(IntType::fill);
        Types.BOOL.fillWith(IntType::fillBool);
        Types.FLOAT.fillWith(IntType::fillFloat);
        Types.FLOAT.fillWith(GradientMethods::fill);
        Types.STR.fillWith(StrType::fill);
        Types.BYTES.fillWith(BytesType::fill);
        Types.BYTEARRAY.fillWith(BytesType::fillArray);
        Types.LIST.fillWith(ListType::fill);
        Types.TUPLE.fillWith(ListType::fillTuple);
        Types.DICT.fillWith(DictType::fill);
        Types.SET.fillWith(SetType::fill);
        Types.FROZENSET.fillWith(SetType::fillFrozen);
        Types.RANGE.fillWith(RangeType::fill);
        Types.SLICE.fillWith(RangeType::fillSlice);
        Types.TENSOR.fillWith(TensorType::fill);
        Types.DTYPE.fillWith(TensorFunctions::fillDType);
        Types.RECORDING_BLOCK.fillWith(RecordingFunctions::fillBlock);
        Types.TAPE.fillWith(RecordingFunctions::fillTape);
        Types.CUSTOM_FUNCTION.fillWith(CustomFunction::fill);
        Types.ITERATOR.fillWith(RangeType::fillIterator);
        Types.NONE_TYPE.fillWith(RangeType::fillConstant);
        Types.ELLIPSIS_TYPE.fillWith(RangeType::fillConstant);
        for (DictView.Kind kind : DictView.Kind.values()) {
            IteratorTypes.of(kind.typeName).fillWith(table -> DictType.fillView(table, kind));
        }
        IteratorTypes.of("enumerate").fillWith(IterationFunctions::fillEnumerate);
        IteratorTypes.of("zip").fillWith(IterationFunctions::fillZip);
        IteratorTypes.of("map").fillWith(IterationFunctions::fillMap);
        IteratorTypes.of("filter").fillWith(IterationFunctions::fillFilter);
        IteratorTypes.of("reversed").fillWith(IterationFunctions::fillReversed);
        IteratorTypes.of("_io.TextIOWrapper").fillWith(FileType::fill);
    }

    private Builtins() {}

    /** What fills the module of a name, for the modules written in Java; null for others. */
    public static Consumer<BuiltinTable> module(String name) {
        return BuiltinModules.named(name);
    }

    /** What the builtin names mean at first. None of these values can change, so all contexts of an engine may share them. */
    public static Map<String, Object> names() {
        EbbModule builtins = new EbbModule("builtins");
        BuiltinTable table = BuiltinTable.of(builtins);
        ObjectFunctions.fill(table);
        NumberFunctions.fill(table);
        IterationFunctions.fill(table);
        Streams.fill(table);
        FrameFunctions.fill(table);
        for (EbbClass type : new EbbClass[]{Types.OBJECT, Types.TYPE, Types.INT, Types.BOOL, Types.FLOAT, Types.STR, Types.LIST, Types.TUPLE,
            Types.BYTES, Types.BYTEARRAY, Types.DICT, Types.SET, Types.FROZENSET, Types.RANGE, Types.SLICE, Types.PROPERTY, Types.STATIC_METHOD, Types.CLASS_METHOD,
            Types.SUPER, IteratorTypes.of("enumerate"), IteratorTypes.of("zip"), IteratorTypes.of("map"), IteratorTypes.of("filter"),
            IteratorTypes.of("reversed")}) {
            table.constant(type.name, type);
        }
        for (EbbClass type : Types.exceptions()) {
            table.constant(type.name, type);
        }
        table.constant("IOError", Types.OS_ERROR);
        table.constant("EnvironmentError", Types.OS_ERROR);
        table.constant("Ellipsis", EbbConstant.ELLIPSIS);
        table.constant("__debug__", true);
        table.constant("NotImplemented", EbbConstant.NOT_IMPLEMENTED);
        TensorFunctions.fill(table);
        RecordingFunctions.names().forEach((name, value) -> {
            if (!name.equals("Function")) { // it says too little outside its module
                builtins.set(name, value);
            }
        });
        Display.fill(table);
        return new BuiltinNames(builtins.members());
    }

    /** What the module autograd has at first; it is a builtin name too, but a program may write into it. */
    public static Map<String, Object> autogradNames() {
        return Collections.unmodifiableMap(RecordingFunctions.names());
    }
}
