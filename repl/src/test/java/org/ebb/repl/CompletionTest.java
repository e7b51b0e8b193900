package org.ebb.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CompletionTest {

    @Test
    void whatStandsBeforeTheCursorDecides() {
        assertEquals(new Completion.Name("su"), Completion.at("x = su"));
        assertEquals(new Completion.Member("a.b", "gr"), Completion.at("print(a.b.gr"));
        assertEquals(new Completion.Member("x", ""), Completion.at("x."));
        assertEquals(new Completion.Key("d", '"', "lo"), Completion.at("d[\"lo"));
        assertEquals(new Completion.File("data/i"), Completion.at("read_csv('data/i"));
        assertEquals(new Completion.Module("mx"), Completion.at("import math, mx"));
        assertEquals(new Completion.Module("collections.a"), Completion.at("from collections.a"));
        assertEquals(new Completion.Colon("ti"), Completion.at(":ti"));
        assertEquals(new Completion.File("a/"), Completion.at(":load a/"));
        assertEquals(new Completion.Nothing("12"), Completion.at("x = 12"));
        assertEquals(new Completion.Nothing("re"), Completion.at("f(x).re"));
        assertEquals(new Completion.Name("y"), Completion.at("'a' + y"));
        assertEquals(new Completion.Name("y"), Completion.at("x = '\n'\ny"));
    }
}
