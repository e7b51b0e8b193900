package org.ebb.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EntriesTest {

    @Test
    void aLineIsCompleteAndABlockNeedsAnEmptyLine() {
        assertTrue(Entries.complete("1 + 1\n"));
        assertFalse(Entries.complete("z = [1,\n"));
        assertFalse(Entries.complete("for i in x:\n"));
        assertFalse(Entries.complete("for i in x:\n    print(i)\n"));
        assertTrue(Entries.complete("for i in x:\n    print(i)\n\n"));
        assertTrue(Entries.complete("y +* 2\n"));
    }

    @Test
    void theNextLineIsIndentedAsItsBlock() {
        assertEquals(0, Entries.indentation("x = 1"));
        assertEquals(4, Entries.indentation("if x:"));
        assertEquals(4, Entries.indentation("if x:  # why"));
        assertEquals(8, Entries.indentation("if x:\n    while y:"));
        assertEquals(4, Entries.indentation("if x:\n    y = 1"));
        assertEquals(4, Entries.indentation("def f():\n    if x:\n        return 1"));
        assertEquals(6, Entries.indentation("if x:\n  if y:"));
        assertEquals(0, Entries.indentation("f(a,"));
        assertEquals(0, Entries.indentation("d = {1:"));
        assertEquals(0, Entries.indentation("s = '''if x:"));
    }

    @Test
    void aClauseMovesToTheStatementItBelongsTo() {
        assertEquals(0, Entries.clauseIndentation("if x:\n    y = 1\n", "    else:"));
        assertEquals(4, Entries.clauseIndentation("if x:\n    if y:\n        z = 1\n", "        else:"));
        assertEquals(0, Entries.clauseIndentation("try:\n    if y:\n        z = 1\n", "        except E:"));
        assertEquals(4, Entries.clauseIndentation("y = 1\n", "    else:"));
        assertEquals(4, Entries.clauseIndentation("if x:\n", "    z: int = 1"));
        assertEquals(4, Entries.clauseIndentation("match x:\n    case 1:\n        y = 1\n", "        case 2:"));
    }

    @Test
    void aPastedTranscriptLosesItsPromptsAndItsAnswers() {
        assertEquals("x = 1\nfor i in y:\n    print(i)\nx\n",
                Entries.withoutPrompts(">>> x = 1\n>>> for i in y:\n...     print(i)\n0\n1\n>>> x\n1\n"));
        assertEquals("def f():\n    return 1\nf()\n",
                Entries.withoutPrompts("In [1]: def f():\n   ...:     return 1\n\nIn [2]: f()\nOut[2]: 1\n"));
        assertEquals("x >>> 1\n", Entries.withoutPrompts("x >>> 1\n"));
    }
}
