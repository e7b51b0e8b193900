package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Tensor;

/** The builtin types, and the type of any value. */
public final class Types {

    private Types() {}

    public static final EbbClass OBJECT = EbbClass.builtin("object");
    public static final EbbClass TYPE = simple("type");
    public static final EbbClass NONE_TYPE = simple("NoneType");
    public static final EbbClass ELLIPSIS_TYPE = simple("ellipsis");
    public static final EbbClass NOT_IMPLEMENTED_TYPE = simple("NotImplementedType");
    public static final EbbClass INT = simple("int");
    public static final EbbClass BOOL = EbbClass.builtin("bool", INT);
    public static final EbbClass FLOAT = simple("float");
    public static final EbbClass STR = simple("str");
    public static final EbbClass BYTES = simple("bytes");
    public static final EbbClass BYTEARRAY = simple("bytearray");
    public static final EbbClass LIST = simple("list");
    public static final EbbClass TUPLE = simple("tuple");
    public static final EbbClass DICT = simple("dict");
    public static final EbbClass SET = simple("set");
    public static final EbbClass FROZENSET = simple("frozenset");
    public static final EbbClass RANGE = simple("range");
    public static final EbbClass SLICE = simple("slice");
    public static final EbbClass UNION = simple("UnionType");
    public static final EbbClass FUNCTION = simple("function");
    public static final EbbClass BUILTIN_FUNCTION = simple("builtin_function_or_method");
    public static final EbbClass METHOD = simple("method");
    public static final EbbClass MODULE = simple("module");
    public static final EbbClass PROPERTY = simple("property");
    public static final EbbClass STATIC_METHOD = simple("staticmethod");
    public static final EbbClass CLASS_METHOD = simple("classmethod");
    public static final EbbClass SUPER = simple("super");
    public static final EbbClass GENERATOR = simple("generator");
    public static final EbbClass ITERATOR = simple("iterator");
    public static final EbbClass TENSOR = simple("tensor");
    public static final EbbClass DTYPE = simple("dtype");
    public static final EbbClass RECORDING_BLOCK = simple("recording_block");
    public static final EbbClass TAPE = simple("tape");
    /** The base of operations with a backward of their own. */
    public static final EbbClass CUSTOM_FUNCTION = simple("Function");
    /** Whatever another language or the host handed in. */
    public static final EbbClass FOREIGN = simple("foreign");
    public static final EbbClass FOREIGN_LIST = EbbClass.builtin("foreign_list", FOREIGN);
    public static final EbbClass FOREIGN_DICT = EbbClass.builtin("foreign_dict", FOREIGN);
    public static final EbbClass FOREIGN_ITERABLE = EbbClass.builtin("foreign_iterable", FOREIGN);
    public static final EbbClass FOREIGN_ITERATOR = EbbClass.builtin("foreign_iterator", FOREIGN_ITERABLE);
    public static final EbbClass FOREIGN_BUFFER = EbbClass.builtin("foreign_buffer", FOREIGN);

    public static final EbbClass BASE_EXCEPTION = simple("BaseException");
    public static final EbbClass SYSTEM_EXIT = EbbClass.builtin("SystemExit", BASE_EXCEPTION);
    public static final EbbClass KEYBOARD_INTERRUPT = EbbClass.builtin("KeyboardInterrupt", BASE_EXCEPTION);
    /** A limit of the host's was reached. It is no name of the language, and nothing catches it. */
    public static final EbbClass LIMIT_ERROR = EbbClass.builtin("LimitError", BASE_EXCEPTION);
    public static final EbbClass GENERATOR_EXIT = EbbClass.builtin("GeneratorExit", BASE_EXCEPTION);
    public static final EbbClass EXCEPTION = EbbClass.builtin("Exception", BASE_EXCEPTION);
    /** One that the host or another language raised. */
    public static final EbbClass FOREIGN_EXCEPTION = EbbClass.builtin("foreign_exception", FOREIGN, EXCEPTION);
    public static final EbbClass STOP_ITERATION = error("StopIteration");
    public static final EbbClass ARITHMETIC_ERROR = error("ArithmeticError");
    public static final EbbClass ZERO_DIVISION_ERROR = EbbClass.builtin("ZeroDivisionError", ARITHMETIC_ERROR);
    public static final EbbClass OVERFLOW_ERROR = EbbClass.builtin("OverflowError", ARITHMETIC_ERROR);
    public static final EbbClass FLOATING_POINT_ERROR = EbbClass.builtin("FloatingPointError", ARITHMETIC_ERROR);
    public static final EbbClass ASSERTION_ERROR = error("AssertionError");
    public static final EbbClass ATTRIBUTE_ERROR = error("AttributeError");
    public static final EbbClass BUFFER_ERROR = error("BufferError");
    public static final EbbClass EOF_ERROR = error("EOFError");
    public static final EbbClass IMPORT_ERROR = error("ImportError");
    public static final EbbClass MODULE_NOT_FOUND_ERROR = EbbClass.builtin("ModuleNotFoundError", IMPORT_ERROR);
    public static final EbbClass LOOKUP_ERROR = error("LookupError");
    public static final EbbClass INDEX_ERROR = EbbClass.builtin("IndexError", LOOKUP_ERROR);
    public static final EbbClass KEY_ERROR = EbbClass.builtin("KeyError", LOOKUP_ERROR);
    public static final EbbClass MEMORY_ERROR = error("MemoryError");
    public static final EbbClass NAME_ERROR = error("NameError");
    public static final EbbClass UNBOUND_LOCAL_ERROR = EbbClass.builtin("UnboundLocalError", NAME_ERROR);
    public static final EbbClass OS_ERROR = error("OSError");
    public static final EbbClass CONNECTION_ERROR = EbbClass.builtin("ConnectionError", OS_ERROR);
    public static final EbbClass BROKEN_PIPE_ERROR = EbbClass.builtin("BrokenPipeError", CONNECTION_ERROR);
    public static final EbbClass FILE_NOT_FOUND_ERROR = EbbClass.builtin("FileNotFoundError", OS_ERROR);
    public static final EbbClass FILE_EXISTS_ERROR = EbbClass.builtin("FileExistsError", OS_ERROR);
    public static final EbbClass IS_A_DIRECTORY_ERROR = EbbClass.builtin("IsADirectoryError", OS_ERROR);
    public static final EbbClass NOT_A_DIRECTORY_ERROR = EbbClass.builtin("NotADirectoryError", OS_ERROR);
    public static final EbbClass PERMISSION_ERROR = EbbClass.builtin("PermissionError", OS_ERROR);
    public static final EbbClass TIMEOUT_ERROR = EbbClass.builtin("TimeoutError", OS_ERROR);
    public static final EbbClass RUNTIME_ERROR = error("RuntimeError");
    public static final EbbClass NOT_IMPLEMENTED_ERROR = EbbClass.builtin("NotImplementedError", RUNTIME_ERROR);
    public static final EbbClass RECURSION_ERROR = EbbClass.builtin("RecursionError", RUNTIME_ERROR);
    /** A backward that cannot run. */
    public static final EbbClass GRAD_ERROR = EbbClass.builtin("GradError", RUNTIME_ERROR);
    public static final EbbClass SYNTAX_ERROR = error("SyntaxError");
    public static final EbbClass INDENTATION_ERROR = EbbClass.builtin("IndentationError", SYNTAX_ERROR);
    public static final EbbClass TAB_ERROR = EbbClass.builtin("TabError", INDENTATION_ERROR);
    public static final EbbClass SYSTEM_ERROR = error("SystemError");
    public static final EbbClass TYPE_ERROR = error("TypeError");
    public static final EbbClass VALUE_ERROR = error("ValueError");
    public static final EbbClass UNICODE_ERROR = EbbClass.builtin("UnicodeError", VALUE_ERROR);
    public static final EbbClass UNICODE_DECODE_ERROR = EbbClass.builtin("UnicodeDecodeError", UNICODE_ERROR);
    public static final EbbClass UNICODE_ENCODE_ERROR = EbbClass.builtin("UnicodeEncodeError", UNICODE_ERROR);
    public static final EbbClass WARNING = error("Warning");
    public static final EbbClass USER_WARNING = EbbClass.builtin("UserWarning", WARNING);
    public static final EbbClass DEPRECATION_WARNING = EbbClass.builtin("DeprecationWarning", WARNING);
    public static final EbbClass RUNTIME_WARNING = EbbClass.builtin("RuntimeWarning", WARNING);

    private static EbbClass simple(String name) {
        return EbbClass.builtin(name, OBJECT);
    }

    private static EbbClass error(String name) {
        return EbbClass.builtin(name, EXCEPTION);
    }

    /** The exception types that are names of the language. */
    public static EbbClass[] exceptions() {
        return new EbbClass[] {BASE_EXCEPTION, SYSTEM_EXIT, KEYBOARD_INTERRUPT, GENERATOR_EXIT, EXCEPTION, STOP_ITERATION, ARITHMETIC_ERROR,
            ZERO_DIVISION_ERROR, OVERFLOW_ERROR, FLOATING_POINT_ERROR, ASSERTION_ERROR, ATTRIBUTE_ERROR, BUFFER_ERROR, EOF_ERROR, IMPORT_ERROR,
            MODULE_NOT_FOUND_ERROR, LOOKUP_ERROR, INDEX_ERROR, KEY_ERROR, MEMORY_ERROR, NAME_ERROR, UNBOUND_LOCAL_ERROR, OS_ERROR,
            CONNECTION_ERROR, BROKEN_PIPE_ERROR, FILE_NOT_FOUND_ERROR, FILE_EXISTS_ERROR, IS_A_DIRECTORY_ERROR, NOT_A_DIRECTORY_ERROR, PERMISSION_ERROR, TIMEOUT_ERROR,
            RUNTIME_ERROR, NOT_IMPLEMENTED_ERROR, RECURSION_ERROR, GRAD_ERROR, SYNTAX_ERROR, INDENTATION_ERROR, TAB_ERROR, SYSTEM_ERROR, TYPE_ERROR,
            VALUE_ERROR, UNICODE_ERROR, UNICODE_DECODE_ERROR, UNICODE_ENCODE_ERROR, WARNING, USER_WARNING, DEPRECATION_WARNING, RUNTIME_WARNING};
    }

    /** The class of any value. A chain of tests and not a switch over patterns, because compiled code goes through here. */
    public static EbbClass of(Object value) {
        if (value instanceof Typed typed) {
            return typed.type();
        } else if (value instanceof Long) {
            return INT;
        } else if (value instanceof Double) {
            return FLOAT;
        } else if (value instanceof String) {
            return STR;
        } else if (value instanceof Boolean) {
            return BOOL;
        } else if (value instanceof Scalar scalar) {
            return scalar.isLanguageFloat() ? FLOAT : TENSOR;
        }
        return value instanceof Tensor ? TENSOR : foreign(value);
    }

    /** By what it offers. */
    @TruffleBoundary
    private static EbbClass foreign(Object value) {
        if (!(value instanceof TruffleObject)) {
            return FOREIGN;
        }
        var interop = InteropLibrary.getUncached(value);
        if (interop.isException(value)) {
            return FOREIGN_EXCEPTION;
        } else if (interop.hasHashEntries(value)) {
            return FOREIGN_DICT;
        } else if (interop.hasArrayElements(value)) {
            return FOREIGN_LIST;
        } else if (interop.isIterator(value)) {
            return FOREIGN_ITERATOR;
        } else if (interop.hasIterator(value)) {
            return FOREIGN_ITERABLE;
        }
        return interop.hasBufferElements(value) ? FOREIGN_BUFFER : FOREIGN;
    }

    /** The method that the class of a value has for a special name, or null. An attribute of the object itself does not count. */
    @TruffleBoundary
    public static Object lookup(Object receiver, String special) {
        return of(receiver).lookup(special);
    }

    public static boolean isInstance(Object value, EbbClass type) {
        return of(value).isSubclassOf(type);
    }

    /** The type's name, as messages print it. */
    public static String name(Object value) {
        return of(value).name;
    }
}
