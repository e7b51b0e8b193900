import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** A Java program that runs Ebb: values come back as numbers, arrays and functions; errors as exceptions with their place. */
public class Host {

    public static void main(String[] arguments) {
        try (Context context = Context.create("ebb")) {
            System.out.println(context.eval("ebb", "6 * 7").asInt());                        // prints: 42

            Value area = context.eval("ebb", "lambda r: 3.0 * r * r");
            System.out.println(area.execute(2.0).asDouble());                                // prints: 12.0

            Value slope = context.eval("ebb", "grad").execute(area);
            System.out.println(slope.execute(2.0).asDouble());                               // prints: 12.0

            Value matrix = context.eval("ebb", "tensor([[1, 2], [3, 4]]) * 10");
            System.out.println(matrix.getArraySize() + " rows, " + matrix.getArrayElement(1).getArrayElement(0)); // prints: 2 rows, 30.0
            System.out.println(matrix);                                                      // prints: tensor([[10., 20.],
                                                                                             // prints:         [30., 40.]])
            try {
                context.eval("ebb", "1 + 1\n1 / 0");
            } catch (PolyglotException e) {
                System.out.println("line " + e.getSourceLocation().getStartLine() + ": " + e.getMessage());
                // prints: line 2: ZeroDivisionError: division by zero
            }
        }
    }
}
