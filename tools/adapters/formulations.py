"""How the parameters of formulations map onto the blocks of a framework's layer.

A block is (input matrix, recurrent matrix, input bias, recurrent bias). An LSTM's blocks are i f g o, a
GRU's r z n with h' = (1 - z) n + z h (documents with z the other way round get the negated block:
sigma(-a) = 1 - sigma(a)), an RNN's is h. `xp` is the array module: numpy, torch, jax.numpy.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from exchange import NotOffered


@dataclass(frozen=True)
class Output:
    """function(W h + b) on top of the layer: names of the signal, of W and b, and of the function."""

    signal: str
    matrix: str
    bias: str = None
    function: str = "linear"
    at_end: bool = False  # of the last state alone


@dataclass(eq=False)
class Formulation:
    states: list  # the states, the layer's output first
    blocks: Callable  # (parameters, xp) -> {block: (W_x, W_h, b_x, b_h)}
    output: Output = None
    candidate: str = "tanh"  # the function of the block g, n or h
    write: str = "tanh"  # the function of the memory that an LSTM writes
    peepholes: str = ""  # the names of the vectors on the memory, for i, o and f


def block(w_x, w_h, b_x=None, b_h=None, *, xp):
    zero = xp.zeros_like(w_h[:, 0])
    return w_x, w_h, zero if b_x is None else b_x, zero if b_h is None else b_h


def named(blocks, w_x, w_h, b_x=None, b_h=None):
    """Blocks whose parameters' names are patterns of one label; `blocks` maps blocks to labels."""
    def mapped(p, xp):
        return {key: block(*(p.get(name.format(label)) if name else None
                             for name in (w_x, w_h, b_x, b_h)), xp=xp)
                for key, label in blocks.items()}
    return mapped


def negated(blocks, key):
    """The same blocks with a gate that is one minus the layer's."""
    return lambda p, xp: (b := blocks(p, xp)) | {key: tuple(-part for part in b[key])}


def knight_lstm(p, xp):
    w = p["W"]  # one matrix over [h; x], rows i f o g
    H = w.shape[0] // 4
    return {gate: block(w[k * H:(k + 1) * H, H:], w[k * H:(k + 1) * H, :H], xp=xp)
            for k, gate in enumerate("ifog")}


def unlabelled(blocks, key, w_x, w_h, b_x=None):
    """The same blocks and one whose parameters have names of their own."""
    return lambda p, xp: blocks(p, xp) | {key: block(p[w_x], p[w_h], p.get(b_x), xp=xp)}


IFGO = dict(zip("ifgo", "ifgo"))
IFO = dict(zip("ifo", "ifo"))
ONNX_GRU = named({"r": "r", "z": "z", "n": "h"}, "W_{}", "R_{}", "W_b{}", "R_b{}")
CS224D_GRU = negated(
    unlabelled(named({"r": "r", "z": "z"}, "U_{}", "W_{}", "b_{}"), "n", "W_x", "W"), "z")
PADHAI_LSTM = unlabelled(named(IFO, "U_{}", "W_{}", "b_{}"), "g", "U", "W", "b")
KERAS_GRU = named({"r": "r", "z": "z", "n": "h"}, "W_{}", "U_{}", "b_{}", "d_{}")


def rnn(w_x, w_h, b=None):
    return named({"h": ""}, w_x, w_h, b)


LSTM = {
    "donahue-lstm": Formulation(
        ["h", "c"], named({**IFO, "g": "c"}, "W_x{}", "W_h{}", "b_{}")),
    "knight-lstm": Formulation(["h", "c"], knight_lstm),
    "cs224d-lstm": Formulation(
        ["h", "C"], unlabelled(named(IFO, "U_{}", "W_{}", "b_{}"), "g", "W_x", "W")),
    "padhai-lstm": Formulation(
        ["h", "s"], PADHAI_LSTM, candidate="sigmoid", write="sigmoid"),
    "padhai-lstm/linear-write": Formulation(
        ["h", "s"], PADHAI_LSTM, candidate="sigmoid", write="linear"),
    "pytorch-lstm": Formulation(["h", "c"], named(IFGO, "W_i{}", "W_h{}", "b_i{}", "b_h{}")),
    "onnx-lstm": Formulation(
        ["H", "C"], named({**IFO, "g": "c"}, "W_{}", "R_{}", "W_b{}", "R_b{}"),
        peepholes="P_i P_o P_f"),
}
GRU = {
    "cs224d-gru": Formulation(["h"], CS224D_GRU),
    "cs224d-gru/reset-before": Formulation(["h"], CS224D_GRU),
    "padhai-gru": Formulation(
        ["s"], negated(unlabelled(named({"r": "o", "z": "i"}, "U_{}", "W_{}", "b_{}"),
                                  "n", "U", "W", "b"), "z"), candidate="sigmoid"),
    "pytorch-gru": Formulation(
        ["h"], named(dict(zip("rzn", "rzn")), "W_i{}", "W_h{}", "b_i{}", "b_h{}")),
    "onnx-gru": Formulation(["H"], ONNX_GRU),
    "onnx-gru/linear-before-reset": Formulation(["H"], ONNX_GRU),
    "keras-gru": Formulation(["h"], KERAS_GRU),
    "keras-gru/reset-before": Formulation(["h"], KERAS_GRU),
}
RNN = {
    "elman-tanh": Formulation(["s"], rnn("U", "W"), Output("o", "V", function="softmax")),
    "elman-relu": Formulation(
        ["s"], rnn("U", "W"), Output("o", "V", function="softmax"), candidate="relu"),
    "knight-rnn": Formulation(["h"], rnn("W_xh", "W_hh"), Output("y", "W_hy")),
    "donahue-rnn": Formulation(
        ["h"], rnn("W_xh", "W_hh", "b_h"), Output("y", "W_hy", "b_y", "sigmoid"),
        candidate="sigmoid"),
    "padhai-rnn": Formulation(
        ["s"], rnn("U", "W", "b"), Output("y_hat", "V", "c", "softmax"), candidate="sigmoid"),
    "padhai-rnn/classification": Formulation(
        ["s"], rnn("U", "W", "b"), Output("y_hat", "V", "c", "softmax", at_end=True),
        candidate="sigmoid"),
}
FAMILIES = {"lstm": LSTM, "gru": GRU, "rnn": RNN}


def chosen(*options):
    """The kind of layer that the command line names; the paths come behind the options."""
    kind = sys.argv[1] if len(sys.argv) > 3 else ""
    if kind not in FAMILIES:
        words = " ".join(f"[{option}]" for option in options)
        sys.exit(f"usage: {Path(sys.argv[0]).name} lstm|gru|rnn {words} request.h5 response.h5")
    return kind


def formulation_of(case, kind, layer, *, candidates=(), peepholes=False, writes_as_candidate=False):
    """The formulation that a case is of; not offered where the layer lacks what it needs."""
    found = FAMILIES[kind].get(case.formulation)
    if (found is None or found.peepholes and not peepholes
            or candidates and found.candidate not in candidates
            or writes_as_candidate and kind == "lstm" and found.candidate != found.write):
        raise NotOffered(f"{layer} does not compute {case.formulation}")
    return found


def on_top(formulation, p, h, final, own, *, functions, where):
    """The signal on top of the layer by its name, from h [T,B,H]; empty where there is none."""
    if (output := formulation.output) is None:
        return {}
    below = final[formulation.states[0]][None] if output.at_end else h
    a = below @ p[output.matrix].T + (p[output.bias] if output.bias else 0)
    y = functions[output.function](a)
    return {output.signal: y if output.at_end else where(own, y, 0)}


def flat(found):
    """{"final": {"h": h}} as {"final/h": h}."""
    return {f"{path}/{name}": array for path, arrays in found.items()
            for name, array in arrays.items()}
