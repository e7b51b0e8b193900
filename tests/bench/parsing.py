#!/usr/bin/env python3
"""Writes program texts of all sizes, and times CPython's parser over a folder of them.

usage: parsing.py write DIR      programs of 1,000 to 100,000 lines, deep nesting, long lines
       parsing.py time DIR       rows: the first parse in a process, and the median of eleven more; process time in ms

Parsing.java times Ebb's parser over the same folder.
"""
import ast
import os
import random
import statistics
import sys
import time

WORDS = ("alpha beta gamma total count item value index result data rate model layer weight loss step node left right name text key "
         "size width height first last best limit state queue graph").split()


class Writer:
    """A program as a person might write it: functions, classes, loops, strings, comprehensions, comments, annotations."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []

    def name(self):
        return self.random.choice(WORDS) + self.random.choice(["", "", "", "", "_" + self.random.choice(WORDS)])

    def atom(self):
        return self.random.choice([self.name, self.name, self.name, self.number, self.text,
                                   lambda: self.name() + "." + self.name(), lambda: self.name() + "[" + self.name() + "]"])()

    def number(self):
        return self.random.choice(["0", "1", "2", "10", "0.5", "1e-3", "100_000", "0xff", "2.5e10", str(self.random.randrange(10 ** 6))])

    def text(self):
        words = " ".join(self.name() for _ in range(self.random.randrange(6)))
        return self.random.choice(['"%s"', "'%s'", 'f"%s {' + self.name() + '!r:>10}"', 'f"{' + self.name() + ' + 1}%s"', 'r"\\d%s"',
                                   '"%s\\n"', '"\u00fcber %s \u2192"']) % words

    def expression(self, depth=None):
        if depth is None:
            depth = self.random.choice([0, 1, 1, 2])
        if depth == 0:
            return self.atom()
        part = lambda: self.expression(self.random.randrange(depth))
        return self.random.choice([
            self.atom, lambda: f"{part()} + {part()} * {part()}", lambda: f"({part()} - {part()}) / {part()}",
            lambda: f"{self.name()}({part()}, {part()}, {self.name()}={part()})", lambda: f"{self.name()}.{self.name()}({part()})",
            lambda: f"[{part()}, {part()}, {part()}]", lambda: "{" + f"{self.text()}: {part()}, {self.text()}: {part()}" + "}",
            lambda: f"({part()} if {part()} > {part()} else {part()})", lambda: f"(not {part()} and {part()} or {part()} in {part()})",
            lambda: f"[{part()} for {self.name()} in {part()} if {part()}]", lambda: f"sum({part()} ** 2 for {self.name()}, _ in {part()})",
            lambda: f"(lambda x, *rest: {part()})", lambda: f"{self.name()}[{part()}:-1, ::2]", lambda: f"-{part()} // {part()} % 7",
        ])()

    def add(self, indent, text):
        self.lines.append("    " * indent + text)

    def block(self, indent, depth, count):
        for _ in range(count):
            self.statement(indent, depth)

    def statement(self, indent, depth):
        kind = self.random.randrange(20 if depth else 12)
        body = lambda: self.block(indent + 1, depth - 1, self.random.randrange(1, 5))
        if kind < 6:
            self.add(indent, f"{self.name()} = {self.expression()}")
        elif kind == 6:
            self.add(indent, f"{self.name()}, {self.name()} = {self.expression(1)}, {self.expression(1)}")
        elif kind == 7:
            self.add(indent, f"{self.name()} += {self.expression(1)}")
        elif kind == 8:
            self.add(indent, f"print({self.text()}, {self.expression()})  # {self.name()} of {self.name()}")
        elif kind == 9:
            self.add(indent, f"self.{self.name()}[{self.atom()}] = {self.expression()}")
        elif kind == 10:
            self.add(indent, f"assert {self.expression(1)} == {self.atom()}, {self.text()}")
        elif kind == 11:
            self.add(indent, f"# {self.name()} {self.name()} {self.name()}")
            self.add(indent, f"{self.name()}: {self.random.choice(['int', 'float', 'list[str]'])} = {self.expression(1)}")
        elif kind < 15:
            self.add(indent, f"if {self.expression()}:")
            body()
            if self.random.random() < 0.4:
                self.add(indent, f"elif {self.expression(1)} is not None:")
                body()
                self.add(indent, "else:")
                body()
        elif kind < 18:
            self.add(indent, f"for {self.name()}, {self.name()} in enumerate({self.expression(1)}):")
            body()
        elif kind == 18:
            self.add(indent, f"while {self.expression(1)} < {self.number()}:")
            body()
        else:
            self.add(indent, "try:")
            body()
            self.add(indent, f"except (ValueError, KeyError) as {self.name()}:")
            body()

    def function(self, indent, method):
        first = "self, " if method else ""
        self.add(indent, f"def {self.name()}({first}start, depth: int = 3, *rest, key={self.atom()}, **options) -> float:")
        self.add(indent + 1, f'"""The {self.name()} of a {self.name()}."""')
        self.add(0, "")
        self.block(indent + 1, 2, self.random.randrange(2, 9))
        self.add(indent + 1, f"return {self.expression()}")
        self.add(0, "")

    def program(self, size):
        while len(self.lines) < size:
            if self.random.random() < 0.3:
                self.add(0, f"class {self.name().title()}(Base):")
                for _ in range(self.random.randrange(1, 6)):
                    self.function(1, True)
            elif self.random.random() < 0.7:
                self.function(0, False)
            else:
                self.block(0, 2, 5)
        return "\n".join(self.lines) + "\n"


def texts():
    yield "1000 lines", Writer(1).program(1_000)
    yield "10000 lines", Writer(2).program(10_000)
    yield "100000 lines", Writer(3).program(100_000)
    for n in (1_000, 2_000):
        yield f"{n} lines of 90 nested brackets", ("x = " + "(" * 45 + "[" * 45 + "1" + "]" * 45 + ")" * 45 + "\n") * n
        yield f"{n} blocks nested 90 deep", ("".join(" " * i + "if x:\n" for i in range(90)) + " " * 90 + "x\n") * (n // 100)
    for n in (25_000, 50_000):
        yield f"a list of {n} items in one line", "x = [" + "alpha, 1.5, 'text', " * (n // 3) + "]\n"
        yield f"a string of {n * 20} characters", "x = '" + "abcde fgh\\n " * (n * 20 // 12) + "'\n"
        yield f"{n} elifs", "if a:\n    b\n" + "elif c == 1:\n    d\n" * n


def main():
    task, folder = sys.argv[1:3]
    if task == "write":
        for name, text in texts():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        return
    order = sorted(os.listdir(folder), key=lambda name: name != "10000 lines")  # the first row is the cold one
    for name in order:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            text = file.read()
        times = []
        for _ in range(3 if len(text) > 2_000_000 else 11):
            start = time.process_time()
            try:
                ast.parse(text)
            except (SyntaxError, MemoryError, RecursionError) as error:
                print(f"{name}: {type(error).__name__}", file=sys.stderr)
                break
            times.append((time.process_time() - start) * 1000)
        if times:
            print("PARSE", name + " first", f"{times[0]:.6g}", "ms", sep="\t")
            print("PARSE", name, f"{statistics.median(times):.6g}", "ms", sep="\t")


main()
