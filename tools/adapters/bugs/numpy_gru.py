"""The GRU of cs224d-gru in NumPy, forward and backward: right, for the changes of this folder to be made in."""

import numpy as np
from exchange import serve


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def answer(case):
    p, lengths = case.parameters, case.lengths
    if lengths is None:
        lengths = np.full(case.batch, case.steps)
    h = case.initial["h"]
    names = ("z", "r", "h_tilde", "h")
    signals = {s: np.zeros((case.steps, case.batch, case.hidden_size), case.dtype) for s in names}
    tape = []
    for t in range(case.steps):
        own = (t < lengths)[:, None]  # sequences that have a step t
        x = np.where(own, case.x[t], 0)
        z = sigmoid(h @ p["W_z"].T + x @ p["U_z"].T + p["b_z"])
        r = sigmoid(h @ p["W_r"].T + x @ p["U_r"].T + p["b_r"])
        u = h @ p["W"].T
        n = np.tanh(r * u + x @ p["W_x"].T)
        tape.append((own, x, h, z, r, u, n))
        h_t = (1 - z) * h + z * n
        for s, value in zip(names, (z, r, n, h_t)):
            signals[s][t] = np.where(own, value, 0)
        h = np.where(own, h_t, h)
    answers = {f"sequence/{s}": value for s, value in signals.items()} | {"final/h": h}

    gradients = {name: np.zeros_like(value) for name, value in p.items()}
    dx, dh = np.zeros_like(case.x), case.upstream_of_final("h")
    for t in reversed(range(case.steps)):
        own, x, h, z, r, u, n = tape[t]
        dh_t = np.where(own, dh + case.upstream("h")[t], 0)
        dn = dh_t * z * (1 - n * n)
        dz = dh_t * (n - h) * z * (1 - z)
        dr = dn * u * r * (1 - r)
        du = dn * r
        for name, d, operand in (("W_z", dz, h), ("U_z", dz, x), ("W_r", dr, h), ("U_r", dr, x),
                                 ("W", du, h), ("W_x", dn, x)):
            gradients[name] += d.T @ operand
        gradients["b_z"] += dz.sum(0)
        gradients["b_r"] += dr.sum(0)
        dx[t] = dz @ p["U_z"] + dr @ p["U_r"] + dn @ p["W_x"]
        back = dh_t * (1 - z) + dz @ p["W_z"] + dr @ p["W_r"] + du @ p["W"]
        dh = np.where(own, back, dh)
    answers |= {f"gradients/parameters/{name}": value for name, value in gradients.items()}
    return answers | {"gradients/inputs/x": dx, "gradients/initial/h": dh}


serve(answer, name="NumPy GRU")
