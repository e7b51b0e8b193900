"""Prints log densities, moments, entropies and divergences of PyTorch that distributions.ebb expects (PyTorch 1.13, float64)."""
import torch
from torch import distributions as d

torch.set_default_dtype(torch.float64)
T = torch.tensor


def show(name, p, x, q=None, parameters=()):
    logs = p.log_prob(x)
    total = (logs * (1 + torch.arange(logs.numel()).reshape(logs.shape))).sum()
    parts = logs.flatten().tolist()
    for moment in (p.mean, p.variance):
        parts += moment.flatten().tolist()
    try:
        parts += p.entropy().flatten().tolist()
    except NotImplementedError:
        pass
    if q is not None:
        parts += d.kl_divergence(p, q).flatten().tolist()
    gradients = torch.autograd.grad(total, parameters) if parameters else []
    for g in gradients:
        parts += g.flatten().tolist()
    print(name, *(f"{v:.8f}" for v in parts))


def leaf(*values):
    return torch.tensor(values, requires_grad=True)


a, b = leaf(0.5, -1.0), leaf(2.0, 0.7)
show("Normal", d.Normal(a, b), T([0.3, 1.2]), d.Normal(1.0, 0.5), (a, b))
show("LogNormal", d.LogNormal(a, b), T([0.3, 1.2]), d.LogNormal(T(1.0), T(0.5)), (a, b))
show("Laplace", d.Laplace(a, b), T([0.3, 1.2]), d.Laplace(1.0, 0.5), (a, b))
show("Uniform", d.Uniform(a, a + b), T([0.6, -0.5]), d.Uniform(-3.0, 4.0))
c = leaf(2.5, 0.4)
show("Exponential", d.Exponential(c), T([0.3, 1.2]), d.Exponential(1.5), (c,))
show("Gamma", d.Gamma(c, b), T([0.3, 1.2]), d.Gamma(1.5, 0.5), (c, b))
show("Beta", d.Beta(c, b), T([0.3, 0.8]), d.Beta(1.5, 0.5), (c, b))
show("Dirichlet", d.Dirichlet(c), T([[0.3, 0.7], [0.9, 0.1]]), d.Dirichlet(T([1.5, 0.5])), (c,))
show("StudentT", d.StudentT(c + 2, a, b), T([0.3, 1.2]), None, (c, a, b))
m = torch.tensor([[2.0, 0.3, 0.1], [0.3, 1.0, -0.2], [0.1, -0.2, 0.5]], requires_grad=True)
n = leaf(0.5, -1.0, 2.0)
other = d.MultivariateNormal(T([0.0, 1.0, 1.0]), T([[1.0, 0.1, 0.0], [0.1, 2.0, 0.3], [0.0, 0.3, 1.5]]))
show("MultivariateNormal", d.MultivariateNormal(n, m), T([[0.3, 1.2, 1.0], [0.0, 0.0, 0.0]]), other, (n,))
p = leaf(0.3, 0.9)
show("Bernoulli", d.Bernoulli(p), T([0.0, 1.0]), d.Bernoulli(T(0.5)), (p,))
show("Binomial", d.Binomial(7, p), T([2.0, 7.0]), None, (p,))
show("Geometric", d.Geometric(p), T([2.0, 0.0]), d.Geometric(0.5), (p,))
r = leaf(0.5, 3.0)
show("Poisson", d.Poisson(r), T([2.0, 0.0]), d.Poisson(T(1.0)), (r,))
l = leaf(0.5, 3.0, -1.0)
k = d.Categorical(logits=l)
logs = k.log_prob(T([2, 0]))
parts = logs.tolist() + [k.entropy().item(), d.kl_divergence(k, d.Categorical(T([0.2, 0.2, 0.6]))).item()]
print("Categorical", *(f"{v:.8f}" for v in parts + torch.autograd.grad(logs.sum(), l)[0].tolist()))
w = leaf(0.2, -0.3)
mix = d.MixtureSameFamily(d.Categorical(logits=w), d.Normal(a, b))
show("Mixture", mix, T([0.3, 1.2]), None, (w, a, b))
