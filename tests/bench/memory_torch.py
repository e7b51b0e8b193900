"""memory.ebb in PyTorch. usage: python3 memory_torch.py KIT"""
import sys

sys.path.insert(0, sys.argv[1])
import torch
from bench_util import row

torch.set_num_threads(1)
sizes = [784, 256, 128, 10]


def resident(name):
    with open("/proc/self/status") as file:
        for line in file:
            if line.startswith(name + ":"):
                return int(line.split()[1]) / 1024


parameters = []
for layer in range(3):
    k = torch.arange(sizes[layer] * sizes[layer + 1])
    w = ((k * 31 + 17 + layer) % 101 - 50).float() / 50 / sizes[layer] ** 0.5
    parameters += [w.reshape(sizes[layer], sizes[layer + 1]), torch.zeros(sizes[layer + 1])]
for p in parameters:
    p.requires_grad_()

k = torch.arange(64 * 784)
x = ((k * 7919 % 1000).float() / 1000).reshape(64, 784)
classes = torch.arange(64) % 10


def step():
    h = x
    for layer in (0, 2):
        h = torch.relu(h @ parameters[layer] + parameters[layer + 1])
    loss = torch.nn.functional.cross_entropy(h @ parameters[4] + parameters[5], classes)
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p -= 0.1 * p.grad
            p.grad = None
    return loss


held = {}
for i in range(20000):
    loss = step()
    if i == 20:
        row("pytorch", "MEMORY", "loss after 20 steps", loss.item(), "check")
    if i + 1 in (2000, 10000, 20000):
        held[i + 1] = resident("VmRSS")
row("pytorch", "MEMORY", "most held", resident("VmHWM"), "MB")
for steps in held:
    row("pytorch", "MEMORY", f"held after {steps:,} steps", held[steps], "MB")
