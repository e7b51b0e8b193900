/** Tensors, operations, the tape, and the library written in Ebb. Depends on nothing but Java. */
module org.ebb.stdlib {
    exports org.ebb.tensor;
    exports org.ebb.kernel;
    exports org.ebb.op;
    exports org.ebb.grad;
    exports org.ebb.lib;
    exports org.ebb.file;

    // Only to compile against: without this module the plain kernels serve (see VectorTier).
    requires static jdk.incubator.vector;
}
