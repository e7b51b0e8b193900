package org.ebb.op;

import java.util.HashMap;
import java.util.Map;
import org.ebb.tensor.Flavour;
import org.ebb.tensor.Shape;
import org.ebb.tensor.TensorException;
import org.ebb.tensor.Value;

/** Products of vectors, matrices and tensors. All are contractions; a row says how the axes meet. */
public final class Products {

    private Products() {}

    /** Any {@link Contraction}, given as options: what derivative rules use. */
    static final Op CONTRACT = new Bilinear("_contract", "_contract(a, b)",
            "A product of two tensors summed over shared axes.") {};

    public static final Op DOT = new Bilinear("dot", "dot(a, b)", """
            The dot product: of two vectors a number, of matrices the matrix product, with a number a multiple.

            a, b: tensors; the last axis of a and the last but one of b (the only one, if b is a vector) must have the same size.
            Raises ValueError where they differ.

            >>> print(dot(tensor([1., 2.]), tensor([3., 4.])))
            11.0""", "[3] [3]", "[2,3] [3,4]", "[2,3] [3]", "[3] [3,2]", "[2,2,3] [3]",
            "[2,3] [2,3,2]", "[] [3]", "[2] []", "[] []", "[0] [0]") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            Shape a = inputs[0].shape();
            Shape b = inputs[1].shape();
            if (a.rank() == 2 && b.rank() == 2) {
                requireSame(name, "inner sizes", a, a.dim(1), b, b.dim(0), " . ");
                return Contraction.MATRICES;
            }
            String as = letters(a.rank(), 'a');
            String bs = letters(b.rank(), 'k');
            if (a.rank() == 0 || b.rank() == 0) {
                return Contraction.of(as, bs, as + bs);
            }
            int inner = Math.max(b.rank() - 2, 0);
            requireSame(name, "inner sizes", a, a.dim(-1), b, b.dim(inner), " . ");
            bs = bs.substring(0, inner) + as.charAt(as.length() - 1) + bs.substring(inner + 1);
            String out = as.substring(0, as.length() - 1) + bs.substring(0, inner) + bs.substring(inner + 1);
            return numbered(as, bs, out, inputs);
        }
    };

    public static final Op MATMUL = new Bilinear("matmul", "matmul(a, b)", """
            The matrix product; axes before the last two count matrices and broadcast.

            a: (..., n, k), b: (..., k, m); a vector counts as one row (a) or one column (b), which the result then lacks.
            Result: (..., n, m).
            Raises ValueError where the inner sizes differ, the outer ones do not broadcast, or an operand is a number.

            >>> print(matmul(tensor([[1., 2.]]), tensor([[3.], [4.]])))
            [[11.]]""", "[2,3] [3,4]", "[3] [3]", "[2,3] [3]", "[3] [3,2]", "[2,2,3] [3,2]",
            "[2,1,2,3] [3,3,2]", "[2,3] [2,3,2]", "[0,3] [3,2]",
            "[2,0] [0,2]", "[1,2,3] [2,3,1]") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            Shape a = inputs[0].shape();
            Shape b = inputs[1].shape();
            if (a.rank() == 0 || b.rank() == 0) {
                throw badShape(a + " @ " + b + ": a number is no matrix; use * instead");
            }
            requireSame(name, "inner sizes", a, a.dim(-1), b, b.dim(b.rank() == 1 ? 0 : -2), " @ ");
            if (a.rank() == 2 && b.rank() == 2) {
                return Contraction.MATRICES;
            }
            int outerA = Math.max(a.rank() - 2, 0);
            int outerB = Math.max(b.rank() - 2, 0);
            var as = new StringBuilder();
            var bs = new StringBuilder();
            var out = new StringBuilder();
            for (int k = Math.max(outerA, outerB); k > 0; k--) {
                long da = k <= outerA ? a.dim(outerA - k) : 1;
                long db = k <= outerB ? b.dim(outerB - k) : 1;
                if (da != db && da != 1 && db != 1) {
                    throw badShape(a + " @ " + b + ": outer sizes " + da + " and " + db + " do not broadcast");
                }
                char both = (char) ('A' + out.length());
                out.append(both);
                boolean inA = k <= outerA && (da != 1 || db == 1 || k > outerB);
                boolean inB = k <= outerB && (db != 1 || da == 1 || k > outerA);
                if (k <= outerA) {
                    as.append(inA ? both : (char) ('a' + as.length()));
                }
                if (k <= outerB) {
                    bs.append(inB ? both : (char) ('k' + bs.length()));
                }
            }
            out.append(a.rank() == 1 ? "" : "X").append(b.rank() == 1 ? "" : "Y");
            as.append(a.rank() == 1 ? "Z" : "XZ");
            bs.append(b.rank() == 1 ? "Z" : "ZY");
            return numbered(as.toString(), bs.toString(), out.toString(), inputs);
        }
    };

    public static final Op INNER = new Bilinear("inner", "inner(a, b)", """
            The products of all vectors along the last axes of a and b.

            a: (..., k), b: (..., k). The result has the other axes of a, then those of b. With a number: a multiple.
            Raises ValueError where the last sizes differ.

            >>> print(inner(tensor([1., 2.]), tensor([3., 4.])))
            11.0""", "[3] [3]", "[2,3] [4,3]", "[] [2]", "[2,2,3] [3]") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            Shape a = inputs[0].shape();
            Shape b = inputs[1].shape();
            String as = letters(a.rank(), 'a');
            String bs = letters(b.rank(), 'k');
            if (a.rank() == 0 || b.rank() == 0) {
                return Contraction.of(as, bs, as + bs);
            }
            requireSame(name, "last sizes", a, a.dim(-1), b, b.dim(-1), " and ");
            bs = bs.substring(0, bs.length() - 1) + as.charAt(as.length() - 1);
            return numbered(as, bs, as.substring(0, as.length() - 1) + bs.substring(0, bs.length() - 1), inputs);
        }
    };

    public static final Op OUTER = new Bilinear("outer", "outer(a, b)", """
            Every element of a times every element of b.

            a, b: tensors of n and m elements, read as vectors. The result has shape (n, m).

            >>> print(outer(tensor([1., 2.]), tensor([3., 4.])))
            [[3. 4.]
             [6. 8.]]""", "[2] [3]", "[2,2] [3]", "[] [2]", "[0] [2]") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            String as = letters(inputs[0].shape().rank(), 'a');
            String bs = letters(inputs[1].shape().rank(), 'k');
            return new Contraction(as, bs, as + bs, Shape.of(inputs[0].shape().size(), inputs[1].shape().size()), false);
        }
    };

    public static final Op TENSORDOT = new Bilinear("tensordot", "tensordot(a, b, axes=2)", """
            The product summed over several axes at once.

            a, b: tensors; axes: an int n for the last n axes of a and the first n of b, or a pair of lists of axes. The result
            has the axes
            left of a, then those left of b. Raises ValueError where the sizes of paired axes differ.

            >>> print(tensordot(tensor([1., 2.]), tensor([3., 4.]), axes=1))
            11.0""", "[2,3] [3,4] axes=1", "[2,3,4] [3,4,2] axes=2", "[2,3] [3,2] axes=((0,1),(1,0))", "[2] [3] axes=0") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            Shape a = inputs[0].shape();
            Shape b = inputs[1].shape();
            int[] fromA;
            int[] fromB;
            if (values[0] instanceof Object[] pair && pair.length == 2) {
                fromA = Arguments.axes(name, pair[0], a);
                fromB = Arguments.axes(name, pair[1], b);
            } else {
                int n = (int) Arguments.integer(name, "axes", values[0]);
                if (n < 0 || n > a.rank() || n > b.rank()) {
                    throw badShape(a + " and " + b + " have no " + n + " axes to pair");
                }
                fromA = new int[n];
                fromB = new int[n];
                for (int k = 0; k < n; k++) {
                    fromA[k] = a.rank() - n + k;
                    fromB[k] = k;
                }
            }
            if (fromA.length != fromB.length) {
                throw badShape("axes pairs " + fromA.length + " axes of a with " + fromB.length + " of b");
            }
            var as = new StringBuilder(letters(a.rank(), 'a'));
            var bs = new StringBuilder(letters(b.rank(), 'k'));
            for (int k = 0; k < fromA.length; k++) {
                requireSame(name, "paired sizes", a, a.dim(fromA[k]), b, b.dim(fromB[k]), " and ");
                as.setCharAt(fromA[k], (char) ('A' + k));
                bs.setCharAt(fromB[k], (char) ('A' + k));
            }
            String out = (as.toString() + bs).replaceAll("[A-Z]", "");
            return numbered(as.toString(), bs.toString(), out, inputs);
        }
    };

    public static final Op BATCH_DOT = new Bilinear("batch_dot", "batch_dot(a, b, transpose_a=False, transpose_b=False)", """
            The matrix products of two batches of matrices.

            a: (batch, n, k), b: (batch, k, m), the last two axes swapped where transpose_a or transpose_b says so. Result:
            (batch, n, m).
            Raises ValueError for other shapes.

            >>> print(batch_dot(ones((2, 1, 3)), ones((2, 3, 1))).shape)
            (2, 1, 1)""", "[2,2,3] [2,3,4]", "[2,3,2] [2,3,4] transpose_a=True", "[2,2,3] [2,4,3] transpose_b=True") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            Shape a = inputs[0].shape();
            Shape b = inputs[1].shape();
            if (a.rank() != 3 || b.rank() != 3) {
                throw badShape(a + " and " + b + ": both must have three axes");
            }
            String as = Arguments.truth(name, "transpose_a", values[0]) ? "BKN" : "BNK";
            String bs = Arguments.truth(name, "transpose_b", values[1]) ? "BMK" : "BKM";
            requireSame(name, "batch sizes", a, a.dim(0), b, b.dim(0), " and ");
            requireSame(name, "inner sizes", a, a.dim(as.indexOf('K')), b, b.dim(bs.indexOf('K')), " and ");
            return Contraction.of(as, bs, "BNM");
        }
    };

    /** A sum of products of two tensors (or of one) by letters for their axes. */
    public static final Op EINSUM = new Bilinear("einsum2", "einsum2(a, b, letters)", """
            The product of a and b, summed as the letters say: {@code "ij,jk->ik"} is the matrix product.

            a, b: tensors; letters: for each a letter an axis, different ones within an operand, then an arrow and the letters
            that stay.
            Raises ValueError where an equal letter means different sizes.

            >>> print(einsum2(tensor([1., 2.]), tensor([3., 4.]), "i,i->"))
            11.0""", "[2,3] [3,4] letters='ij,jk->ik'", "[2,3] [2,3] letters='ij,ij->i'",
            "[2,3] [4] letters='ij,k->ki'", "[2] [3] letters='i,j->'") {

        @Override
        public Object prepare(Object[] values, Value[] inputs) {
            if (!(values[0] instanceof String text) || !text.replace(" ", "").matches("[a-zA-Z]*,[a-zA-Z]*->[a-zA-Z]*")) {
                throw badValue("letters must look like \"ij,jk->ik\"");
            }
            String[] sides = text.replace(" ", "").split("->", -1);
            String[] operands = sides[0].split(",", -1);
            Map<Character, Long> sizes = new HashMap<>();
            for (int k = 0; k < 2; k++) {
                Shape shape = inputs[k].shape();
                if (operands[k].length() != shape.rank() || operands[k].chars().distinct().count() != shape.rank()) {
                    throw badShape("'" + operands[k] + "' must name each axis of " + shape + " once");
                }
                for (int axis = 0; axis < shape.rank(); axis++) {
                    Long before = sizes.putIfAbsent(operands[k].charAt(axis), shape.dim(axis));
                    if (before != null && before != shape.dim(axis)) {
                        throw badShape("'" + operands[k].charAt(axis) + "' has sizes " + before + " and " + shape.dim(axis));
                    }
                }
            }
            for (char letter : sides[1].toCharArray()) {
                if (!sizes.containsKey(letter) || sides[1].chars().filter(c -> c == letter).count() > 1) {
                    throw badShape("'" + letter + "' of the result must occur in an operand, and once in the result");
                }
            }
            return numbered(operands[0], operands[1], sides[1], inputs);
        }
    };

    private static String letters(int rank, char first) {
        var letters = new StringBuilder();
        for (int k = 0; k < rank; k++) {
            letters.append((char) (first + k));
        }
        return letters.toString();
    }

    private static void requireSame(String name, String what, Shape a, long sizeA, Shape b, long sizeB, String between) {
        if (sizeA != sizeB) {
            throw new TensorException.BadShape(
                    name + ": " + a + between + b + ": " + what + " " + sizeA + " and " + sizeB + " differ");
        }
    }

    /** The contraction; one that gives a number gives (1,) under MXNet 1.x. */
    private static Contraction numbered(String a, String b, String out, Value[] inputs) {
        boolean one = out.isEmpty() && inputs[0].flavour().with(inputs[1].flavour()) == Flavour.ND;
        return new Contraction(a, b, out, one ? Shape.of(1) : null, false);
    }
}
