/** The running program: values, nodes, builtins, and the language as polyglot sees it. */
module org.ebb.interpreter {
    requires org.ebb.grammar;
    requires org.ebb.stdlib;
    requires org.graalvm.truffle;
    requires org.graalvm.polyglot;
    exports org.ebb.embed;
    provides com.oracle.truffle.api.provider.TruffleLanguageProvider with org.ebb.language.EbbLanguageProvider;
    provides com.oracle.truffle.api.instrumentation.provider.TruffleInstrumentProvider with org.ebb.builtins.ProfileInstrumentProvider;
}
