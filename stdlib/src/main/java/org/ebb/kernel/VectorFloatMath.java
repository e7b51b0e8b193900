package org.ebb.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of {@link FloatMath}, step by step the same, many elements at a time.
 *
 * <p>Each loop is written out without helper methods: the vectors stay in registers only where the compiler inlines everything,
 * and it stops at some depth.
 */
final class VectorFloatMath {

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();

    private VectorFloatMath() {}

    static void unary(Unary op, float[] a, int at, float[] out, int to, int n) {
        int whole = FLOATS.loopBound(n);
        switch (op) {
            case EXP -> exp(a, at, out, to, whole);
            case LOG -> log(a, at, out, to, whole);
            case TANH -> tanh(a, at, out, to, whole);
            case SIGMOID -> sigmoid(a, at, out, to, whole);
            default -> throw new IllegalArgumentException(op + " is computed in double");
        }
        FloatMath.unary(op, a, at + whole, out, to + whole, n - whole);
    }

    private static void exp(float[] a, int at, float[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector y = FloatVector.fromArray(FLOATS, a, at + i).min(FloatMath.EXP_MAX).max(FloatMath.EXP_MIN);
            FloatVector t = y.fma(FloatVector.broadcast(FLOATS, FloatMath.LOG2_E), FloatVector.broadcast(FLOATS, FloatMath.ROUND));
            FloatVector k = t.sub(FloatMath.ROUND);
            FloatVector r = k.fma(FloatVector.broadcast(FLOATS, -FloatMath.LN2_HIGH), y);
            r = k.fma(FloatVector.broadcast(FLOATS, -FloatMath.LN2_LOW), r);
            FloatVector q = FloatVector.broadcast(FLOATS, FloatMath.E6).fma(r, FloatVector.broadcast(FLOATS, FloatMath.E5));
            q = q.fma(r, FloatVector.broadcast(FLOATS, FloatMath.E4));
            q = q.fma(r, FloatVector.broadcast(FLOATS, FloatMath.E3));
            q = q.fma(r, FloatVector.broadcast(FLOATS, FloatMath.E2));
            FloatVector p = r.mul(r).fma(q, r).add(1);
            IntVector whole = t.reinterpretAsInts().sub(Float.floatToRawIntBits(FloatMath.ROUND));
            IntVector half = whole.lanewise(VectorOperators.ASHR, 1);
            FloatVector first = half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            FloatVector second = whole.sub(half).add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            p.mul(first).mul(second).intoArray(out, to + i);
        }
    }

    private static void tanh(float[] a, int at, float[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, a, at + i);
            FloatVector y = x.abs().min(FloatMath.TANH_MAX).mul(2);
            FloatVector t = y.fma(FloatVector.broadcast(FLOATS, FloatMath.LOG2_E), FloatVector.broadcast(FLOATS, FloatMath.ROUND));
            FloatVector k = t.sub(FloatMath.ROUND);
            FloatVector r = k.fma(FloatVector.broadcast(FLOATS, -FloatMath.LN2_HIGH), y);
            r = k.fma(FloatVector.broadcast(FLOATS, -FloatMath.LN2_LOW), r);
            FloatVector q = FloatVector.broadcast(FLOATS, FloatMath.E6).fma(r, FloatVector.broadcast(FLOATS, FloatMath.E5));
            q = q.fma(r, FloatVector.broadcast(FLOATS, FloatMath.E4));
            q = q.fma(r, FloatVector.broadcast(FLOATS, FloatMath.E3));
            q = q.fma(r, FloatVector.broadcast(FLOATS, FloatMath.E2));
            FloatVector square = r.mul(r);
            FloatVector p = square.fma(q, r);
            FloatVector low = square.fma(q, r.sub(p));
            FloatVector power = t.reinterpretAsInts().sub(Float.floatToRawIntBits(FloatMath.ROUND) - 127)
                    .lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            FloatVector m = power.fma(p, power.sub(1));
            IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
            FloatVector h = m.div(m.add(2));
            FloatVector rest = h.fma(FloatVector.broadcast(FLOATS, -0.5f), FloatVector.broadcast(FLOATS, 0.5f));
            low.fma(rest, h).reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(out, to + i);
        }
    }

    private static void sigmoid(float[] a, int at, float[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, a, at + i);
            FloatVector y = x.abs().min(FloatMath.SIGMOID_MAX).neg();
            FloatVector t = y.fma(FloatVector.broadcast(FLOATS, FloatMath.LOG2_E), FloatVector.broadcast(FLOATS, FloatMath.ROUND));
            FloatVector k = t.sub(FloatMath.ROUND);
            FloatVector r = k.fma(FloatVector.broadcast(FLOATS, -FloatMath.LN2_HIGH), y);
            r = k.fma(FloatVector.broadcast(FLOATS, -FloatMath.LN2_LOW), r);
            FloatVector q = FloatVector.broadcast(FLOATS, FloatMath.E6).fma(r, FloatVector.broadcast(FLOATS, FloatMath.E5));
            q = q.fma(r, FloatVector.broadcast(FLOATS, FloatMath.E4));
            q = q.fma(r, FloatVector.broadcast(FLOATS, FloatMath.E3));
            q = q.fma(r, FloatVector.broadcast(FLOATS, FloatMath.E2));
            FloatVector p = r.mul(r).fma(q, r).add(1);
            IntVector whole = t.reinterpretAsInts().sub(Float.floatToRawIntBits(FloatMath.ROUND));
            IntVector half = whole.lanewise(VectorOperators.ASHR, 1);
            FloatVector first = half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            FloatVector second = whole.sub(half).add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            FloatVector e = p.mul(first).mul(second);
            VectorMask<Float> negative = x.compare(VectorOperators.LT, 0);
            FloatVector.broadcast(FLOATS, 1).blend(e, negative).div(e.add(1)).intoArray(out, to + i);
        }
    }

    private static void log(float[] a, int at, float[] out, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, a, at + i);
            VectorMask<Float> small = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
            FloatVector scaled = x.blend(x.mul(0x1p23f), small);
            IntVector bits = scaled.reinterpretAsInts().add(FloatMath.BELOW_ONE);
            FloatVector k = (FloatVector) bits.lanewise(VectorOperators.ASHR, 23).sub(127).convert(VectorOperators.I2F, 0);
            k = k.sub(FloatVector.broadcast(FLOATS, 0).blend(23, small));
            FloatVector f = bits.and(0x7fffff).add(FloatMath.HALF_ROOT).reinterpretAsFloats().sub(1);
            FloatVector p = FloatVector.broadcast(FLOATS, FloatMath.L10).fma(f, FloatVector.broadcast(FLOATS, FloatMath.L9));
            p = p.fma(f, FloatVector.broadcast(FLOATS, FloatMath.L8));
            p = p.fma(f, FloatVector.broadcast(FLOATS, FloatMath.L7));
            p = p.fma(f, FloatVector.broadcast(FLOATS, FloatMath.L6));
            p = p.fma(f, FloatVector.broadcast(FLOATS, FloatMath.L5));
            p = p.fma(f, FloatVector.broadcast(FLOATS, FloatMath.L4));
            p = p.fma(f, FloatVector.broadcast(FLOATS, FloatMath.L3));
            FloatVector square = f.mul(f);
            FloatVector low = square.mul(f).fma(p, square.mul(-0.5f));
            low = k.fma(FloatVector.broadcast(FLOATS, FloatMath.LN2_LOW), low);
            FloatVector y = k.fma(FloatVector.broadcast(FLOATS, FloatMath.LN2_HIGH), f.add(low));
            y = y.blend(Float.NaN, x.compare(VectorOperators.GT, 0).not());
            y = y.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0));
            y.blend(x, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY)).intoArray(out, to + i);
        }
    }
}
