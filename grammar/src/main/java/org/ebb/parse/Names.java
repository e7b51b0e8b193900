package org.ebb.parse;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.ebb.parse.antlr.EbbParser.DottedNameContext;

/** Names as the tree holds them: in Unicode's normal form NFKC, as in Python, so that two spellings of one name are one. */
final class Names {

    private Names() {}

    static String of(Token token) {
        String name = token.getText();
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 128) {
                return Normalizer.normalize(name, Normalizer.Form.NFKC);
            }
        }
        return name;
    }

    static String of(TerminalNode node) {
        return of(node.getSymbol());
    }

    static String dotted(DottedNameContext context) {
        return String.join(".", all(context.NAME()));
    }

    static List<String> all(List<TerminalNode> nodes) {
        List<String> names = new ArrayList<>(nodes.size());
        for (TerminalNode node : nodes) {
            names.add(of(node));
        }
        return names;
    }
}
