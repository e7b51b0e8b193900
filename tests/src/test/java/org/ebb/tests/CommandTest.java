package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** The ebb command as a user meets it: a process with streams and an exit status. */
@Tag("fast")
class CommandTest {

    @TempDir
    Path folder;

    /** What a process left behind. */
    record End(int status, String out, String errors) {}

    @Test
    void runsAFileWithItsArguments() throws Exception {
        Path program = write("a program.ebb", "import sys\nprint('hello', sys.argv[1:])\n");
        assertEquals(new End(0, "hello ['one', '-x']\n", ""), ebb("", program.toString(), "one", "-x"));
    }

    @Test
    void runsCodeFromTheCommandLineAndFromStandardInput() throws Exception {
        assertEquals(new End(0, "3\n", ""), ebb("", "-c", "print(1 + 2)"));
        assertEquals(new End(0, "4\n", ""), ebb("print(2 + 2)\n", "-"));
    }

    @Test
    void aProgramRunsWithinLimits() throws Exception {
        Path program = write("endless.ebb", "try:\n    while True:\n        pass\nexcept BaseException:\n    print('caught')\nfinally:\n    print('tidy', flush=True)\n");
        String traceback = "Traceback (most recent call last):\n  File \"" + program + "\", line 2, in <module>\n    while True:\nLimitError: ";
        assertEquals(new End(1, "tidy\n", traceback + "the program took more than the 5,000 steps it may\n"),
                ebb("", "--max-steps", "5_000", program.toString()));
        assertEquals(new End(1, "tidy\n", traceback + "the program ran longer than the 250 ms it may\n"),
                ebb("", "--timeout", "0.25", "--max-steps", "1000000000000", program.toString()));
        assertEquals(new End(0, "45 ['x']\n", ""), ebb("", "--timeout", "60", "-c", "import sys; print(sum(range(10)), sys.argv[1:])", "x"));
        for (String wrong : new String[] {"0", "1e9"}) {
            assertEquals(new End(2, "", "ebb: --max-steps needs a number above 0, as in ebb --max-steps 1000000 model.ebb\n"),
                    ebb("", "--max-steps", wrong, program.toString()));
        }
        assertEquals(2, ebb("", "--timeout", "5", "doc", "sum").status);
        assertEquals(new End(0, "less\n", ""), ebb("", "--max-memory", "64mb", "--timeout", "60", "-c",
                "try:\n    x = [0] * 10 ** 8\nexcept MemoryError:\n    print('less')"));
        assertEquals(new End(2, "", "ebb: --max-memory needs a size, as in ebb --max-memory 512MB model.ebb\n"),
                ebb("", "--max-memory", "0", program.toString()));
    }

    @Test
    void anOptionThatTheEngineRefusesIsNoFaultOfEbb() throws Exception {
        for (String option : new String[] {"engine.MultiTier=false", "engine.Nonsense=1", "ebb.timeout=soon"}) {
            for (String[] words : option.contains("Nonsense") ? new String[][] {{"-c", "1"}, {}} : new String[][] {{"-c", "1"}}) {
                List<String> command = new ArrayList<>(List.of(Repository.ROOT.resolve("ebb").toString()));
                command.addAll(List.of(words));
                ProcessBuilder builder = new ProcessBuilder(command);
                builder.environment().put("EBB_JAVA_OPTS", "-Dpolyglot." + option);
                End end = end(builder.start(), "");
                assertEquals(2, end.status, end.errors);
                assertTrue(end.errors.startsWith("ebb: the engine does not take an option") && !end.errors.contains("fault"), end.errors);
            }
        }
    }

    @Test
    void argvBeginsWithWhatIsRun() throws Exception {
        String text = "import sys\nprint(sys.argv)\n";
        Path program = write("named.ebb", text);
        assertEquals(new End(0, "['" + program + "', 'a']\n", ""), ebb("", program.toString(), "a"));
        assertEquals(new End(0, "['-c', 'a']\n", ""), ebb("", "-c", text, "a"));
        assertEquals(new End(0, "['-', 'a']\n", ""), ebb(text, "-", "a"));
    }

    @Test
    void theProgramReadsStandardInput() throws Exception {
        assertEquals(new End(0, "got: a line\n", ""), ebb("a line\n", "-c", "print('got:', input())"));
    }

    @Test
    void saysWhatProgramsRunOn() throws Exception {
        End info = ebb("", "--info");
        assertEquals("", info.errors);
        assertTrue(info.out.matches("ebb \\S+\nengine: GraalVM CE\nruntime: (JDK|image with start-up cache, Java) \\S+\nkernels: Vector API, \\d+ bits\nnative library: \\S.*\nthreads: \\d+\n"),
                info.out);
    }

    /** On two or three cores: C2 and the optimizer, but not C1. Where there is no native library there is nothing to call and all stay. */
    @Test
    void compilersGiveWayToProgramsThatTrain() throws Exception {
        String nices = """
                import nn, os, time
                def nice(name):
                    for thread in os.listdir("/proc/self/task"):
                        with open(f"/proc/self/task/{thread}/stat") as file:
                            text = file.read()
                        if name in text:
                            return int(text[text.rindex(")") + 2:].split()[16])
                own = nice("(C1 Compiler")
                end = time.time() + 20
                while nice("(C2 Compiler") == own and time.time() < end:
                    time.sleep(0.01)
                print(nice("(C2 Compiler") - own, min(own + 19, 19) - own, nice("(ebb)") - own)
                """;
        Path program = write("nices.ebb", nices);
        for (int cores : new int[] {2, 8}) {
            ProcessBuilder builder = new ProcessBuilder(Repository.ROOT.resolve("ebb").toString(), program.toString());
            builder.environment().put("EBB_JAVA_OPTS", "-XX:ActiveProcessorCount=" + cores);
            if (cores == 8) {
                Files.writeString(program, nices.replace("+ 20", "+ 1"));
            }
            End end = end(builder.start(), "");
            String[] found = end.out.strip().split(" ");
            assertEquals(3, found.length, end.out + end.errors);
            assertEquals(ebb("", "--info").out.contains("native library: oneDNN") && cores == 2 ? found[1] : "0", found[0], end.out);
            assertEquals("0", found[2], end.out);
        }
    }

    /** Its samples once met a thread inside the native library and spoilt the memory of the process. */
    @Test
    void runsUnderTheFlightRecorder() throws Exception {
        String java = "-XX:StartFlightRecording:settings=profile,filename=" + folder.resolve("recording.jfr");
        Path program = write("products.ebb", "a = ones((512, 512))\nfor i in range(60):\n    c = a @ a\nprint(c[0, 0])\n");
        ProcessBuilder builder = new ProcessBuilder(Repository.ROOT.resolve("ebb").toString(), program.toString());
        builder.environment().put("EBB_JAVA_OPTS", java);
        End end = end(builder.start(), "");
        assertEquals(0, end.status, end.errors);
        assertTrue(end.out.endsWith("512.0\n"), end.out);
    }

    @Test
    void saysWhereTheTimeWent() throws Exception {
        Path program = write("slow.ebb", "import sys\ntotal = 0\nfor i in range(1000):\n    total += i\nprint(total, sys.argv[1])\n1 / (total - 499500)\n");
        End end = ebb("", "--profile", program.toString(), "word");
        assertEquals(1, end.status);
        assertEquals("499500 word\n", end.out);
        assertTrue(end.errors.startsWith("Traceback") && end.errors.contains("ZeroDivisionError"), end.errors);
        assertTrue(end.errors.lines().anyMatch(line -> line.matches(" +4 +1,000 .* total \\+= i")), end.errors);
        assertEquals(2, ebb("", "--profile", "doc", "sum").status);
        write("profile.ebb", "print('a module of its own')\n");
        assertTrue(ebb("", "--profile", program.toString(), "word").errors.contains("total += i"));
        End asked = ebb("def f(n):\n    return n * 2\n\n:profile f(4)\n");
        assertTrue(asked.out.contains("8\n") && asked.out.lines().anyMatch(line -> line.matches(" +2 +1 .* return n \\* 2")), asked.out);
    }

    /** Every page is well-formed, and every link leads to something. */
    @Test
    void writesTheReferenceAsPages() throws Exception {
        Path pages = folder.resolve("a new/reference");
        End told = ebb("", "doc", "--html", pages.toString());
        assertEquals(0, told.status, told.errors);
        try (var files = Files.list(pages)) {
            List<Path> all = files.toList();
            assertEquals(all.size() + " pages; begin with " + pages + "/index.html\n", told.out);
            for (Path page : all) {
                var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(
                        new InputSource(new StringReader(Files.readString(page).replace("<!DOCTYPE html>", ""))));
                var links = document.getElementsByTagName("a");
                for (int i = 0; i < links.getLength(); i++) {
                    String link = links.item(i).getAttributes().getNamedItem("href").getNodeValue();
                    assertTrue(link.startsWith("#") ? Files.readString(page).contains("<h2 id=\"" + link.substring(1) + "\">")
                            : Files.exists(pages.resolve(link)), page + ": " + link);
                }
            }
        }
        String functions = Files.readString(pages.resolve("functions.html"));
        assertTrue(functions.contains("<h2 id=\"vjp\"><code>vjp(f, *args)</code></h2><p>The pair of f's value and its pullback"), functions);
    }

    @Test
    void printsFilesForShellsAndEditors() throws Exception {
        for (String kind : List.of("bash", "zsh", "fish", "vim", "textmate")) {
            End file = ebb("", "setup", kind);
            assertEquals(0, file.status, file.errors);
            assertFalse(file.out.contains("@WORDS@") || file.out.contains("@KEYWORDS@") || file.out.contains("@CONSTANTS@"), file.out);
        }
        String completed = ebb("", "setup", "bash").out;
        for (String line : ebb("", "--help").out.lines().toList()) {
            String[] words = line.replace("usage:", "").strip().split(" ");
            if (words[0].equals("ebb") && words.length > 1 && words[1].matches("-?-?[a-z]+")) {
                assertTrue(completed.contains(" " + words[1] + " "), line);
            }
        }
        Path completion = write("completion", ebb("", "setup", "bash").out);
        Process shell = new ProcessBuilder("bash", "-c", "source '" + completion + "'; COMP_WORDS=(ebb ch); COMP_CWORD=1; _ebb; echo ${COMPREPLY[@]};"
                + " COMP_WORDS=(ebb setup v); COMP_CWORD=2; _ebb; echo ${COMPREPLY[@]}").directory(folder.toFile()).start();
        assertEquals(new End(0, "check\nvim\n", ""), end(shell, ""));
        assertTrue(Json.read(ebb("", "setup", "textmate").out).toString().contains("lambda|nonlocal|not"));
        assertEquals(new End(2, "", "ebb: setup needs one of bash, zsh, fish, vim, textmate\n"), ebb("", "setup", "emacs"));
    }

    /** As {@code ebb ... | head -1} does: no message, and the status of a program that a closed pipe ended. */
    @Test
    void endsQuietlyWhenNobodyReadsItsOutput() throws Exception {
        Path kept = folder.resolve("kept.txt");
        for (String words : List.of("-c \"open('" + kept + "', 'w').write('all of it')\nfor i in range(10**9): print(i)\"", "- <<< 'print(1)'", "<<< 'print(1)'")) {
            Process process = new ProcessBuilder("bash", "-c", Repository.ROOT.resolve("ebb") + " " + words + " | true; exit ${PIPESTATUS[0]}").start();
            assertEquals(new End(141, "", ""), end(process, ""), words);
        }
        assertEquals("all of it", Files.readString(kept));
        End told = ebb("", "-c", "import os\nprint([BrokenPipeError.__mro__[k].__name__ for k in (1, 2)])");
        assertEquals(new End(0, "['ConnectionError', 'OSError']\n", ""), told);
    }

    @Test
    void saysThatItsOutputCannotBeWritten() throws Exception {
        Process process = new ProcessBuilder("bash", "-c", Repository.ROOT.resolve("ebb") + " -c 'print(1)' > /dev/full").start();
        assertEquals(new End(1, "", "ebb: standard output cannot be written: No space left on device\n"), end(process, ""));
    }

    @Test
    void importsFromBesideTheProgram() throws Exception {
        write("helper.ebb", "def twice(x):\n    return 2 * x\n");
        Path program = write("main.ebb", "from helper import twice\nprint(twice(21))\n");
        assertEquals(new End(0, "42\n", ""), ebb("", program.toString()));
    }

    @Test
    void anUncaughtExceptionEndsWithStatusOneAndItsPlace() throws Exception {
        Path program = write("wrong.ebb", "def f(x):\n    return x + [1]\n\nprint('before')\nf(1)\n");
        End end = ebb("", program.toString());
        assertEquals("before\n", end.out);
        assertEquals("""
                Traceback (most recent call last):
                  File "%1$s", line 5, in <module>
                    f(1)
                  File "%1$s", line 2, in f
                    return x + [1]
                           ~~^~~~~
                TypeError: unsupported operand type(s) for +: 'int' and 'list'
                """.formatted(program), end.errors);
        assertEquals(1, end.status);
    }

    /** As what CPython has in C: the last line is one that the user wrote, also where the library called a function of the user's. */
    @Test
    void modulesThatComeWithEbbAreNoLinesOfATraceback() throws Exception {
        Path program = write("wrong.ebb", "import functools, json\n@functools.lru_cache\ndef f(x):\n    return json.loads(x)\n\nf('[1,')\n");
        assertEquals("""
                Traceback (most recent call last):
                  File "%1$s", line 6, in <module>
                    f('[1,')
                  File "%1$s", line 4, in f
                    return json.loads(x)
                           ^^^^^^^^^^^^^
                json.decoder.JSONDecodeError: Expecting value: line 1 column 4 (char 3)
                """.formatted(program), ebb("", program.toString()).errors);
    }

    /** A program's file may have the name of a module in which functions without an import are at home. */
    @Test
    void theLibraryDoesNotImportFilesOfTheProgram() throws Exception {
        write("linalg.ebb", "answer = 42\n");
        write("initialisers.ebb", "answer = 43\n");
        Path program = write("program.ebb", """
                print(solve(eye(2) * 2, ones(2)))
                import linalg, initialisers, nn
                print(linalg.answer, initialisers.answer, nn.Dense(2, 3)(ones(2)).shape, matrix_power(eye(2), 2)[0])
                import collections.abc, random
                print(random is __import__("random"), polyfit([0., 1., 2.], [1., 3., 5.], 1))
                """);
        assertEquals(new End(0, "[0.5 0.5]\n42 43 (3,) [1. 0.]\nTrue [2. 1.]\n", ""), ebb("", program.toString()));
    }

    @Test
    void whatAPythonProgramImportsIsFoundElsewhere() throws Exception {
        assertTrue(ebb("", "-c", "import numpy as np").errors.endsWith("ModuleNotFoundError: No module named 'numpy'. Tensors are there without "
                + "importing anything: tensor, zeros, arange, ... (NumPy's names: from mxnet import np)\n"));
        assertTrue(ebb("", "-c", "tensor([1]).type(float64)").errors
                .endsWith("'tensor' object has no attribute 'type'. Write x.astype(dtype); x.dtype says which it is\n"));
        assertTrue(ebb("", "-c", "tensor([1]).size(0)").errors
                .endsWith("'int' object is not callable. Write x.shape, or x.size without brackets for the number of elements\n"));
        assertTrue(ebb("", "-c", "tensor([1], requires_grad=True)").errors.endsWith("for tensor(). Write x.attach_grad() afterwards\n"));
        assertTrue(ebb("", "-c", "x = np.zeros(2)").errors.contains("name 'np' is not defined. Tensors are there without importing anything"));
        assertTrue(ebb("", "-c", "import dataclass").errors.endsWith("No module named 'dataclass'. Did you mean: 'dataclasses'?\n"));
        assertTrue(ebb("", "-c", "import nn; nn.ReLU()").errors.endsWith("has no attribute 'ReLU'. Write relu, a plain function, in Sequential too\n"));
        assertTrue(ebb("", "-c", "from mxnet import gluon").errors.endsWith("from 'mxnet'. For layers and optimisers, import nn, optim\n"));
        assertTrue(ebb("", "-c", "json.dumps(1)").errors.endsWith("name 'json' is not defined. Did you forget to import 'json'?\n"));
        assertTrue(ebb("", "-c", "os").errors.endsWith("name 'os' is not defined. Did you mean: 'cos'? Or did you forget to import 'os'?\n"));
        assertEquals("No module named 'numpy'\n", ebb("", "-c", "try:\n    import numpy\nexcept ImportError as e:\n    print(e)").out);
    }

    @Test
    void aSyntaxErrorNamesLineColumnAndCaret() throws Exception {
        Path program = write("wrong.ebb", "x = 1\ny = (2 +\n");
        End end = ebb("", program.toString());
        assertEquals(1, end.status);
        assertEquals("", end.out);
        assertTrue(end.errors.contains("line 2"), end.errors);
        assertTrue(end.errors.contains("^"), end.errors);
        assertTrue(end.errors.contains("SyntaxError: "), end.errors);
    }

    @Test
    void exitEndsWithItsStatus() throws Exception {
        assertEquals(new End(7, "a\n", ""), ebb("", "-c", "import sys\nprint('a')\nsys.exit(7)"));
        assertEquals(new End(0, "", ""), ebb("", "-c", "import sys\nsys.exit()"));
    }

    @Test
    void wrongUseEndsWithStatusTwo() throws Exception {
        assertEquals(new End(2, "", "ebb: cannot open 'nowhere.ebb': no such file\n"), ebb("", "nowhere.ebb"));
        assertEquals(new End(2, "", "ebb: cannot open '" + folder + "': it is a folder\n"), ebb("", folder.toString()));
        assertEquals(2, ebb("", "--no-such-option").status);
        assertEquals(2, ebb("", "-c").status);
        Files.write(folder.resolve("binary.ebb"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        End end = ebb("", folder.resolve("binary.ebb").toString());
        assertEquals(2, end.status);
        assertTrue(end.errors.contains("not text in UTF-8"), end.errors);
    }

    @Test
    void tellsItsVersionAndItsUse() throws Exception {
        assertTrue(Repository.read(Repository.ROOT.resolve("pom.xml")).contains("<version>" + ebb("", "--version").out.strip()
                .replace("ebb ", "") + "</version>"));
        assertTrue(ebb("", "--help").out.contains("usage: ebb FILE"));
        assertEquals(ebb("", "--help"), ebb("", "help"));
    }

    @Test
    void deepRecursionIsARecursionError() throws Exception {
        End end = ebb("", "-c", "def f(n):\n    return 1 + f(n + 1)\nf(0)");
        assertEquals(1, end.status);
        assertTrue(end.errors.contains("RecursionError: "), end.errors);
        assertTrue(end.errors.lines().count() < 40, end.errors);
    }

    @Test
    void controlCEndsALoopAndRunsItsFinally() throws Exception {
        // A build that runs in the background has Ctrl-C switched off, and its children inherit that: env switches it on again.
        boolean switchable = new ProcessBuilder("env", "--default-signal=INT", "true").start().waitFor() == 0;
        Process process = start(switchable ? List.of("env", "--default-signal=INT") : List.of(), "-c", """
                try:
                    print("running", flush=True)
                    while True:
                        pass
                finally:
                    print("cleaned up")
                """);
        InputStream out = process.getInputStream();
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf("running") < 0) {
            int b = out.read();
            assertTrue(b >= 0, () -> "ended early: " + seen);
            seen.append((char) b);
        }
        // The shell has become java by exec, so the process is the one that hears the signal.
        new ProcessBuilder("bash", "-c", "kill -INT " + process.pid()).start().waitFor();
        End end = end(process, "");
        assertEquals(130, end.status, end.errors);
        assertEquals("\ncleaned up\n", end.out);
        assertEquals("KeyboardInterrupt", end.errors.lines().toList().getLast());
    }

    @Test
    void thePromptPrintsValuesAndGoesOnAfterErrors() throws Exception {
        End end = ebb("x = 20\nx + 1\n'a'\nNone\nx +* 2\n1 / 0\nfor i in range(2):\n    print(i)\n\ntensor([1, 2]) + 1\n");
        assertEquals(0, end.status);
        assertEquals(">>> >>> 21\n>>> 'a'\n>>> >>> >>> >>> ... ... 0\n1\n>>> tensor([2., 3.])\n>>> \n",
                end.out.substring(end.out.indexOf('\n') + 1));
        assertTrue(end.errors.contains("SyntaxError: "), end.errors);
        assertTrue(end.errors.contains("ZeroDivisionError: division by zero"), end.errors);
    }

    @Test
    void thePromptRemembersExplainsAndForgets() throws Exception {
        write("part.ebb", "loaded = 3\n");
        End end = ebb("20 + 1\n_ * 2\n1 / 0\ntype(_error)\nx = tensor([1, 2])\nx.attach_grad()\n?x\n:load " + folder.resolve("part.ebb")
                + "\nloaded\n:who\n:time 1\n:reset\n:who\n:nothing\n:load nowhere\n:quit\n");
        assertEquals(0, end.status, end.errors);
        String seen = end.out.substring(end.out.indexOf('\n') + 1).replace(">>> ", "");
        assertTrue(seen.startsWith("21\n42\n<class 'ZeroDivisionError'>\nx: tensor of float32, shape (2,)\n"), seen);
        assertTrue(seen.contains("3\nloaded  int\nx       tensor float32 (2,)\n1\n"), seen);
        assertTrue(seen.contains("s\nno names yet\n"), seen);
        assertTrue(end.errors.contains("no command :nothing"), end.errors);
        assertTrue(end.errors.contains("cannot open 'nowhere': no such file"), end.errors);
    }

    @Test
    void aProgramGoesOnAtThePrompt() throws Exception {
        Path program = write("part.ebb", "import sys\nx = len(sys.argv)\n");
        End end = ebb("x + 1\n", "-i", program.toString(), "one", "two");
        assertEquals(new End(0, ">>> 4\n>>> \n", ""), new End(end.status, end.out.substring(end.out.indexOf('\n') + 1), end.errors));
    }

    @Test
    void explainsNames() throws Exception {
        assertTrue(ebb("", "doc", "math.sin").out.startsWith("sin("));
        assertTrue(ebb("", "doc", "heapq.heappush").out.contains("heappush"));
        assertEquals(new End(1, "", "ebb: NameError: there is no builtin and no module named 'nothing'\n"), ebb("", "doc", "nothing"));
    }

    @Test
    void findsWhatIsWrongWithoutRunning() throws Exception {
        Path program = write("odd.ebb", "print('ran')\nx = tensor([1])\nx.attach_grad()\nprint(y)\n");
        assertEquals(new End(1, program + ":3:1: attach_grad() without effect: nothing here calls backward or asks for a gradient\n"
                + program + ":4:7: the name 'y' is nowhere given a value\n", ""), ebb("", "check", program.toString()));
        Path wrong = write("wrong.ebb", "x = = 1\n");
        assertTrue(ebb("", "check", wrong.toString()).out.startsWith(wrong + ":1:5: SyntaxError: "));
        List<String> all = new ArrayList<>(List.of("check"));
        Repository.files(Repository.ROOT.resolve("examples"), ".ebb").forEach(file -> all.add(file.toString()));
        assertEquals(new End(0, "", ""), ebb("", all.toArray(String[]::new)));
    }

    @Test
    void laysOutPrograms() throws Exception {
        Path program = write("plain.ebb", "x=1 #one\nif x:\n  print( x )\n");
        assertEquals(new End(1, "would change " + program + "\n", ""), ebb("", "fmt", "--check", program.toString()));
        assertEquals(new End(0, "changed " + program + "\n", ""), ebb("", "fmt", program.toString()));
        assertEquals("x = 1  # one\nif x:\n    print(x)\n", Files.readString(program));
        assertEquals(new End(0, "", ""), ebb("", "fmt", program.toString()));
        Path wrong = write("wrong.ebb", "x = = 1\n");
        End end = ebb("", "fmt", wrong.toString());
        assertEquals(1, end.status);
        assertTrue(end.errors.startsWith(wrong + " is left as it is: SyntaxError: "), end.errors);
    }

    @Test
    void checksWhatProgramsAndTextsSay() throws Exception {
        write("good.ebb", "print(1 + 1)  # expect: 2\n# ----\n1 / 0  # error: ZeroDivisionError: division by zero\n");
        write("library.ebb", "def twice(x):\n    \"\"\"Twice.\n\n    >>> twice(2)\n    4\n    \"\"\"\n    return 2 * x\n");
        assertEquals(new End(0, "3 checked, 0 failed\n", ""), ebb("", "test", folder.toString()));
        Path bad = write("bad.ebb", "print(1 + 1)  # expect: 3\n");
        Path text = write("text.md", "It shows\n\n>>> 1 + 1\n3\n");
        assertEquals(new End(1, bad + ": printed something else than it expects\n    expected line 1: 3\n    printed line 1:  2\n"
                + text + ": line 3: 1 + 1\n  the text shows\n    3\n  Ebb prints\n    2\n2 checked, 2 failed\n", ""),
                ebb("", "test", bad.toString(), text.toString()));
        assertEquals(2, ebb("", "test", "nowhere").status);
    }

    @Test
    void worksFromAnyFolderAndThroughLinks() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("e b b"), Repository.ROOT.resolve("ebb"));
        Process process = new ProcessBuilder(link.toString(), "-c", "print('linked')").directory(folder.toFile()).start();
        assertEquals(new End(0, "linked\n", ""), end(process, ""));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Process start(List<String> before, String... words) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Repository.ROOT.resolve("ebb").toString());
        command.addAll(List.of(words));
        return new ProcessBuilder(command).start();
    }

    private static End ebb(String input, String... words) throws Exception {
        return end(start(List.of(), words), input);
    }

    static End end(Process process, String input) throws Exception {
        CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
        CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        End end = new End(process.waitFor(), out.get(), errors.get());
        assertFalse(end.errors.contains("\tat ") || end.errors.contains("Exception in thread"), () -> "a Java stack trace: " + end.errors);
        assertFalse(end.errors.contains("WARNING"), end.errors);
        return end;
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
