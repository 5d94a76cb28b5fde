"""The operators LSTM, GRU and RNN as trees, from the specification of the ONNX operators.

A tree is a tuple: its kind, then its parts.

    ("sum", a, b, …)            ("product", a, b)          ("one_minus", a)
    ("matrix", M, gate, a)      the rows of a gate of W or R, times a
    ("transposed", M, gate, a)  the same transposed, which only a wrong cell has
    ("vector", v, gate)         the numbers of a gate of Wb, Rb or P
    ("activation", name, a)     ("read", signal, steps back)
    ("negation", a)
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Operator:
    """The equations of an operator in the order in which a step computes them."""

    name: str
    # The gates in the order in which W, R and B stack them.
    gates: str
    # The gates in the order in which P stacks them.
    peepholes: str
    equations: tuple
    states: tuple


def x():
    return ("read", "x", 0)


def gate(activation, name, hidden, *further):
    """f(W x + R h + … + Wb + Rb)"""
    return (
        "activation",
        activation,
        (
            "sum",
            ("matrix", "W", name, x()),
            *hidden,
            *further,
            ("vector", "Wb", name),
            ("vector", "Rb", name),
        ),
    )


def recurrent(name):
    return ("matrix", "R", name, ("read", "h", 1))


def peephole(name, steps_back):
    return ("product", ("vector", "P", name), ("read", "C", steps_back))


def lstm():
    return Operator(
        "LSTM",
        "iofc",
        "iof",
        (
            ("i", gate("sigmoid", "i", [recurrent("i")], peephole("i", 1))),
            ("f", gate("sigmoid", "f", [recurrent("f")], peephole("f", 1))),
            ("c", gate("tanh", "c", [recurrent("c")])),
            (
                "C",
                (
                    "sum",
                    ("product", ("read", "f", 0), ("read", "C", 1)),
                    ("product", ("read", "i", 0), ("read", "c", 0)),
                ),
            ),
            ("o", gate("sigmoid", "o", [recurrent("o")], peephole("o", 0))),
            ("h", ("product", ("read", "o", 0), ("activation", "tanh", ("read", "C", 0)))),
        ),
        ("h", "C"),
    )


def gru(linear_before_reset):
    r = ("read", "r", 0)
    if linear_before_reset:
        product = ("sum", recurrent("h"), ("vector", "Rb", "h"))
        candidate = (
            "sum",
            ("matrix", "W", "h", x()),
            ("product", r, product),
            ("vector", "Wb", "h"),
        )
    else:
        candidate = (
            "sum",
            ("matrix", "W", "h", x()),
            ("matrix", "R", "h", ("product", r, ("read", "h", 1))),
            ("vector", "Rb", "h"),
            ("vector", "Wb", "h"),
        )
    z = ("read", "z", 0)
    return Operator(
        "GRU",
        "zrh",
        "",
        (
            ("z", gate("sigmoid", "z", [recurrent("z")])),
            ("r", gate("sigmoid", "r", [recurrent("r")])),
            ("n", ("activation", "tanh", candidate)),
            (
                "h",
                (
                    "sum",
                    ("product", ("one_minus", z), ("read", "n", 0)),
                    ("product", z, ("read", "h", 1)),
                ),
            ),
        ),
        ("h",),
    )


def rnn():
    return Operator("RNN", "i", "", (("h", gate("tanh", "i", [recurrent("i")])),), ("h",))


def operator(name, attributes):
    """The operator of a node."""
    if name == "LSTM":
        return lstm()
    if name == "GRU":
        return gru(attributes.get("linear_before_reset", 0) != 0)
    return rnn()


OPERATORS = ("LSTM", "GRU", "RNN")
