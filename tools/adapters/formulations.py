"""How the documents' parameters map onto the blocks of a framework's layer.

A block is (input matrix, recurrent matrix, input bias, recurrent bias). An LSTM's blocks are i f g o, a
GRU's r z n with h' = (1 - z) n + z h as PyTorch has it (documents with z the other way round get the
negated block: sigma(-a) = 1 - sigma(a)), an RNN's is h. `xp` is the array module: numpy, torch, jax.numpy.
"""

from dataclasses import dataclass
from typing import Callable


@dataclass
class Formulation:
    states: list  # the states, the layer's output first
    blocks: Callable  # (parameters, xp) -> {block: (W_x, W_h, b_x, b_h)}
    output: tuple = None  # the name of an output on top, and (h, parameters, softmax) -> its values


def block(w_x, w_h, b=None, *, xp):
    zero = xp.zeros_like(w_h[:, 0])
    return w_x, w_h, zero if b is None else b, zero


def donahue_lstm(p, xp):
    return {gate: block(p[f"W_x{n}"], p[f"W_h{n}"], p[f"b_{n}"], xp=xp)
            for gate, n in zip("ifgo", "ifco")}


def knight_lstm(p, xp):
    (name, w), = p.items()  # one matrix over [h; x], rows i f o g
    H = w.shape[0] // 4
    return {gate: block(w[k * H:(k + 1) * H, H:], w[k * H:(k + 1) * H, :H], xp=xp)
            for k, gate in enumerate("ifog")}


def cs224d_lstm(p, xp):
    gates = {n: block(p[f"U_{n}"], p[f"W_{n}"], p[f"b_{n}"], xp=xp) for n in "ifo"}
    return gates | {"g": block(p["W_x"], p["W"], xp=xp)}


def cs224d_gru(p, xp):
    return {"r": block(p["U_r"], p["W_r"], p["b_r"], xp=xp),
            "z": block(-p["U_z"], -p["W_z"], -p["b_z"], xp=xp), "n": block(p["W_x"], p["W"], xp=xp)}


def rnn(w_x, w_h):
    return lambda p, xp: {"h": block(p[w_x], p[w_h], xp=xp)}


LSTM = {
    "donahue-lstm": Formulation(["h", "c"], donahue_lstm),
    "knight-lstm": Formulation(["h", "c"], knight_lstm),
    "cs224d-lstm": Formulation(["h", "C"], cs224d_lstm),
}
GRU = {
    "cs224d-gru": Formulation(["h"], cs224d_gru),
    "cs224d-gru/reset-before": Formulation(["h"], cs224d_gru),
}
RNN = {
    "elman-tanh": Formulation(
        ["s"], rnn("U", "W"), ("o", lambda h, p, softmax: softmax(h @ p["V"].T))),
    "knight-rnn": Formulation(
        ["h"], rnn("W_xh", "W_hh"), ("y", lambda h, p, softmax: h @ p["W_hy"].T)),
}
