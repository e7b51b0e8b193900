package org.ebb.nodes;

import com.oracle.truffle.api.dsl.NeverDefault;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.nodes.Node;
import org.ebb.tensor.DType;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Scalar;
import org.ebb.tensor.Storage;
import org.ebb.tensor.Tensor;

/** Takes a number or a 0-d tensor as a light scalar, so that loops over 0-d tensors run as loops over floats do. */
public abstract class LiftNode extends Node {

    public abstract Scalar execute(Object value);

    @NeverDefault
    public static LiftNode create() {
        return LiftNodeGen.create();
    }

    @Specialization
    static Scalar scalar(Scalar value) {
        return value;
    }

    @Specialization
    static Scalar number(double value) {
        return Scalar.of(value);
    }

    @Specialization
    static Scalar whole(long value) {
        return Scalar.of(value);
    }

    @Specialization(guards = "isFloat32(tensor)")
    static Scalar float32(Tensor tensor) {
        double value = ((Storage.Floats) tensor.cell.storage).array[(int) tensor.offset];
        return new Scalar(value, Scalar.kind(DType.FLOAT32, tensor.flavour()), tensor.cell.recording, tensor.cell.id);
    }

    @Specialization(guards = "!isFloat32(tensor)")
    static Scalar float64(Tensor tensor) {
        double value = ((Storage.Doubles) tensor.cell.storage).array[(int) tensor.offset];
        return new Scalar(value, Scalar.kind(DType.FLOAT64, tensor.flavour()), tensor.cell.recording, tensor.cell.id);
    }

    static boolean isFloat32(Tensor tensor) {
        return tensor.cell.storage instanceof Storage.Floats;
    }

    /** Can both be lifted, and is one of them a tensor? */
    public static boolean areLight(Object left, Object right) {
        return left instanceof Tensor ? isLight(left) && isLight(right) : right instanceof Tensor && isLight(left) && isLight(right);
    }

    private static boolean isLight(Object value) {
        return switch (value) {
            case Scalar s -> true;
            case Double d -> true;
            case Long l -> BinaryNode.isExact(l);
            case Tensor t -> isZeroD(t);
            case null, default -> false;
        };
    }

    /** A float tensor without axes that is no view of another: its history is its cell's. MXNet 1.x has no such thing. */
    private static boolean isZeroD(Tensor t) {
        return t.shape().rank() == 0 && t.cell.base.rank() == 0 && t.flavour() != Flavour.ND
                && (t.cell.storage instanceof Storage.Floats || t.cell.storage instanceof Storage.Doubles);
    }
}
