/** The {@code ebb} command and its prompt; meets the interpreter through the polyglot API only. */
module org.ebb.repl {
    requires org.ebb.grammar;
    requires org.graalvm.polyglot;
    requires jdk.unsupported; // sun.misc.Signal: the only way to hear Ctrl-C without ending
}
