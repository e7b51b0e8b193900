"""digits.ebb in PyTorch: the same networks, rows, batches and optimiser. The first argument is mlp or cnn, a second one ends at 97 %."""
import sys
import time

begin = time.perf_counter()
import numpy as np
import torch
from torch import nn

folder = __file__.rsplit("/tests/", 1)[0] + "/stdlib/src/main/resources/org/ebb/lib/sets/"
digits = np.load(folder + "digits.npz")
x, y = torch.tensor(digits["x"]).float() / 16, torch.tensor(digits["y"]).long()
held = torch.arange(len(y)) % 4 == 0
x_train, y_train, x_test, y_test = x[~held], y[~held], x[held], y[held]


def dense():
    return nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10))


def convolutional():
    return nn.Sequential(nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
                         nn.Linear(512, 64), nn.ReLU(), nn.Linear(64, 10))


def train(name, model, shape, epochs):
    train_x, test_x = x_train.reshape((-1,) + shape), x_test.reshape((-1,) + shape)
    optimiser = torch.optim.Adam(model.parameters(), lr=0.002)
    loss_of = nn.CrossEntropyLoss()
    reached, times = None, []
    for epoch in range(epochs):
        start = time.perf_counter()
        order = torch.randperm(len(y_train))
        for k in range(0, len(y_train), 64):
            places = order[k:k + 64]
            optimiser.zero_grad()
            loss = loss_of(model(train_x[places]), y_train[places])
            loss.backward()
            optimiser.step()
        times.append(time.perf_counter() - start)
        with torch.no_grad():
            if reached is None and (model(test_x).argmax(1) == y_test).float().mean() >= 0.97:
                reached = time.perf_counter() - begin
                print(f"{name}\tto 97 %\t{reached:.2f}\ts\t(epoch {epoch + 1})", flush=True)
                if len(sys.argv) > 2:
                    return
    print(f"{name}\tepoch\t{min(times) * 1000:.1f}\tms\tfirst {times[0] * 1000:.0f}, median {sorted(times)[len(times) // 2] * 1000:.1f}")


torch.manual_seed(0)
which = sys.argv[1] if len(sys.argv) > 1 else "mlp"
if which == "mlp":
    train("mlp", dense(), (64,), 60)
else:
    train("cnn", convolutional(), (1, 8, 8), 25)
