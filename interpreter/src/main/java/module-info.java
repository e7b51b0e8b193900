/** The running program: values, nodes, builtins, and the language as polyglot sees it. */
module org.ebb.interpreter {
    requires org.ebb.grammar;
    requires org.ebb.stdlib;
    requires org.graalvm.truffle;
    requires org.graalvm.polyglot;
    requires static java.scripting; // a host without it has no use for the script engine
    requires static java.desktop; // drawing: the command has both, who embeds Ebb may have neither
    requires static org.jfree.jfreechart;
    exports org.ebb.embed;
    provides javax.script.ScriptEngineFactory with org.ebb.embed.EbbScriptEngineFactory;
    provides com.oracle.truffle.api.provider.TruffleLanguageProvider with org.ebb.language.EbbLanguageProvider;
    provides com.oracle.truffle.api.instrumentation.provider.TruffleInstrumentProvider with org.ebb.builtins.ProfileInstrumentProvider;
}
