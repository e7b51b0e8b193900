package org.ebb.parse;

import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.ebb.parse.antlr.EbbParser.DottedNameContext;

/**
 * Names as the tree holds them.
 *
 * <p>They are in Unicode's normal form NFKC, as in Python, so that two spellings of one name are one. And in the body of a class
 * {@code C} a private name {@code __x} becomes {@code _C__x}, unless the tree is built as written.
 */
final class Names {

    private final Deque<String> classes = new ArrayDeque<>();
    private final boolean asWritten;

    Names(boolean asWritten) {
        this.asWritten = asWritten;
    }

    void enterClass(String name) {
        classes.push(name);
    }

    void leaveClass() {
        classes.pop();
    }

    String of(TerminalNode node) {
        String name = plain(node.getSymbol());
        boolean isPrivate = name.startsWith("__") && !name.endsWith("__") && !asWritten && !classes.isEmpty();
        return isPrivate ? inClass(name) : name;
    }

    private String inClass(String name) {
        String type = classes.peek();
        int start = 0;
        while (start < type.length() && type.charAt(start) == '_') {
            start++;
        }
        return start == type.length() ? name : "_" + type.substring(start) + name;
    }

    List<String> all(List<TerminalNode> nodes) {
        List<String> names = new ArrayList<>(nodes.size());
        for (TerminalNode node : nodes) {
            names.add(of(node));
        }
        return List.copyOf(names);
    }

    /** The name an import binds, where that is not the name it imports. */
    Optional<String> imported(TerminalNode name, TerminalNode as) {
        String bound = of(as == null ? name : as);
        return as == null && bound.equals(plain(name)) ? Optional.empty() : Optional.of(bound);
    }

    /** A name that no class changes: a keyword of a call, a module. */
    static String plain(TerminalNode node) {
        return plain(node.getSymbol());
    }

    static String plain(Token token) {
        String name = token.getText();
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 128) {
                return Normalizer.normalize(name, Normalizer.Form.NFKC);
            }
        }
        return name;
    }

    static String dotted(DottedNameContext context) {
        StringBuilder name = new StringBuilder(plain(context.NAME(0)));
        for (TerminalNode part : context.NAME().subList(1, context.NAME().size())) {
            name.append('.').append(plain(part));
        }
        return name.toString();
    }
}
