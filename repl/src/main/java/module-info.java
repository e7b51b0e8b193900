/** The {@code ebb} command and its prompt; meets the interpreter through the polyglot API only. */
module org.ebb.repl {
    requires org.ebb.grammar;
    requires org.graalvm.polyglot;
    requires org.jline.reader;
    requires org.jline.terminal;
    requires org.jline.terminal.ffm; // found as a service: required so that an image has it
    requires java.desktop; // these two for the interpreter's module plot
    requires org.jfree.jfreechart;
    requires jdk.unsupported; // sun.misc.Signal: the only way to hear Ctrl-C without ending
}
