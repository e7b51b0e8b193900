package org.ebb.op;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.ebb.kernel.Binary;
import org.ebb.kernel.Compare;
import org.ebb.kernel.Unary;
import org.ebb.op.Elementwise.Booleans;
import org.ebb.op.Elementwise.Result;
import org.ebb.op.Elementwise.Ternary;
import org.ebb.op.Elementwise.WholeTernary;

/** What a row of an elementwise family says about itself, up to {@link #doc}, which makes the row. */
final class ElementwiseBuilder {

    final String name;
    final int arity;
    DoubleUnaryOperator one;
    DoubleBinaryOperator two;
    Ternary three;
    LongUnaryOperator wholeOne;
    LongBinaryOperator wholeTwo;
    WholeTernary wholeThree;
    Formula[] slopes;
    Domain[] domains = {Domain.REAL};
    Result result = Result.ARITHMETIC;
    Booleans booleans = Booleans.WIDEN;
    boolean gated;
    Unary unaryKernel;
    Binary binaryKernel;
    Compare compareKernel;
    boolean conditional;
    private String parameters;

    private ElementwiseBuilder(String name, int arity, String parameters) {
        this.name = name;
        this.arity = arity;
        this.parameters = parameters;
        this.slopes = new Formula[arity];
    }

    /** A function of one number that gives a float. */
    static ElementwiseBuilder unary(String name, DoubleUnaryOperator value) {
        var row = new ElementwiseBuilder(name, 1, "x");
        row.one = value;
        row.result = Result.FLOATING;
        return row;
    }

    /** A function of two numbers that gives a float. */
    static ElementwiseBuilder binary(String name, DoubleBinaryOperator value) {
        var row = new ElementwiseBuilder(name, 2, "x, y");
        row.two = value;
        row.result = Result.FLOATING;
        return row;
    }

    static ElementwiseBuilder ternary(String name, Ternary value) {
        var row = new ElementwiseBuilder(name, 3, "x, y, z");
        row.three = value;
        return row;
    }

    /** The slope with respect to each input; null where there is none. */
    ElementwiseBuilder slope(Formula... slopes) {
        if (slopes.length != arity) {
            throw new IllegalStateException(name + " needs " + arity + " slopes");
        }
        this.slopes = slopes;
        return this;
    }

    ElementwiseBuilder parameters(String parameters) {
        this.parameters = parameters;
        return this;
    }

    /** The values of x (and y) on which the row is defined and smooth enough to be compared with differences. */
    ElementwiseBuilder on(Domain... domains) {
        this.domains = domains;
        return this;
    }

    /** The same function on integers, which then stay integers. */
    ElementwiseBuilder whole(LongUnaryOperator value) {
        wholeOne = value;
        result = result == Result.FLOATING ? Result.ARITHMETIC : result;
        return this;
    }

    ElementwiseBuilder whole(LongBinaryOperator value) {
        wholeTwo = value;
        result = result == Result.FLOATING ? Result.ARITHMETIC : result;
        return this;
    }

    ElementwiseBuilder whole(WholeTernary value) {
        wholeThree = value;
        return this;
    }

    ElementwiseBuilder gives(Result result) {
        this.result = result;
        return this;
    }

    ElementwiseBuilder booleans(Booleans booleans) {
        this.booleans = booleans;
        return this;
    }

    ElementwiseBuilder gated() {
        this.gated = true;
        return this;
    }

    ElementwiseBuilder conditional() {
        this.conditional = true;
        return this;
    }

    /** The loops that compute the same. */
    ElementwiseBuilder kernel(Unary kernel) {
        this.unaryKernel = kernel;
        return this;
    }

    ElementwiseBuilder kernel(Binary kernel) {
        this.binaryKernel = kernel;
        return this;
    }

    ElementwiseBuilder kernel(Compare kernel) {
        this.compareKernel = kernel;
        return this;
    }

    String signature() {
        return name + "(" + parameters + ")";
    }

    /** Makes a row that only rules use. */
    Elementwise doc(String sentence) {
        return new Elementwise(this, sentence);
    }

    /** Makes the row. {@code sentence} says what it computes; {@code call} and {@code printed} are an example. */
    Elementwise doc(String sentence, String call, String printed) {
        String inputs = switch (arity) {
            case 1 -> "x: a number or a tensor of any shape. The result has its shape.";
            case 2 -> "x, y: numbers or tensors whose shapes broadcast. The result has the shape both spread to.";
            default -> parameters.replaceAll("=[^,]*", "")
                    + ": numbers or tensors whose shapes broadcast. The result has the shape all spread to.";
        };
        String errors = arity == 1 ? "" : "Raises ValueError where the shapes do not broadcast.\n";
        return new Elementwise(this, sentence + "\n\n" + inputs + "\n" + errors + "\n>>> " + call + "\n" + printed);
    }
}
