"""Measures a peer: its name as the argument, the request on stdin. Runs in the virtual environment."""

import json
import sys
import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace


def timed(repeats, body):
    body()
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        body()
        seconds.append(time.perf_counter() - start)
    return seconds


def torch_answer(request):
    import torch

    torch.set_num_threads(request.threads)
    torch.manual_seed(8)
    dtype = getattr(torch, request.precision)
    if request.measurement == "yardsticks":
        return yardsticks(torch, dtype, request)
    layer = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[request.cell]
    module = layer(request.inputs, request.hidden).to(dtype)
    state = [torch.rand(1, request.batch, request.hidden, dtype=dtype, requires_grad=True)
             for _ in range(2 if request.cell == "lstm" else 1)]
    x = torch.rand(request.steps, request.batch, request.inputs, dtype=dtype, requires_grad=True)
    if request.measurement == "jacobian":
        return gradcheck(torch, module, x, state, request)

    cotangent = torch.rand(request.steps, request.batch, request.hidden, dtype=dtype)
    final = [torch.rand_like(one) for one in state]

    def passes():
        output, last = module(x, tuple(state) if len(state) == 2 else state[0])
        last = list(last) if len(state) == 2 else [last]
        torch.autograd.grad([output, *last], [x, *state, *module.parameters()], [cotangent, *final])

    return {"seconds": timed(request.repeats, passes)}


def gradcheck(torch, module, x, state, request):
    """The slow mode: every output by every scalar, two evaluations each."""
    names = [name for name, _ in module.named_parameters()]
    parameters = [one.detach().clone().requires_grad_() for one in module.parameters()]

    def function(x, *rest):
        state, parameters = rest[: len(rest) - len(names)], rest[len(rest) - len(names):]
        output, last = torch.func.functional_call(
            module, dict(zip(names, parameters)), (x, tuple(state) if len(state) == 2 else state[0]))
        return (output, last[1]) if len(state) == 2 else output

    seconds = []
    for _ in range(request.repeats):
        start = time.perf_counter()
        assert torch.autograd.gradcheck(function, (x, *state, *parameters), fast_mode=False)
        seconds.append(time.perf_counter() - start)
    scalars = sum(one.numel() for one in (x, *state, *parameters))
    return {"seconds": seconds, "figures": {"evaluations": 2 * scalars}}


def yardsticks(torch, dtype, request):
    matrix = torch.rand(1024, 1024, dtype=dtype)
    result = torch.empty_like(matrix)
    product = timed(request.repeats, lambda: torch.mm(matrix, matrix, out=result))
    numbers = torch.rand(4096, dtype=dtype)
    target = torch.empty_like(numbers)
    tanh = timed(1000, lambda: torch.tanh(numbers, out=target))
    return {"seconds": product,
            "figures": {"product": 2 * 1024**3 / min(product), "tanh": min(tanh) / 4096}}


def jax_answer(request):
    import jax

    jax.config.update("jax_enable_x64", True)
    from jax import numpy as jnp

    dtype = jnp.dtype(request.precision)
    keys = iter(jax.random.split(jax.random.key(8), 20))
    inputs, hidden, steps, batch = request.inputs, request.hidden, request.steps, request.batch

    def numbers(*shape, scale=1.0):
        return jax.random.uniform(next(keys), shape, dtype, -scale, scale)

    scale = hidden**-0.5
    gates = 4 if request.cell == "lstm" else 3
    parameters = (numbers(inputs, gates * hidden, scale=scale), numbers(hidden, gates * hidden, scale=scale),
                  numbers(gates * hidden, scale=scale))
    x, cotangent = numbers(steps, batch, inputs), numbers(steps, batch, hidden)
    state = numbers(batch, hidden), numbers(batch, hidden)

    def lstm(recurrent, carry, projection):
        h, c = carry
        i, f, o, g = jnp.split(projection + h @ recurrent, 4, axis=1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        h = jax.nn.sigmoid(o) * jnp.tanh(c)
        return (h, c), h

    def gru(recurrent, carry, projection):
        h, unused = carry
        z, r, n = jnp.split(projection, 3, axis=1)
        zh, rh, nh = jnp.split(h @ recurrent, 3, axis=1)
        z, r = jax.nn.sigmoid(z + zh), jax.nn.sigmoid(r + rh)
        h = (1 - z) * h + z * jnp.tanh(r * nh + n)
        return (h, unused), h

    step = lstm if request.cell == "lstm" else gru

    def loss(parameters, x, state):
        matrix, recurrent, bias = parameters
        last, output = jax.lax.scan(lambda c, p: step(recurrent, c, p), state, x @ matrix + bias)
        return jnp.vdot(output, cotangent) + sum(jnp.sum(one) for one in last)

    gradient = jax.jit(jax.value_and_grad(loss, argnums=(0, 1, 2)))
    return {"seconds": timed(request.repeats,
                             lambda: jax.block_until_ready(gradient(parameters, x, state)))}


def mpmath_answer(peer, request):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from benchmarks import mpmath_differences, mpmath_goldens

    if peer == "mpmath.diff":
        return mpmath_differences.answer(request)
    return mpmath_goldens.answer(peer, request)


if __name__ == "__main__":
    asked = SimpleNamespace(**json.load(sys.stdin))
    answers = {"torch": torch_answer, "jax": jax_answer,
               **{peer: partial(mpmath_answer, peer) for peer in ("mpmath", "mpmath intervals", "mpmath.diff")}}
    json.dump(answers[sys.argv[1]](asked), sys.stdout)
