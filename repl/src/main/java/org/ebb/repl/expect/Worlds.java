package org.ebb.repl.expect;

import java.io.OutputStream;
import org.graalvm.polyglot.Context;

/** Where a checked program runs: each gets a context of its own, which prints into {@code out}. */
@FunctionalInterface
public interface Worlds {

    Context open(OutputStream out);
}
