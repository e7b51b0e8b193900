package org.ebb.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tensors as a host sees them: numbers, arrays of rows, buffers that are the program's own elements, and members. */
class TensorInteropTest {

    private final Context context = Context.newBuilder("ebb").allowHostAccess(HostAccess.ALL).build();

    @AfterEach
    void close() {
        context.close();
    }

    private Value eval(String program) {
        return context.eval("ebb", program);
    }

    @Test
    void oneNumberIsANumber() {
        assertEquals(6, eval("tensor([1., 2., 3.]).sum()").asInt());
        assertEquals(2.5, eval("tensor(2.5)").asDouble());
        assertEquals(3, eval("tensor([1, 2, 3], dtype=int64)[2]").asInt());
    }

    @Test
    void aTensorIsAnArrayOfRows() {
        Value matrix = eval("m = tensor([[1., 2.], [3., 4.]])\nm");
        assertEquals(2, matrix.getArraySize());
        assertEquals(3.0, matrix.getArrayElement(1).getArrayElement(0).asDouble());
        matrix.getArrayElement(1).setArrayElement(0, 30);
        assertEquals(30.0, eval("m[1, 0]").asDouble());
        assertThrows(ArrayIndexOutOfBoundsException.class, () -> matrix.getArrayElement(2));
        assertEquals("tensor", matrix.getMetaObject().getMetaSimpleName());
    }

    @Test
    void theBufferIsTheProgramsOwn() {
        Value row = eval("v = tensor([1., 2., 3.])\nv[1:]");
        assertTrue(row.hasBufferElements());
        assertEquals(8, row.getBufferSize());
        assertEquals(3f, row.readBufferFloat(ByteOrder.LITTLE_ENDIAN, 4));
        row.writeBufferFloat(ByteOrder.LITTLE_ENDIAN, 0, 20f);
        assertEquals("[ 1. 20.  3.]", eval("str(v)").asString());
        assertThrows(IndexOutOfBoundsException.class, () -> row.readBufferFloat(ByteOrder.LITTLE_ENDIAN, 6));
        assertFalse(eval("tensor([[1., 2.], [3., 4.]])[:, 0]").hasBufferElements());
    }

    @Test
    void membersAreTheTensors() {
        Value x = eval("x = tensor([1., 2.])\nx");
        x.invokeMember("attach_grad");
        eval("with record:\n    y = (x * x).sum()\ny.backward()");
        assertEquals(4.0, x.getMember("grad").getArrayElement(1).asDouble());
        assertEquals(2, x.getMember("shape").getArrayElement(0).asInt());
        assertTrue(x.canInvokeMember("reshape"));
    }

    @Test
    void hostArraysBecomeTensors() {
        Value make = eval("lambda a: tensor(a) * 2");
        assertEquals(6.0, make.execute((Object) new double[][] {{1, 2}, {3, 4}}).getArrayElement(1).getArrayElement(0).asDouble());
        Value back = eval("lambda t: (t + 1).tolist()").execute(eval("tensor([1., 2.])"));
        assertArrayEquals(new double[] {2, 3}, back.as(double[].class));
    }
}
