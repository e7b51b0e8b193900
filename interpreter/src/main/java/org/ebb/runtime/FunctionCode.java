package org.ebb.runtime;

import com.oracle.truffle.api.RootCallTarget;

/** What all functions made by one {@code def} or {@code lambda} share. */
public final class FunctionCode {

    public final String name;
    public final String qualifiedName;
    public final String doc;
    public final Signature signature;
    private final RootCallTarget target;

    public FunctionCode(String name, String qualifiedName, String doc, Signature signature, RootCallTarget target) {
        this.name = name;
        this.qualifiedName = qualifiedName;
        this.doc = doc;
        this.signature = signature;
        this.target = target;
    }

    public RootCallTarget target() {
        return target;
    }
}
