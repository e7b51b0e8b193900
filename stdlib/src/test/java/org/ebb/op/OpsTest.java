package org.ebb.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The table itself: nothing is missing, and names lead to rows. */
class OpsTest {

    /** The names that the build wrote down are those of the table. */
    @Test
    void everyNameIsKnownWithoutTheTable() throws Exception {
        try (InputStream names = Ops.class.getResourceAsStream("names.txt")) {
            assertEquals(new TreeSet<>(Ops.table()), new TreeSet<>(new String(names.readAllBytes(), StandardCharsets.UTF_8).lines().toList()));
        }
    }

    /** A row is a static field of some class here; each of them must be in the table, whichever family it is in. */
    @Test
    void everyRowIsInTheTable() throws Exception {
        Path classes = Path.of(Ops.class.getProtectionDomain().getCodeSource().getLocation().toURI()).resolve("org/ebb/op");
        int rows = 0;
        try (var files = Files.list(classes)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!name.endsWith(".class") || name.equals("Ops$Table.class")) {
                    continue;
                }
                for (Field field : Class.forName("org.ebb.op." + name.substring(0, name.length() - 6)).getDeclaredFields()) {
                    if (Modifier.isStatic(field.getModifiers()) && Op.class.isAssignableFrom(field.getType())) {
                        field.setAccessible(true);
                        Op op = (Op) field.get(null);
                        assertTrue(Ops.all().contains(op), op + " of " + name);
                        rows++;
                    }
                }
            }
        }
        assertTrue(rows > 100, rows + " rows");
    }

    @Test
    void aliasesLeadToRows() {
        assertEquals(Arithmetic.SUB, Ops.named("sub"));
        assertEquals(Joining.CONCATENATE, Ops.named("concat"));
        Ops.aliases().forEach((alias, name) -> assertEquals(Ops.named(name), Ops.named(alias)));
    }

    @Test
    void signaturesTellInputsFromOptions() {
        Op sum = Ops.named("sum");
        assertEquals("axis", sum.parameters().get(sum.inputs()).name());
        assertEquals(false, sum.parameters().get(2).fallback());
        assertTrue(Ops.named("stack").variadic());
        for (Op op : Ops.all()) {
            assertTrue(op.parameters().size() >= op.inputs(), op.name);
            for (int k = 0; k < op.parameters().size(); k++) {
                assertNotNull(op.parameters().get(k).name());
            }
        }
    }
}
