"""Prints the trajectories of PyTorch's optimisers that optimisers.ebb expects (made with PyTorch 1.13, float64)."""
import torch
from torch import optim

torch.set_default_dtype(torch.float64)


def run(name, make, steps=12, schedule=None, start=(1.5, -0.5, 2.0), bias=0.3):
    w = torch.tensor(start, requires_grad=True)
    b = torch.tensor(bias, requires_grad=True)
    a = torch.tensor([[1.0, 2.0, -1.0], [0.5, -1.0, 3.0], [2.0, 0.0, 1.0], [-1.0, 1.0, 0.5]])
    y = torch.tensor([1.0, -2.0, 0.5, 3.0])
    optimiser = make([w, b])
    change = schedule(optimiser) if schedule else None

    def loss():
        optimiser.zero_grad()
        value = ((torch.tanh(a @ w + b) * 2 - y) ** 2).mean() + 0.01 * (w ** 4).sum()
        value.backward()
        return value

    for _ in range(steps):
        if isinstance(optimiser, optim.LBFGS):
            optimiser.step(loss)
        else:
            loss()
            optimiser.step()
        if change is not None:
            change.step()
    print(name, *(f"{v:.7f}" for v in w.tolist() + [b.item(), optimiser.param_groups[0]["lr"]]))


run("SGD", lambda p: optim.SGD(p, 0.1))
run("SGD decay", lambda p: optim.SGD(p, 0.1, weight_decay=0.1))
run("SGD momentum", lambda p: optim.SGD(p, 0.1, momentum=0.9))
run("SGD dampening", lambda p: optim.SGD(p, 0.1, momentum=0.9, dampening=0.5, weight_decay=0.1))
run("SGD nesterov", lambda p: optim.SGD(p, 0.05, momentum=0.9, nesterov=True, weight_decay=0.1))
run("Adam", lambda p: optim.Adam(p, 0.05))
run("Adam decay", lambda p: optim.Adam(p, 0.05, betas=(0.8, 0.9), eps=1e-3, weight_decay=0.1))
run("AdamW", lambda p: optim.AdamW(p, 0.05, weight_decay=0.1))
run("RMSProp", lambda p: optim.RMSprop(p, 0.01, alpha=0.9))
run("RMSProp centered", lambda p: optim.RMSprop(p, 0.01, alpha=0.9, centered=True, momentum=0.5, weight_decay=0.1))
run("AdaGrad", lambda p: optim.Adagrad(p, 0.1, lr_decay=0.1, weight_decay=0.1, initial_accumulator_value=0.2))
run("LBFGS fixed", lambda p: optim.LBFGS(p, 0.1, max_iter=15, history_size=4), 1, start=(-0.5, 0.8, -0.9), bias=2.2)
run("LBFGS", lambda p: optim.LBFGS(p, 1, max_iter=100, max_eval=1000, tolerance_change=1e-15, tolerance_grad=1e-10, line_search_fn="strong_wolfe"), 1)
run("StepLR", lambda p: optim.SGD(p, 0.1), schedule=lambda o: optim.lr_scheduler.StepLR(o, 5, 0.5))
run("ExponentialLR", lambda p: optim.SGD(p, 0.1), schedule=lambda o: optim.lr_scheduler.ExponentialLR(o, 0.9))
run("CosineAnnealingLR", lambda p: optim.SGD(p, 0.1), schedule=lambda o: optim.lr_scheduler.CosineAnnealingLR(o, 20, 0.01))

# A plateau's learning rates
w = torch.zeros(1, requires_grad=True)
optimiser = optim.SGD([w], 1.0)
plateau = optim.lr_scheduler.ReduceLROnPlateau(optimiser, factor=0.5, patience=2, min_lr=0.2)
rates = []
for value in [5, 4, 4, 4, 4, 3, 3.5, 3.4, 3.3, 3.2, 3.1, 3, 3, 3]:
    plateau.step(value)
    rates.append(optimiser.param_groups[0]["lr"])
print(*rates)

# Clipping
x = torch.zeros(3, requires_grad=True)
x.grad = torch.tensor([3.0, 0.0, -4.0])
print(f"{torch.nn.utils.clip_grad_norm_([x], 2.0).item():.4f}", *(f"{v:.4f}" for v in x.grad.tolist()))
torch.nn.utils.clip_grad_value_([x], 1.3)
print(*(f"{v:.4f}" for v in x.grad.tolist()))
