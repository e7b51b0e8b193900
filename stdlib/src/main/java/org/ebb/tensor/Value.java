package org.ebb.tensor;

/** What an operation takes and gives: a light scalar or a tensor. */
public sealed interface Value permits Scalar, Tensor {

    DType dtype();

    Flavour flavour();

    Shape shape();
}
