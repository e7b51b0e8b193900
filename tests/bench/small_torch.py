"""small.ebb in PyTorch. usage: python3 small_torch.py KIT"""
import sys

sys.path.insert(0, sys.argv[1])
import torch
from bench_util import measure, row

torch.set_num_threads(1)
n = 16
x = torch.tensor([0.9925 + 0.001 * i for i in range(n)], requires_grad=True)


def adds():
    y = x
    for _ in range(1000):
        y = y + x
    return y.sum()


def products():
    y = x
    for _ in range(1000):
        y = y * x
    return y.sum()


def tanhs():
    y = x
    for _ in range(1000):
        y = torch.tanh(y)
    return y.sum()


def sums():
    s = 0.0
    for _ in range(1000):
        s = s + x.sum()
    return s


def mixed():
    y = x
    s = 0.0
    for _ in range(250):
        y = torch.tanh(y * x + x)
        s = s + y.sum()
    return s


for name, chain in (("add", adds), ("multiply", products), ("tanh", tanhs), ("sum and add of numbers", sums),
                    ("add, multiply, tanh, sum", mixed)):
    def iterate():
        x.grad = None
        chain().backward()

    iterate()
    row("pytorch", "SMALL", name + " grad sum", x.grad.sum().item(), "check")
    wall, least, process = measure(iterate)
    row("pytorch", "SMALL", name, wall * 1e3, "ms")
    row("pytorch", "SMALL", name + " (min)", least * 1e3, "ms")
    row("pytorch", "SMALL", name + " (cpu)", process * 1e3, "ms")
    row("pytorch", "SMALL", name + " per op", process / 1000 * 1e9, "ns")
