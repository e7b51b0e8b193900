/** From text to a tree. ANTLR's types stop at {@code org.ebb.parse}. */
module org.ebb.grammar {
    requires org.antlr.antlr4.runtime;
    exports org.ebb.syntax;
    exports org.ebb.parse;
}
