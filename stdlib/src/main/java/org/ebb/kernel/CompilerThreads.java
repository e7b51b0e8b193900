package org.ebb.kernel;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The threads of the virtual machine that compile well and long, on a machine of few cores: there they take the program's turn. The system
 * property {@code ebb.compilers.nice}, which the {@code ebb} command gives, says how much nicer they become when a program begins to need large products: such
 * a program has most of its work in native code and in kernels, and waits for nothing that they make. The first compiler, which everything new waits for,
 * keeps its turn. Java has no flag that tells the two apart.
 */
final class CompilerThreads {

    private static final int FEW_CORES = 3;
    private static final int NICEST = 19;
    private static final File THREADS = new File("/proc/self/task");

    private CompilerThreads() {}

    /** Where functions of C can be called; beside the loading of the library behind large products, as both take long. */
    static void giveWay() {
        int nicer = Integer.getInteger("ebb.compilers.nice", 0);
        String[] threads = THREADS.list();
        if (nicer == 0 || threads == null || !haveFewCores() || !OneDnn.isLikely()) {
            return;
        }
        SymbolLookup c = Linker.nativeLinker().defaultLookup();
        MemorySegment setPriority = c.findOrThrow("setpriority");
        int nice = Math.min((int) ConvolutionPrimitive.ask(c.findOrThrow("getpriority"), 0, 0) + nicer, NICEST);
        for (String thread : threads) {
            if (compilesLong(THREADS.toPath().resolve(thread).resolve("comm"))) {
                // A thread that has ended meanwhile makes it fail, and nothing follows from that.
                ConvolutionPrimitive.ask(setPriority, 0, Long.parseLong(thread), nice);
            }
        }
    }

    /** Does what works behind a program take its turn? */
    static boolean haveFewCores() {
        return Runtime.getRuntime().availableProcessors() <= FEW_CORES;
    }

    private static boolean compilesLong(Path name) {
        try {
            String text = Files.readString(name);
            return text.startsWith("C2 Compiler") || text.startsWith("TruffleCompiler");
        } catch (IOException ended) {
            return false;
        }
    }
}
