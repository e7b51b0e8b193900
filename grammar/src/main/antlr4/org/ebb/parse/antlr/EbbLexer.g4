// Tokens. Names, numbers, strings and indentation are finished by the base classes: see LiteralLexer and IndentingLexer.
lexer grammar EbbLexer;

options { superClass = IndentingLexer; }

// MATCH and CASE are ordinary names that SoftKeywords promotes where a match statement stands.
tokens { INDENT, DEDENT, MATCH, CASE }

FALSE: 'False';
NONE: 'None';
TRUE: 'True';
AND: 'and';
AS: 'as';
ASSERT: 'assert';
ASYNC: 'async';
AWAIT: 'await';
BREAK: 'break';
CLASS: 'class';
CONTINUE: 'continue';
DEF: 'def';
DEL: 'del';
ELIF: 'elif';
ELSE: 'else';
EXCEPT: 'except';
FINALLY: 'finally';
FOR: 'for';
FROM: 'from';
GLOBAL: 'global';
IF: 'if';
IMPORT: 'import';
IN: 'in';
IS: 'is';
LAMBDA: 'lambda';
NONLOCAL: 'nonlocal';
NOT: 'not';
OR: 'or';
PASS: 'pass';
RAISE: 'raise';
RETURN: 'return';
TRY: 'try';
WHILE: 'while';
WITH: 'with';
YIELD: 'yield';

OPEN_PAREN: '(' { open(); };
CLOSE_PAREN: ')' { close(); };
OPEN_BRACKET: '[' { open(); };
CLOSE_BRACKET: ']' { close(); };
OPEN_BRACE: '{' { open(); };
CLOSE_BRACE: '}' { close(); };

ELLIPSIS: '...';
DOT: '.';
COMMA: ',';
COLON: ':';
WALRUS: ':=';
SEMICOLON: ';';
ARROW: '->';
ASSIGN: '=';
PLUS: '+';
MINUS: '-';
STAR: '*';
DOUBLE_STAR: '**';
SLASH: '/';
DOUBLE_SLASH: '//';
PERCENT: '%';
AT: '@';
LEFT_SHIFT: '<<';
RIGHT_SHIFT: '>>';
AMPERSAND: '&';
BAR: '|';
CARET: '^';
TILDE: '~';
EQUAL: '==';
NOT_EQUAL: '!=';
LESS: '<';
LESS_EQUAL: '<=';
GREATER: '>';
GREATER_EQUAL: '>=';
PLUS_ASSIGN: '+=';
MINUS_ASSIGN: '-=';
STAR_ASSIGN: '*=';
DOUBLE_STAR_ASSIGN: '**=';
SLASH_ASSIGN: '/=';
DOUBLE_SLASH_ASSIGN: '//=';
PERCENT_ASSIGN: '%=';
AT_ASSIGN: '@=';
LEFT_SHIFT_ASSIGN: '<<=';
RIGHT_SHIFT_ASSIGN: '>>=';
AMPERSAND_ASSIGN: '&=';
BAR_ASSIGN: '|=';
CARET_ASSIGN: '^=';

// The rest of a literal is scanned by hand, because its errors need words of their own.
NUMBER: (DIGIT | '.' DIGIT) { number(); };
STRING: PREFIX? ["'] { string(); };
NAME: [a-zA-Z_] [a-zA-Z_0-9]* { name(); };
FOREIGN_NAME: [\u0080-\uFFFF] { foreignName(); } -> type(NAME);

NEWLINE: ('\r' '\n'? | '\n') { newline(); };
COMMENT: '#' { comment(); } -> channel(HIDDEN);
CONTINUATION: '\\' { continuation(); } -> skip;
BLANKS: [ \t\f]+ -> skip;
UNKNOWN: . { unknown(); };

fragment DIGIT: [0-9];
fragment PREFIX: [rRuUbBfF] | [rR] [bBfF] | [bBfF] [rR];
