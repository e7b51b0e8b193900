/** Only for the module path: on the class path nobody reads it. */
module sample {
    requires org.ebb.interpreter;
    requires org.graalvm.polyglot;
}
