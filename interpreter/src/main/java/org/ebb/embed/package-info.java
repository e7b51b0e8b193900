/**
 * Ebb for Java programs: compile a script, get its functions with their derivatives. Begin with {@link org.ebb.embed.Ebb}.
 *
 * <p>It stands on the polyglot API alone. What it does not offer (other languages, callbacks into Java, values that stay in the script) is
 * there: {@code Context.create("ebb")}.
 */
package org.ebb.embed;
