"""A first LSTM in NumPy, forward and backward: the template to copy for an implementation of your own.

    tools/rnncheck check donahue-lstm -- python3 tools/adapters/numpy_lstm.py
"""

import numpy as np
from exchange import serve

GATES = {"i": "i", "f": "f", "o": "o", "g": "c"}  # the gate and the label of its parameters


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def answer(case):
    p = case.parameters
    h, c = case.initial["h"], case.initial["c"]
    signals = {s: np.zeros((case.steps, case.batch, case.hidden_size), case.dtype) for s in "ifogch"}
    tape = []
    for t in range(case.steps):
        own = case.own[t][:, None]  # sequences that have a step t
        x = np.where(own, case.x[t], 0)
        a = {s: x @ p[f"W_x{n}"].T + h @ p[f"W_h{n}"].T + p[f"b_{n}"] for s, n in GATES.items()}
        i, f, o, g = sigmoid(a["i"]), sigmoid(a["f"]), sigmoid(a["o"]), np.tanh(a["g"])
        tape.append((own, x, h, c, i, f, o, g))
        c_t = f * c + i * g
        h_t = o * np.tanh(c_t)
        for s, value in zip("ifogch", (i, f, o, g, c_t, h_t)):
            signals[s][t] = np.where(own, value, 0)
        c, h = np.where(own, c_t, c), np.where(own, h_t, h)
    answers = {f"sequence/{s}": value for s, value in signals.items()} | {"final/h": h, "final/c": c}

    gradients = {name: np.zeros_like(value) for name, value in p.items()}
    dx = np.zeros_like(case.x)
    dh, dc = case.upstream_of_final("h"), case.upstream_of_final("c")
    for t in reversed(range(case.steps)):
        own, x, h, c, i, f, o, g = tape[t]
        dh_t, y = np.where(own, dh + case.upstream("h")[t], 0), np.tanh(f * c + i * g)
        dc_t = np.where(own, dc + case.upstream("c")[t], 0) + dh_t * o * (1 - y * y)
        d = {"i": dc_t * g * i * (1 - i), "f": dc_t * c * f * (1 - f),
             "o": dh_t * y * o * (1 - o), "g": dc_t * i * (1 - g * g)}
        for s, n in GATES.items():
            gradients[f"W_x{n}"] += d[s].T @ x
            gradients[f"W_h{n}"] += d[s].T @ h
            gradients[f"b_{n}"] += d[s].sum(0)
        dx[t] = sum(d[s] @ p[f"W_x{n}"] for s, n in GATES.items())
        dh = np.where(own, sum(d[s] @ p[f"W_h{n}"] for s, n in GATES.items()), dh)
        dc = np.where(own, dc_t * f, dc)
    answers |= {f"gradients/parameters/{name}": value for name, value in gradients.items()}
    return answers | {"gradients/inputs/x": dx, "gradients/initial/h": dh, "gradients/initial/c": dc}


serve(answer, name="NumPy LSTM")
