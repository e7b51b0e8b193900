package sample;

import java.util.Arrays;
import org.ebb.embed.DifferentiableFunction;
import org.ebb.embed.Ebb;
import org.ebb.embed.EbbException;
import org.graalvm.polyglot.Engine;

/** A program with one dependency that asks a script for a function and its slopes. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        try (Ebb ebb = Ebb.create(); Engine engine = Engine.newBuilder().option("engine.WarnInterpreterOnly", "false").build()) {
            System.out.println("engine: " + engine.getImplementationName());
            DifferentiableFunction f = ebb.compile("def f(x, y):\n    return x * x * y").function("f");
            System.out.println(f.value(3, 2) + " " + Arrays.toString(f.gradient(3, 2)));
            System.out.println(ebb.evaluate("str(tensor([1., 2.]) @ tensor([3., 4.]))"));
            try {
                ebb.compile("sample.ebb", "x = 1\nx / 0");
            } catch (EbbException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
