package org.ebb.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CutTest {

    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private final Cut out = new Cut(seen);

    @Test
    void keepsBackWhatIsTooLongAndSaysSo() throws Exception {
        out.begin(5);
        out.write("12".getBytes(StandardCharsets.UTF_8));
        out.write("é∂π∇∞".getBytes(StandardCharsets.UTF_8));
        out.end();
        out.write("all of this".getBytes(StandardCharsets.UTF_8));
        assertEquals("12é∂π... (2 more characters; print(_) shows all)\nall of this", seen.toString(StandardCharsets.UTF_8));
    }

    @Test
    void leavesAloneWhatFits() throws Exception {
        out.begin(5);
        out.write("éé∂∂π".getBytes(StandardCharsets.UTF_8));
        out.end();
        assertEquals("éé∂∂π", seen.toString(StandardCharsets.UTF_8));
    }
}
