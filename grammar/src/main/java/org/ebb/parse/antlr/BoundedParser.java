package org.ebb.parse.antlr;

import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.TokenStream;

/** Base of the generated parser: refuses nesting so deep that Java's stack could overflow. */
public abstract class BoundedParser extends Parser {

    /** Two hundred brackets, each about eight rules deep, and a hundred blocks stay well below it. */
    private static final int MAX_RULES = 2400;

    private int rules;

    protected BoundedParser(TokenStream input) {
        super(input);
    }

    @Override
    public void enterRule(ParserRuleContext context, int state, int rule) {
        super.enterRule(context, state, rule);
        if (++rules > MAX_RULES) {
            throw new LexicalFault("SyntaxError", "too many nested expressions", getCurrentToken().getStartIndex(),
                    getCurrentToken().getStopIndex() + 1, false);
        }
    }

    @Override
    public void exitRule() {
        rules--;
        super.exitRule();
    }

    @Override
    public void reset() {
        rules = 0;
        super.reset();
    }
}
