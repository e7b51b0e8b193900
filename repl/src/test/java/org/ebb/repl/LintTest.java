package org.ebb.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.ebb.parse.Parser;
import org.junit.jupiter.api.Test;

class LintTest {

    private static final Set<String> BUILTINS = Set.of("print", "range", "record", "int", "len", "tensor", "pause", "x", "grad");

    /** The pieces of the program that are complained about, with the beginning of each complaint. */
    private static List<String> found(String program) {
        return Lint.check(Parser.parse(program), BUILTINS).stream()
                .map(f -> program.substring(f.span().start(), f.span().end()) + " | " + f.message().split("[:;]")[0]).toList();
    }

    @Test
    void namesThatNothingGivesAValue() {
        assertEquals(List.of("y | the name 'y' is nowhere given a value"), found("def f(a):\n    return a + y + y\nf(1)\n"));
        assertEquals(List.of(), found("def f(a):\n    global y\n    y = a\nf(1)\nprint(y)\n"));
        assertEquals(List.of(), found("from math import *\nprint(sin(1))\n"));
        assertEquals(List.of(), found("print([z for z in range(3)], lambda w: w)\ntry:\n    pass\nexcept x as e:\n    print(e)\n"));
        assertEquals(List.of("w | the name 'w' is nowhere given a value"), found("print([z for z in range(w)])\n"));
        assertEquals(List.of(), found("match x:\n    case [a, *b] if a:\n        print(b)\n"));
        assertEquals(List.of(), found("class A:\n    n = 1\n    def f(self):\n        return self.n\nA()\n"));
    }

    @Test
    void gradientsThatEnd() {
        assertEquals(List.of("int(x) | int(...) in a recording"), found("with record:\n    y = int(x) * x\ny.backward()\n"));
        assertEquals(List.of("x.asnumpy() | .asnumpy() in a recording"), found("with record(train_mode=False):\n    y = x\n    y += x.asnumpy()\n"));
        assertEquals(List.of(), found("y = int(x) * 2\nwith record:\n    z = x[int(x)] * len([1])\n"));
    }

    @Test
    void recordingsThatGrow() {
        assertEquals(List.of("y.backward() | backward inside a loop whose recording began outside"),
                found("with record:\n    for i in range(3):\n        y = x * i\n        y.backward()\n"));
        assertEquals(List.of(), found("for i in range(3):\n    with record:\n        y = x * i\n        y.backward()\n"));
    }

    @Test
    void attachedForNothing() {
        assertEquals(List.of("x.attach_grad() | attach_grad() without effect"), found("x.attach_grad()\nprint(x)\n"));
        assertEquals(List.of(), found("x.attach_grad()\nprint(x.grad)\n"));
        assertEquals(List.of("w.attach_grad() | attach_grad() without effect"),
                found("w = tensor(1)\nw.attach_grad()\nx.attach_grad()\nwith record:\n    y = x * x\ny.backward()\n"));
        assertEquals(List.of(), found("w = tensor(1)\nw.attach_grad()\nwith record:\n    y = w * w\ny.backward()\nw = 1\n"));
        assertEquals(List.of(), found("x.w.attach_grad()\nx.y.backward()\n"));
    }
}
