package org.ebb.syntax;

/** The first byte of a node in a stored tree: see {@link TreeWriter}. */
final class Tag {

    static final int NOTHING = 0;

    static final int NONE = 1;
    static final int ELLIPSIS = 2;
    static final int TRUE = 3;
    static final int FALSE = 4;
    static final int INT = 5;
    static final int FLOAT = 6;
    static final int STR = 7;
    static final int BYTES = 8;
    static final int FSTRING = 9;
    static final int NAME = 10;
    static final int LIST = 11;
    static final int TUPLE = 12;
    static final int SET = 13;
    static final int DICT = 14;
    static final int STARRED = 15;
    static final int UNARY = 16;
    static final int BINARY = 17;
    static final int AND = 18;
    static final int OR = 19;
    static final int COMPARE = 20;
    static final int CONDITIONAL = 21;
    static final int LAMBDA = 22;
    static final int CALL = 23;
    static final int ATTRIBUTE = 24;
    static final int SUBSCRIPT = 25;
    static final int SLICE = 26;
    static final int LIST_COMPREHENSION = 27;
    static final int SET_COMPREHENSION = 28;
    static final int DICT_COMPREHENSION = 29;
    static final int GENERATOR = 30;
    static final int WALRUS = 31;
    static final int YIELD = 32;
    static final int YIELD_FROM = 33;

    static final int EXPRESSION = 40;
    static final int ASSIGN = 41;
    static final int AUGMENTED = 42;
    static final int ANNOTATED = 43;
    static final int IF = 44;
    static final int WHILE = 45;
    static final int FOR = 46;
    static final int BREAK = 47;
    static final int CONTINUE = 48;
    static final int PASS = 49;
    static final int RETURN = 50;
    static final int FUNCTION = 51;
    static final int CLASS = 52;
    static final int TRY = 53;
    static final int RAISE = 54;
    static final int WITH = 55;
    static final int ASSERT = 56;
    static final int DELETE = 57;
    static final int GLOBAL = 58;
    static final int NONLOCAL = 59;
    static final int IMPORT = 60;
    static final int IMPORT_FROM = 61;
    static final int MATCH = 62;

    static final int VALUE = 70;
    static final int CAPTURE = 71;
    static final int AS = 72;
    static final int CHOICE = 73;
    static final int SEQUENCE = 74;
    static final int STAR = 75;
    static final int MAPPING = 76;
    static final int CLASS_PATTERN = 77;

    static final int TEXT = 80;
    static final int FIELD = 81;

    private Tag() {}
}
