"""Prints the values and gradients of PyTorch's layers that layers.ebb expects (made with PyTorch 1.13, float64)."""
import torch
from torch import nn

torch.set_default_dtype(torch.float64)


def fill(shape, k):
    n = 1
    for m in shape:
        n *= m
    return (((torch.arange(n) * 31 + 17 + 7 * k) % 101).double() - 50).reshape(shape) / 100


def begin(layer):
    with torch.no_grad():
        for k, p in enumerate(layer.parameters()):
            p.copy_(fill(p.shape, k))
    return layer


def seen(name, layer, outputs, x=None):
    total = 0
    for k, y in enumerate(outputs):
        total = total + (y * fill(y.shape, 3 + k)).sum()
    total.backward()
    parts = [total.item()] + [(p.grad * fill(p.shape, 5)).sum().item() for p in layer.parameters()]
    if x is not None:
        parts.append((x.grad * fill(x.shape, 6)).sum().item())
    print(name, *(f"{v:.8f}" for v in parts))


def given(*shape):
    return fill(shape, 9).requires_grad_()


x = given(3, 4)
layer = begin(nn.Linear(4, 5))
seen("Dense", layer, [layer(x)], x)
x = given(2, 3, 6, 5)
layer = begin(nn.Conv2d(3, 4, 3, padding=1))
seen("Conv2D", layer, [layer(x)], x)
x = given(2, 4, 7, 7)
layer = begin(nn.Conv2d(4, 6, (3, 2), stride=2, dilation=(1, 2), groups=2))
seen("Conv2D grouped", layer, [layer(x)], x)
x = given(2, 3, 9)
layer = begin(nn.Conv1d(3, 2, 4))
seen("Conv1D", layer, [layer(x)], x)
x = given(2, 2, 6, 6)
seen("MaxPool", nn.MaxPool2d(2), [nn.MaxPool2d(3, 2)(x)], x)
x = given(2, 2, 6, 6)
seen("AvgPool", nn.AvgPool2d(2), [nn.AvgPool2d(2)(x)], x)
x = given(5, 3, 2)
layer = begin(nn.BatchNorm1d(3))
seen("BatchNorm training", layer, [layer(x)], x)
print("BatchNorm kept", *(f"{v:.8f}" for v in layer.running_mean.tolist() + layer.running_var.tolist()))
x = given(5, 3, 2)
layer.eval()
layer.zero_grad()
seen("BatchNorm prediction", layer, [layer(x)], x)
x = given(3, 2, 4)
layer = begin(nn.LayerNorm((2, 4)))
seen("LayerNorm", layer, [layer(x)], x)
x = given(2, 6, 3)
layer = begin(nn.GroupNorm(3, 6))
seen("GroupNorm", layer, [layer(x)], x)
layer = begin(nn.Embedding(7, 3))
seen("Embedding", layer, [layer(torch.tensor([[1, 2, 1], [6, 0, 5]]))])
x = given(3, 4)
layer = begin(nn.RNNCell(4, 5))
seen("RNNCell", layer, [layer(x, fill((3, 5), 8))], x)
x = given(3, 4)
layer = begin(nn.GRUCell(4, 5))
seen("GRUCell", layer, [layer(x, fill((3, 5), 8))], x)
x = given(3, 4)
layer = begin(nn.LSTMCell(4, 5))
seen("LSTMCell", layer, list(layer(x, (fill((3, 5), 8), fill((3, 5), 2)))), x)
x = given(6, 2, 4)
layer = begin(nn.RNN(4, 5))
seen("RNN", layer, list(layer(x)), x)
x = given(6, 2, 4)
layer = begin(nn.GRU(4, 5, 2))
seen("GRU", layer, [layer(x)[0]], x)
x = given(6, 2, 4)
layer = begin(nn.LSTM(4, 5, 2))
seen("LSTM", layer, [layer(x)[0]], x)
x = given(2, 5, 6)
layer = begin(nn.MultiheadAttention(6, 3, batch_first=True))
seen("MultiHeadAttention", layer, [layer(x, x, x, need_weights=False)[0]], x)
x = given(2, 5, 6)
layer.zero_grad()
mask = torch.triu(torch.ones(5, 5, dtype=torch.bool), 1)
seen("MultiHeadAttention causal", layer, [layer(x, x, x, attn_mask=mask)[0]], x)
x = given(2, 5, 6)
layer.zero_grad()
other = fill((2, 4, 6), 1)
seen("MultiHeadAttention other", layer, [layer(x, other, other)[0]], x)
