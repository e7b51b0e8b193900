/** The {@code ebb} command and its prompt; meets the interpreter through the polyglot API only. */
module org.ebb.repl {
    requires org.ebb.grammar;
    requires org.graalvm.polyglot;
}
