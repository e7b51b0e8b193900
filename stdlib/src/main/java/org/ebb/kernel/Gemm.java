package org.ebb.kernel;

/** Matrix products over plain arrays. */
public final class Gemm {

    private Gemm() {}
}
