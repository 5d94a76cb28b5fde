"""Layers in NumPy with packed weights, each packed otherwise, for `rnncheck identify` to name.

    tools/rnncheck identify -- python3 tools/adapters/numpy_layers.py lstm
    tools/rnncheck identify -- python3 tools/adapters/numpy_layers.py gru
    tools/rnncheck identify -- python3 tools/adapters/numpy_layers.py gru-before
    tools/rnncheck identify -- python3 tools/adapters/numpy_layers.py rnn

To identify a layer of your own, put it in the place of one of these.
"""

import sys

import numpy as np
from exchange import NotOffered, serve


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def lstm(asked):
    """Applied as x W, the gates i f c o in the columns, one bias."""
    kernel = asked.weight("kernel", (asked.input_size, 4 * asked.hidden_size))
    recurrent = asked.weight("recurrent_kernel", (asked.hidden_size, 4 * asked.hidden_size))
    bias = asked.weight("bias", (4 * asked.hidden_size,))
    h, c = asked.states
    outputs = []
    for x in asked.x:
        i, f, g, o = np.split(x @ kernel + h @ recurrent + bias, 4, axis=-1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        outputs.append(h)
    return {"sequence/output": np.array(outputs), "final/0": h, "final/1": c}


def gru(asked):
    """Applied as W x, the gates r z n in the rows, two biases; h = (1 - z) n + z h."""
    W = asked.weight("weight_ih", (3 * asked.hidden_size, asked.input_size))
    U = asked.weight("weight_hh", (3 * asked.hidden_size, asked.hidden_size))
    b = asked.weight("bias_ih", (3 * asked.hidden_size,))
    d = asked.weight("bias_hh", (3 * asked.hidden_size,))
    h = asked.states[0]
    outputs = []
    for x in asked.x:
        (r, z, n), (hr, hz, hn) = np.split(x @ W.T + b, 3, -1), np.split(h @ U.T + d, 3, -1)
        r, z = sigmoid(r + hr), sigmoid(z + hz)
        h = (1 - z) * np.tanh(n + r * hn) + z * h
        outputs.append(h)
    return {"sequence/output": np.array(outputs), "final/0": h}


def gru_before(asked):
    """One matrix on [x; h], the gates z r n in the rows, one bias; reset before the product."""
    W = asked.weight("W", (3 * asked.hidden_size, asked.input_size + asked.hidden_size))
    b = asked.weight("b", (3 * asked.hidden_size,))
    (Wz, Wr, Wn), (bz, br, bn) = np.split(W, 3), np.split(b, 3)
    h = asked.states[0]
    outputs = []
    for x in asked.x:
        both = np.concatenate([x, h], -1)
        z, r = sigmoid(both @ Wz.T + bz), sigmoid(both @ Wr.T + br)
        n = np.tanh(np.concatenate([x, r * h], -1) @ Wn.T + bn)
        h = (1 - z) * h + z * n
        outputs.append(h)
    return {"sequence/output": np.array(outputs), "final/0": h}


def rnn(asked):
    """Applied as W x, one bias."""
    W = asked.weight("W", (asked.hidden_size, asked.input_size))
    U = asked.weight("U", (asked.hidden_size, asked.hidden_size))
    b = asked.weight("b", (asked.hidden_size,))
    h = asked.states[0]
    outputs = []
    for x in asked.x:
        h = np.tanh(x @ W.T + h @ U.T + b)
        outputs.append(h)
    return {"sequence/output": np.array(outputs), "final/0": h}


LAYERS = {"lstm": lstm, "gru": gru, "gru-before": gru_before, "rnn": rnn}


def answer(case):
    raise NotOffered("these layers are for 'rnncheck identify'; see numpy_lstm.py")


if len(sys.argv) != 4 or sys.argv[1] not in LAYERS:
    sys.exit(__doc__)
serve(answer, layer=LAYERS[sys.argv[1]], name=f"NumPy {sys.argv[1]}")
