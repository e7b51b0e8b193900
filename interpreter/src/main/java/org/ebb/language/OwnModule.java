package org.ebb.language;

import com.oracle.truffle.api.Option;
import org.graalvm.options.OptionCategory;
import org.graalvm.options.OptionKey;
import org.graalvm.options.OptionStability;
import org.graalvm.polyglot.SandboxPolicy;

/** The source option {@code ebb.OwnModule}: the program gets global names of its own, and its value is the module that holds them. */
@Option.Group(EbbLanguage.ID)
final class OwnModule {

    @Option(name = "OwnModule", help = "Run in a module of its own; the value is that module.",
            category = OptionCategory.USER, stability = OptionStability.STABLE, sandbox = SandboxPolicy.CONSTRAINED)
    static final OptionKey<Boolean> KEY = new OptionKey<>(false);

    private OwnModule() {}
}
