package org.ebb.language;

import com.oracle.truffle.api.Option;
import org.graalvm.options.OptionCategory;
import org.graalvm.options.OptionKey;
import org.graalvm.options.OptionStability;
import org.graalvm.polyglot.SandboxPolicy;

/**
 * What a host may say of one source. {@code ebb.OwnModule}: the program gets global names of its own, and its value is the module that holds
 * them. {@code ebb.Value}, as false: nobody asks for the program's value, and it is true whatever the program does, which the engine has ready,
 * while it takes 5 ms to show the first None to a host.
 */
@Option.Group(EbbLanguage.ID)
final class SourceOptions {

    @Option(name = "OwnModule", help = "Run in a module of its own; the value is that module.",
            category = OptionCategory.USER, stability = OptionStability.STABLE, sandbox = SandboxPolicy.CONSTRAINED)
    static final OptionKey<Boolean> OWN_MODULE = new OptionKey<>(false);

    @Option(name = "Value", help = "Give the value of the program's last statement; where nobody asks for it, true whatever the program does.",
            category = OptionCategory.USER, stability = OptionStability.STABLE, sandbox = SandboxPolicy.CONSTRAINED)
    static final OptionKey<Boolean> VALUE = new OptionKey<>(true);

    private SourceOptions() {}
}
