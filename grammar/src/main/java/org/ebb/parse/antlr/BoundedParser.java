package org.ebb.parse.antlr;

import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.TokenStream;

/** Base of the generated parser: refuses nesting so deep that Java's stack could overflow. */
public abstract class BoundedParser extends Parser {

    /**
     * More than two hundred brackets can use; the rest is for lambdas and conditional expressions, which nest without brackets.
     */
    private static final int MAX_EXPRESSIONS = 500;

    private int expressions;

    protected BoundedParser(TokenStream input) {
        super(input);
    }

    @Override
    public void enterRule(ParserRuleContext context, int state, int rule) {
        super.enterRule(context, state, rule);
        if (rule == EbbParser.RULE_expression && ++expressions > MAX_EXPRESSIONS) {
            throw new LexicalFault("SyntaxError", "too many nested expressions", getCurrentToken().getStartIndex(),
                    getCurrentToken().getStopIndex() + 1, false);
        }
    }

    @Override
    public void exitRule() {
        if (_ctx.getRuleIndex() == EbbParser.RULE_expression) {
            expressions--;
        }
        super.exitRule();
    }

    @Override
    public void reset() {
        expressions = 0;
        super.reset();
    }
}
