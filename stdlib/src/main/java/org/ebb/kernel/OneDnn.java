package org.ebb.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The library oneDNN, through the foreign function API; the process has it once.
 *
 * <p>Switched off by the environment variable EBB_NATIVES=off or the system property ebb.natives=off.
 */
final class OneDnn {

    private static volatile String trouble;

    private final SymbolLookup symbols;
    private final MethodHandle setThreads;
    private final Instructions instructions;

    /** The widest that the library uses on this machine. */
    enum Instructions {
        SSE("SSE"), AVX2("AVX2"), AVX512("AVX-512");

        private final String title;

        Instructions(String title) {
            this.title = title;
        }

        /** By the library's code for them: one bit for each step that a set has above the one before. */
        private static Instructions of(int isa) {
            return (isa & 0x20) != 0 ? AVX512 : (isa & 4) != 0 ? AVX2 : SSE;
        }
    }

    private OneDnn(SymbolLookup symbols, MethodHandle setThreads, Instructions instructions) {
        this.symbols = symbols;
        this.setThreads = setThreads;
        this.instructions = instructions;
    }

    Instructions instructions() {
        return instructions;
    }

    /** Loaded when first asked for: that takes 20 to 100 ms. From then on the compilers give way, whatever the program is that needs it. */
    private static final class Loaded {
        static final OneDnn INSTANCE;

        static {
            new Threads.Aside(CompilerThreads::giveWay, "ebb-giving-way").start();
            INSTANCE = load();
        }
    }

    /** The library, or null where there is none. */
    static OneDnn loaded() {
        return Loaded.INSTANCE;
    }

    /** Will it load, and functions of C be callable now? Asks without loading it. */
    static boolean isLikely() {
        try {
            return !FlightRecorder.isActive() && !files().isEmpty();
        } catch (IOException broken) {
            return false; // loading it says what is broken
        }
    }

    /** What was found, in words for users. */
    static String description() {
        OneDnn library = loaded();
        return library != null ? "oneDNN, " + library.instructions.title + " kernels" : "none (" + trouble + ")";
    }

    /** Where the library lies, without loading it: none where there is none for this platform, or it may not be called. */
    static List<Path> files() throws IOException {
        if ("off".equalsIgnoreCase(System.getenv("EBB_NATIVES")) || "off".equals(System.getProperty("ebb.natives"))) {
            trouble = "switched off by EBB_NATIVES";
            return List.of();
        }
        if (!OneDnn.class.getModule().isNativeAccessEnabled()) {
            trouble = "start Java with --enable-native-access=" + (OneDnn.class.getModule().isNamed() ? "org.ebb.stdlib" : "ALL-UNNAMED");
            return List.of();
        }
        List<Path> files = NativeLibrary.files();
        if (files.isEmpty()) {
            trouble = "no oneDNN for this platform on the class path";
        }
        return files;
    }

    private static OneDnn load() {
        try {
            List<Path> files = files();
            if (files.isEmpty()) {
                return null;
            }
            SymbolLookup threading = SymbolLookup.libraryLookup(files.get(0), Arena.global());
            SymbolLookup symbols = SymbolLookup.libraryLookup(files.get(1), Arena.global());
            MethodHandle setThreads = Linker.nativeLinker().downcallHandle(threading.findOrThrow("omp_set_num_threads"),
                    FunctionDescriptor.ofVoid(JAVA_INT), Linker.Option.critical(false));
            MethodHandle cpu = Linker.nativeLinker().downcallHandle(symbols.findOrThrow("dnnl_get_effective_cpu_isa"),
                    FunctionDescriptor.of(JAVA_INT));
            return new OneDnn(symbols, setThreads, Instructions.of((int) cpu.invokeExact()));
        } catch (IOException | IllegalArgumentException | NoSuchElementException | UnsatisfiedLinkError broken) {
            trouble = "oneDNN does not load: " + broken.getMessage();
            return null;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        return Linker.nativeLinker().downcallHandle(address(name), type, options);
    }

    MemorySegment address(String name) {
        return symbols.findOrThrow(name);
    }

    /**
     * To be called before work on a thread: the library's own threads would cut it by their number. The setting belongs to the calling
     * thread.
     */
    void alone() throws Throwable {
        setThreads.invokeExact(1);
    }
}
