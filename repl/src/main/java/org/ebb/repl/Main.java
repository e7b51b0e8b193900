package org.ebb.repl;

/** The {@code ebb} command. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.out.println("ebb 0.1.0");
    }
}
