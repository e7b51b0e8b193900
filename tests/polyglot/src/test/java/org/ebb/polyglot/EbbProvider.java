package org.ebb.polyglot;

import static org.graalvm.polyglot.tck.TypeDescriptor.ANY;
import static org.graalvm.polyglot.tck.TypeDescriptor.ARRAY;
import static org.graalvm.polyglot.tck.TypeDescriptor.BOOLEAN;
import static org.graalvm.polyglot.tck.TypeDescriptor.EXCEPTION;
import static org.graalvm.polyglot.tck.TypeDescriptor.EXECUTABLE_ANY;
import static org.graalvm.polyglot.tck.TypeDescriptor.INSTANTIABLE_ANY;
import static org.graalvm.polyglot.tck.TypeDescriptor.META_OBJECT;
import static org.graalvm.polyglot.tck.TypeDescriptor.NULL;
import static org.graalvm.polyglot.tck.TypeDescriptor.NUMBER;
import static org.graalvm.polyglot.tck.TypeDescriptor.OBJECT;
import static org.graalvm.polyglot.tck.TypeDescriptor.STRING;
import static org.graalvm.polyglot.tck.TypeDescriptor.array;
import static org.graalvm.polyglot.tck.TypeDescriptor.executable;
import static org.graalvm.polyglot.tck.TypeDescriptor.hash;
import static org.graalvm.polyglot.tck.TypeDescriptor.intersection;
import static org.graalvm.polyglot.tck.TypeDescriptor.iterable;
import static org.graalvm.polyglot.tck.TypeDescriptor.iterator;
import static org.graalvm.polyglot.tck.TypeDescriptor.union;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.tck.LanguageProvider;
import org.graalvm.polyglot.tck.ResultVerifier;
import org.graalvm.polyglot.tck.Snippet;
import org.graalvm.polyglot.tck.TypeDescriptor;

/** Ebb's values, operators and statements with their types, for the kit that tries them on the values of every language present. */
public final class EbbProvider implements LanguageProvider {

    private static final String ID = "ebb";

    /** What Ebb counts as a number: True + 1 is 2. */
    private static final TypeDescriptor NUMERIC = union(NUMBER, BOOLEAN);

    /** The kit has no type for buffers, which Ebb takes for rows of bytes. */
    private static final String NO_BUFFER = "lambda x: None + 1 if type(x).__name__ == 'foreign_buffer' else ";

    /** A container that also shows its methods. */
    private static TypeDescriptor with(TypeDescriptor... more) {
        TypeDescriptor[] all = new TypeDescriptor[more.length + 1];
        all[0] = OBJECT;
        System.arraycopy(more, 0, all, 1, more.length);
        return intersection(all);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Value createIdentityFunction(Context context) {
        return context.eval(ID, "lambda x: x");
    }

    @Override
    public Collection<? extends Snippet> createValueConstructors(Context context) {
        Snippets all = new Snippets(context);
        all.value("None", NULL);
        all.value("True", BOOLEAN);
        all.value("7", NUMBER);
        all.value("-2.5", NUMBER);
        all.value("2 ** 100", NUMBER);
        all.value("float('nan')", NUMBER);
        all.value("'text'", STRING);
        all.value("''", STRING);
        all.value("[1, 2.5]", with(array(NUMBER)));
        all.value("['a', 'b']", with(array(STRING)));
        all.value("[1, 'a', None]", with(array(union(NUMBER, STRING, NULL))));
        all.value("('a', 1)", with(array(union(STRING, NUMBER))));
        all.value("range(3)", with(array(NUMBER)));
        all.value("b'ab'", with(array(NUMBER)));
        all.value("{'a': 1}", with(hash(STRING, NUMBER)));
        all.value("{1, 2}", with(iterable(NUMBER)));
        all.value("frozenset(['a'])", with(iterable(STRING)));
        all.value("{'a': 1}.keys()", with(iterable(STRING)));
        all.value("iter([1, 2])", with(iterator(NUMBER), iterable(NUMBER)));
        all.value("(x for x in 'ab')", with(iterator(STRING), iterable(STRING)));
        all.value("enumerate('ab')", with(iterator(ARRAY), iterable(ARRAY)));
        all.value("lambda: 1", with(executable(ANY)));
        all.value("lambda x, y: x", with(executable(ANY, true, ANY, ANY)));
        all.value("len", with(executable(ANY, ANY)));
        all.value("[].append", with(executable(ANY, ANY)));
        all.value("type('Point', (), {'x': 1})", with(META_OBJECT, INSTANTIABLE_ANY, EXECUTABLE_ANY));
        all.value("type('Point', (), {'x': 1})()", OBJECT);
        all.value("int", with(META_OBJECT, INSTANTIABLE_ANY, EXECUTABLE_ANY));
        all.value("ValueError('why')", with(EXCEPTION));
        all.value("tensor([1., 2.])", with(array(NUMBER)));
        all.value("tensor([[1., 2.], [3., 4.]])", with(array(array(NUMBER))));
        all.value("tensor([1., 2.]).sum()", NUMBER);
        all.value("tensor([1., 2.]) > 1", with(array(BOOLEAN)));
        all.value("slice(1, 2)", OBJECT);
        all.value("...", OBJECT);
        all.value("__import__('math')", OBJECT);
        return all;
    }

    @Override
    public Collection<? extends Snippet> createExpressions(Context context) {
        Snippets all = new Snippets(context);
        for (String operator : List.of("-", "/", "//", "%", "**")) {
            all.add(operator, "lambda x, y: x " + operator + " y", NUMBER, Verifiers.ARITHMETIC, NUMERIC, NUMERIC);
        }
        all.add("and", "lambda x: x and 'text'", ANY, Verifiers.TRUTH, ANY);
        all.add("or", "lambda x: x or 'text'", ANY, Verifiers.TRUTH, ANY);
        all.add("not", "lambda x: not x", BOOLEAN, Verifiers.TRUTH, ANY);
        all.add("is", "lambda x: x is None", BOOLEAN, null, ANY);
        all.add("is itself", "lambda x: x is x", BOOLEAN, Verifiers.TRUE, ANY);
        all.add("==", "lambda x: str(x == 'text') != ''", BOOLEAN, Verifiers.TRUE, ANY);
        for (String name : List.of("str", "repr", "callable")) {
            all.add(name, name, name.equals("callable") ? BOOLEAN : STRING, null, ANY);
        }
        all.add("type", "type", META_OBJECT, null, ANY);
        all.add("bool", "lambda x: bool(x)", BOOLEAN, Verifiers.TRUTH, ANY);
        // Concatenation: only what Ebb itself can add up; numbers are with the operators above.
        all.add("+", "lambda x: x + 'text'", STRING, null, STRING);
        all.add("+ list", NO_BUFFER + "list(x) + [1]", ARRAY, null, union(TypeDescriptor.ITERABLE, TypeDescriptor.ITERATOR, ARRAY, TypeDescriptor.HASH, STRING));
        all.add("len", NO_BUFFER + "len(x)", NUMBER, null, union(ARRAY, TypeDescriptor.HASH, STRING));
        all.add("[0]", NO_BUFFER + "x[0] if len(x) else None", ANY, null, union(ARRAY, STRING));
        all.add("call", "lambda x: x()", ANY, null, union(executable(ANY), TypeDescriptor.instantiable(ANY, false)));
        all.add("list", "lambda x: [x, x]", ARRAY, null, ANY);
        all.add("dict", "lambda x: {'a': x}", hash(STRING, ANY), null, ANY);
        all.add("f-string", "lambda x: f'<{x}>'", STRING, null, ANY);
        all.add("if", "lambda x: 1 if x else 2", NUMBER, Verifiers.TRUTH, ANY);
        all.add("isinstance", "lambda x: isinstance(x, (int, str, list))", BOOLEAN, null, ANY);
        return all;
    }

    @Override
    public Collection<? extends Snippet> createStatements(Context context) {
        Snippets all = new Snippets(context);
        all.add("if", "def f(c):\n    if c:\n        return 1\n    return 0\nf", NUMBER, Verifiers.TRUTH, ANY);
        all.add("while", "def f(c):\n    n = 0\n    while c:\n        n += 1\n        if n > 2:\n            break\n    return n\nf", NUMBER, Verifiers.TRUTH, ANY);
        all.add("assert", "def f(c):\n    try:\n        assert c\n    except AssertionError:\n        return False\n    return True\nf", BOOLEAN, Verifiers.TRUTH, ANY);
        all.add("return", "def f(c):\n    return c\nf", ANY, null, ANY);
        all.add("assign", "def f(c):\n    a = b = c\n    return b\nf", ANY, null, ANY);
        all.add("raise", "def f(c):\n    raise c\nf", NULL, Verifiers.RAISED, EXCEPTION);
        all.add("try", "def f(c):\n    try:\n        raise c\n    except Exception as e:\n        if e is not c:\n            raise\n        return e\nf", EXCEPTION, null, EXCEPTION);
        return all;
    }

    @Override
    public Collection<? extends Snippet> createScripts(Context context) {
        Snippets all = new Snippets(context);
        all.script("a loop with floats", """
                total = 0.0
                for i in range(100):
                    total += i * 0.5
                total
                """, NUMBER, 2475.0);
        all.script("a gradient", """
                x = tensor([1., 2., 3.])
                x.attach_grad()
                with record:
                    y = (x ** 2).sum()
                y.backward()
                [float(v) for v in x.grad][2]
                """, NUMBER, 6.0);
        all.script("classes, generators and exceptions", """
                class Counter:
                    def __init__(self, step):
                        self.step = step
                    def values(self):
                        n = 0
                        while True:
                            n += self.step
                            if n > 10:
                                raise ValueError(n)
                            yield n
                total = 0
                try:
                    for v in Counter(3).values():
                        total += v
                except ValueError as e:
                    total += e.args[0]
                total
                """, NUMBER, 30.0);
        return all;
    }

    @Override
    public Collection<? extends Source> createInvalidSyntaxScripts(Context context) {
        List<Source> all = new ArrayList<>();
        for (String text : List.of("def f(:\n    pass\n", "x = = 1\n", "if True\n    pass\n", "'open", "for in x:\n    pass\n", "return 1\n",
                "  x = 1\ny = 2\n", "1 = x\n")) {
            all.add(Source.newBuilder(ID, text, "wrong.ebb").buildLiteral());
        }
        return all;
    }

    /** The snippets of one context. */
    private static final class Snippets extends ArrayList<Snippet> {

        private final transient Context context;

        Snippets(Context context) {
            this.context = context;
        }

        void value(String expression, TypeDescriptor type) {
            add(Snippet.newBuilder(expression, context.eval(ID, "lambda: (" + expression + ")"), type).build());
        }

        void add(String name, String function, TypeDescriptor result, ResultVerifier verifier, TypeDescriptor... parameters) {
            var builder = Snippet.newBuilder(name, context.eval(ID, function), result).parameterTypes(parameters);
            add((verifier == null ? builder : builder.resultVerifier(verifier)).build());
        }

        void script(String name, String text, TypeDescriptor type, double expected) {
            Value run = context.parse(Source.newBuilder(ID, text, name).buildLiteral());
            add(Snippet.newBuilder(name, run, type).resultVerifier(it -> {
                ResultVerifier.getDefaultResultVerifier().accept(it);
                if (it.getResult().asDouble() != expected) {
                    throw new AssertionError(name + ": " + it.getResult());
                }
            }).build());
        }
    }
}
