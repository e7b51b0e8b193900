package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.io.IOAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of several files. What is expected is what CPython prints for the same files. */
class ModulesTest {

    @TempDir
    Path folder;

    private void write(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private void prints(String expected, String... program) {
        var out = new ByteArrayOutputStream();
        try (Context context = Context.newBuilder("ebb").allowIO(IOAccess.ALL).currentWorkingDirectory(folder).out(out).build()) {
            context.eval("ebb", String.join("\n", program) + "\n");
        }
        assertEquals(expected, out.toString());
    }

    @Test
    void aPackageImportsItsParts() throws IOException {
        write("package/__init__.ebb", "from .first import one", "from . import second as other", "below = other.two");
        write("package/first.ebb", "one = 1", "_hidden = 2");
        write("package/second.ebb", "from .first import one", "from package.deep import three", "two = one + 1");
        write("package/deep/__init__.ebb", "from ..first import _hidden", "three = _hidden + 1");
        prints("1 2 2 3\nTrue\n", "import package", "from package import deep",
                "print(package.one, package.below, package.second.two, deep.three)", "print(package.other is package.second)");
    }

    @Test
    void aModuleAnswersForNamesThatItMakesWhenAsked() throws IOException {
        write("lazy.ebb", "def __getattr__(name):", "    if name[:2] != '__':", "        print('asked for', name)",
                "    if name == 'late':", "        return 42",
                "    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')", "def __dir__():", "    return ['late', 'also']");
        prints("asked for late\n42\n", "from lazy import late", "print(late)");
        prints("asked for late\nasked for none\nTrue False\n", "import lazy", "print(hasattr(lazy, 'late'), hasattr(lazy, 'none'))");
        prints("asked for none\n5\nasked for late\n42\n['also', 'late']\n", "import lazy", "print(getattr(lazy, 'none', 5))", "print(lazy.late)",
                "print(dir(lazy))");
        prints("asked for none\ncannot import name\n", "try:", "    from lazy import none", "except ImportError as e:", "    print(str(e)[:18].strip())");
    }

    @Test
    void aModuleThatFailsIsNotThereTheNextTime() throws IOException {
        write("broken.ebb", "print('running')", "1 / 0");
        prints("running\ndivision by zero\nrunning\ndivision by zero\nFalse\n", "for _ in range(2):", "    try:", "        import broken",
                "    except ZeroDivisionError as e:", "        print(e)", "import sys", "print('broken' in sys.modules)");
    }

    @Test
    void modulesThatImportEachOtherSeeWhatIsThere() throws IOException {
        write("left.ebb", "import right", "name = 'left'", "def both():", "    return name + right.name");
        write("right.ebb", "import left", "name = 'right'", "seen = hasattr(left, 'name')");
        prints("leftright False\n", "import left, right", "print(left.both(), right.seen)");
    }

    @Test
    void aStarTakesWhatIsListed() throws IOException {
        write("listed.ebb", "__all__ = ['_a', 'b']", "_a, b, c = 1, 2, 3");
        write("open_.ebb", "_a, b, c = 4, 5, 6");
        prints("1 2 False\n5 6 1\n", "from listed import *", "print(_a, b, 'c' in globals())", "from open_ import *", "print(b, c, _a)");
    }
}
