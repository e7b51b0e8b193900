package org.ebb.repl;

/** The exit statuses of the command; {@code sys.exit(n)} gives any other. */
final class Status {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int INTERRUPTED = 130;

    /** As of a program that a closed pipe ended. */
    static final int NOBODY_READS = 141;

    private Status() {}
}
