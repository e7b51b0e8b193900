// The grammar of Ebb. Every decision needs one or two tokens, so parsing is linear. What a grammar says badly (operator
// precedence, what may be assigned to, where a star may stand) is left to the tree builder, which also has the words for the
// errors.
parser grammar EbbParser;

options { tokenVocab = EbbLexer; superClass = BoundedParser; }

// ---- Entries

program: statement* EOF;

expressionEntry: expressions NEWLINE? EOF;

// What stands between the braces of an f-string: anything that may stand between parentheses.
fieldEntry: group EOF;

// ---- Statements

statement
    : simpleStatements
    | ifStatement
    | whileStatement
    | forStatement
    | tryStatement
    | withStatement
    | functionDefinition
    | classDefinition
    | decorated
    | matchStatement
    ;

simpleStatements: simpleStatement (SEMICOLON simpleStatement)* SEMICOLON? NEWLINE;

simpleStatement
    : expressionStatement
    | passStatement
    | breakStatement
    | continueStatement
    | returnStatement
    | raiseStatement
    | globalStatement
    | nonlocalStatement
    | deleteStatement
    | assertStatement
    | importStatement
    | importFromStatement
    ;

expressionStatement
    : right (COLON annotation = expression (ASSIGN right)? | augmentedOperator right | (ASSIGN right)*)
    ;

right: yieldExpression | expressions;

augmentedOperator
    : PLUS_ASSIGN | MINUS_ASSIGN | STAR_ASSIGN | DOUBLE_STAR_ASSIGN | SLASH_ASSIGN | DOUBLE_SLASH_ASSIGN | PERCENT_ASSIGN
    | AT_ASSIGN | LEFT_SHIFT_ASSIGN | RIGHT_SHIFT_ASSIGN | AMPERSAND_ASSIGN | BAR_ASSIGN | CARET_ASSIGN
    ;

passStatement: PASS;
breakStatement: BREAK;
continueStatement: CONTINUE;
returnStatement: RETURN expressions?;
raiseStatement: RAISE (expression (FROM expression)?)?;
globalStatement: GLOBAL NAME (COMMA NAME)*;
nonlocalStatement: NONLOCAL NAME (COMMA NAME)*;
deleteStatement: DEL expressions;
assertStatement: ASSERT expression (COMMA expression)?;

importStatement: IMPORT importedModule (COMMA importedModule)*;
importedModule: dottedName (AS NAME)?;
dottedName: NAME (DOT NAME)*;
importFromStatement
    : FROM (DOT | ELLIPSIS)* dottedName? IMPORT (STAR | OPEN_PAREN importedNames CLOSE_PAREN | importedNames)
    ;
importedNames: importedName (COMMA importedName)* COMMA?;
importedName: NAME (AS NAME)?;

block: simpleStatements | NEWLINE INDENT statement+ DEDENT;

ifStatement: IF namedExpression COLON block elifBranch* elseBranch?;
elifBranch: ELIF namedExpression COLON block;
elseBranch: ELSE COLON block;
whileStatement: WHILE namedExpression COLON block elseBranch?;
forStatement: FOR targets IN expressions COLON block elseBranch?;
tryStatement: TRY COLON block (handler+ elseBranch? finallyBranch? | finallyBranch);
handler: EXCEPT STAR? (expression (COMMA expression)* (AS NAME)?)? COLON block;
finallyBranch: FINALLY COLON block;
// Parentheses around several items are read as a group and taken apart by the tree builder.
withStatement: WITH withItem (COMMA withItem)* COLON block;
withItem: expression (AS target)?;

decorated: decorator+ (functionDefinition | classDefinition);
decorator: AT namedExpression NEWLINE;
functionDefinition: DEF NAME OPEN_PAREN parameters? CLOSE_PAREN (ARROW expression)? COLON block;
parameters: parameter (COMMA parameter)* COMMA?;
parameter
    : SLASH
    | STAR (NAME (COLON annotation = expression)?)?
    | DOUBLE_STAR NAME (COLON annotation = expression)?
    | NAME (COLON annotation = expression)? (ASSIGN defaultValue = expression)?
    ;
classDefinition: CLASS NAME (OPEN_PAREN arguments? CLOSE_PAREN)? COLON block;

// ---- match

matchStatement: MATCH starItem (COMMA starItem)* COMMA? COLON NEWLINE INDENT caseBlock+ DEDENT;
caseBlock: CASE patterns (IF namedExpression)? COLON block;
patterns: starPattern (COMMA starPattern)* COMMA?;
starPattern: STAR NAME | pattern;
pattern: closedPattern (BAR closedPattern)* (AS NAME)?;
closedPattern
    : MINUS? NUMBER                                                             # numberPattern
    | STRING+                                                                   # stringPattern
    | (NONE | TRUE | FALSE)                                                     # singletonPattern
    | dottedName (OPEN_PAREN (patternArgument (COMMA patternArgument)* COMMA?)? CLOSE_PAREN)?  # namePattern
    | OPEN_PAREN patterns? CLOSE_PAREN                                          # groupPattern
    | OPEN_BRACKET patterns? CLOSE_BRACKET                                      # listPattern
    | OPEN_BRACE (mappingItem (COMMA mappingItem)* COMMA?)? CLOSE_BRACE         # mappingPattern
    ;
patternArgument: (NAME ASSIGN)? pattern;
mappingItem: DOUBLE_STAR NAME | closedPattern COLON pattern;

// ---- Expressions

expressions: starExpression (COMMA starExpression)* COMMA?;
starExpression: STAR operation | expression;
namedExpression: expression (WALRUS expression)?;
starItem: STAR operation | namedExpression;

expression: operation (IF operation ELSE expression)? | lambda;
lambda: LAMBDA (lambdaParameter (COMMA lambdaParameter)* COMMA?)? COLON expression;
lambdaParameter: SLASH | STAR NAME? | DOUBLE_STAR NAME | NAME (ASSIGN defaultValue = expression)?;

yieldExpression: YIELD (FROM expression | expressions)?;

// Operators are kept flat here and folded by precedence in Operators.
operation: operand (operator operand)*;
operand: (NOT | MINUS | PLUS | TILDE)* primary;
operator
    : OR | AND | NOT IN | IN | IS NOT? | EQUAL | NOT_EQUAL | LESS | LESS_EQUAL | GREATER | GREATER_EQUAL | BAR | CARET | AMPERSAND
    | LEFT_SHIFT | RIGHT_SHIFT | PLUS | MINUS | STAR | SLASH | DOUBLE_SLASH | PERCENT | AT | DOUBLE_STAR
    ;

primary: atom trailer*;
trailer
    : DOT NAME                                  # attributeTrailer
    | OPEN_PAREN arguments? CLOSE_PAREN         # callTrailer
    | OPEN_BRACKET subscripts CLOSE_BRACKET     # subscriptTrailer
    ;
atom
    : NAME                                      # nameAtom
    | NUMBER                                    # numberAtom
    | STRING+                                   # stringAtom
    | (NONE | TRUE | FALSE | ELLIPSIS)          # constantAtom
    | OPEN_PAREN group? CLOSE_PAREN             # parenAtom
    | OPEN_BRACKET listItems? CLOSE_BRACKET     # listAtom
    | OPEN_BRACE braceItems? CLOSE_BRACE        # braceAtom
    ;

// "as" has a meaning only in the parentheses of a with statement; the tree builder refuses it elsewhere.
group: yieldExpression | groupItem (comprehension | (COMMA groupItem)* COMMA?);
groupItem: starItem (AS target)?;
listItems: starItem (comprehension | (COMMA starItem)* COMMA?);
braceItems: braceItem (comprehension | (COMMA braceItem)* COMMA?);
braceItem: DOUBLE_STAR operation | starItem (COLON expression)?;

comprehension: comprehensionClause+;
comprehensionClause: FOR targets IN operation (IF operation)*;

targets: target (COMMA target)* COMMA?;
target: STAR? primary;

subscripts: subscript (COMMA subscript)* COMMA?;
subscript: starItem sliceTail? | sliceTail;
sliceTail: COLON upper = expression? (COLON step = expression?)?;

arguments: argument (COMMA argument)* COMMA?;
argument
    : STAR expression
    | DOUBLE_STAR expression
    | expression (ASSIGN expression | (WALRUS expression)? comprehension?)
    ;
