package org.ebb.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Shape;
import org.ebb.tensor.Tensor;
import org.ebb.tensor.Value;

/**
 * A call to try laws on, read from {@link Op#samples}: shapes of the inputs in brackets (with {@code :dtype} where it is not
 * float64),
 * then options as the language writes them.
 */
record Sample(Op op, String text, List<Shape> shapes, List<DType> dtypes, Object[] options) {

    private static final Pattern INPUT = Pattern.compile("\\[([0-9,]*)](?::(\\w+))?");
    private static final Pattern OPTION = Pattern.compile("(\\w+)=('[^']*'|\\S+)");

    static List<Sample> of(Op op) {
        return op.samples().stream().map(text -> parse(op, text)).toList();
    }

    static Sample parse(Op op, String text) {
        var shapes = new ArrayList<Shape>();
        var dtypes = new ArrayList<DType>();
        Matcher input = INPUT.matcher(text);
        while (input.find()) {
            String[] parts = input.group(1).isEmpty() ? new String[0] : input.group(1).split(",");
            long[] dims = new long[parts.length];
            for (int k = 0; k < dims.length; k++) {
                dims[k] = Long.parseLong(parts[k]);
            }
            shapes.add(Shape.of(dims));
            dtypes.add(input.group(2) == null ? DType.FLOAT64 : DType.valueOf(input.group(2).toUpperCase()));
        }
        List<Parameter> parameters = op.parameters().subList(op.inputs(), op.parameters().size());
        Object[] options = parameters.stream().map(Parameter::fallback).toArray();
        Matcher option = OPTION.matcher(text);
        while (option.find()) {
            int place = parameters.stream().map(Parameter::name).toList().indexOf(option.group(1));
            options[place] = new Literal(option.group(2)).read();
        }
        return new Sample(op, text, shapes, dtypes, options);
    }

    Object prepare(Value[] inputs) {
        return op.prepare(options, inputs);
    }

    /** Random inputs from where the row is smooth. */
    Value[] inputs(Random random) {
        var inputs = new Value[shapes.size()];
        for (int k = 0; k < inputs.length; k++) {
            inputs[k] = random(random, shapes.get(k), dtypes.get(k), op.domain(k));
        }
        return inputs;
    }

    private static Tensor random(Random random, Shape shape, DType dtype, Domain domain) {
        Tensor x = Tensor.zeros(dtype, shape, Flavour.PLAIN);
        for (long i = 0; i < x.size(); i++) {
            if (dtype == DType.FLOAT64) {
                x.setDouble(i, draw(random, domain));
            } else {
                x.setLong(i, random.nextInt(5));
            }
        }
        if (domain == Domain.REGULAR || domain == Domain.DEFINITE) {
            long n = shape.dim(-1);
            long rows = shape.dim(-2);
            for (long i = 0; i < x.size(); i++) {
                x.setDouble(i, x.getDouble(i) + (i % n == i / n % rows ? 4 * (1 + i % n) : 0));
            }
        }
        return x;
    }

    static double draw(Random random, Domain domain) {
        double drawn = domain.low + (domain.high - domain.low) * random.nextDouble();
        return domain == Domain.COUNT ? Math.rint(drawn) : drawn;
    }

    @Override
    public String toString() {
        return op + " " + text;
    }

    /** Reads a literal of the language: None, True, numbers, strings, dtypes, tuples. */
    private static final class Literal {
        private final String text;
        private int at;

        Literal(String text) {
            this.text = text;
        }

        Object read() {
            if (text.charAt(at) == '(') {
                var items = new ArrayList<>();
                at++;
                while (text.charAt(at) != ')') {
                    items.add(read());
                    at += text.charAt(at) == ',' ? 1 : 0;
                }
                at++;
                return items.toArray();
            }
            if (text.charAt(at) == '\'') {
                int end = text.indexOf('\'', at + 1);
                String string = text.substring(at + 1, end);
                at = end + 1;
                return string;
            }
            int start = at;
            while (at < text.length() && ",)".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return word(text.substring(start, at));
        }

        private static Object word(String word) {
            return switch (word) {
                case "None" -> null;
                case "True" -> true;
                case "False" -> false;
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                case "float64" -> DType.FLOAT64;
                default -> word.contains(".") ? (Object) Double.valueOf(word) : Long.valueOf(word);
            };
        }
    }
}
