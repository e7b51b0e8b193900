package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A tensor of more elements than one Java array holds; takes some 5 GB. FarTest has the rest, on small pieces. */
@Tag("long")
class LargeTensorTest {

    private static final String PROGRAM = """
            n = 2 ** 31 + 5
            x = zeros(n, dtype=bool)
            print(x.shape, len(x), x)
            x[n - 2] = True
            x[1:2000:3] = True
            x[2 ** 31 - 3:2 ** 31 + 1] = True
            print(x.sum(), x.any(), x.all(), x[2 ** 31 - 4:].tolist(), x[[1, -2, n - 1]].tolist(), x[::2 ** 30].tolist())
            rows = x[:n - n % 4].reshape(4, -1)
            rows[2] = True
            print(rows.shape, rows.sum(axis=1), x.sum())
            print((x[2 ** 31 - 9:].astype(float32) * 2).sum())
            y = ~x
            print(y.sum() + x.sum() == n)
            del y
            for refused in (lambda: sort(x), lambda: x[x], lambda: ones(2 ** 45), lambda: arange(n), lambda: x.reshape(-1, 1) + x):
                try:
                    refused()
                except MemoryError as error:
                    print(error)
            """;

    private static final String PRINTED = """
            (2147483653,) 2147483653 [False False False ... False False False]
            672 True False [False, True, True, True, True, False, False, True, False] [True, True, False] [False, False, True]
            (4, 536870913) [      667         0 536870913         5] 536871585
            10.0
            True
            sort works on up to 2147483639 elements at a time: take a larger tensor slice by slice
            an index works on up to 2147483639 elements at a time: take a larger tensor slice by slice
            no memory for a tensor of 35184372088832 elements of float32
            a tensor of 2147483653 elements is more than one array holds
            no memory for a tensor of 4611686039902224409 elements of bool
            """;

    @Test
    void worksOrIsRefused() {
        var out = new ByteArrayOutputStream();
        try (Context context = Context.newBuilder("ebb").out(out).build()) {
            context.eval("ebb", PROGRAM);
        }
        assertEquals(PRINTED, out.toString());
    }
}
