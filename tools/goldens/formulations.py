"""The equations, transcribed by hand from the documents, with their corrections and readings.

Each function is one time step: from the parameters `p`, the input `x` and the signals `last` of the
step before to the step's signals, in the order in which the document defines them. What a document
computes once, after the last step, has a function of its own, from the states at the end.
"""

from .arithmetic import relu, sigma, softmax, stacked, tanh
from .composition import above, bidirectional, deep, deep_bidirectional
from .formulation import Formulation
from .frameworks import FRAMEWORKS


def donahue_rnn(p, x, last):
    """The post of 2015-03-11; the output is σ too."""
    h = sigma(p.W_xh @ x + p.W_hh @ last["h"] + p.b_h)
    y = sigma(p.W_hy @ h + p.b_y)
    return {"h": h, "y": y}


def knight_rnn(p, x, last):
    """Printed as a figure; read from the lecture that it cites. No bias, a linear output."""
    h = tanh(p.W_hh @ last["h"] + p.W_xh @ x)
    y = p.W_hy @ h
    return {"h": h, "y": y}


def knight_rnn_one_to_many(p, x, last):
    """One to many: an input at the first step alone, and an output at every step."""
    pre = p.W_hh @ last["h"]
    h = tanh(pre if last.has_steps else pre + p.W_xh @ x)
    y = p.W_hy @ h
    return {"h": h, "y": y}


def elman_tanh(p, x, last):
    """The tutorial of 2016-05-18, with the first of the functions that it names for f."""
    s = tanh(p.U @ x + p.W @ last["s"])
    o = softmax(p.V @ s)
    return {"s": s, "o": o}


def elman_tanh_state(p, x, last):
    """Its state alone, of which the tutorial's extensions have several below one output."""
    s = tanh(p.U @ x + p.W @ last["s"])
    return {"s": s}


def elman_output(p, s, last):
    """Their output, from the states of the highest layer."""
    o = softmax(p.V @ s)
    return {"o": o}


def elman_relu(p, x, last):
    """The second one."""
    s = relu(p.U @ x + p.W @ last["s"])
    o = softmax(p.V @ s)
    return {"s": s, "o": o}


def cs224d_rnn(p, x, last):
    """The state is what f is applied to; f is read as tanh, and y_hat as linear, as printed."""
    h = p.W @ tanh(last["h"]) + p.W_hs @ x
    y_hat = p.W_S @ tanh(h)
    return {"h": h, "y_hat": y_hat}


def cs224d_rnn_softmax(p, x, last):
    """W_S is called the softmax parameter: the softmax that the print leaves out."""
    h = p.W @ tanh(last["h"]) + p.W_hs @ x
    y_hat = softmax(p.W_S @ tanh(h))
    return {"h": h, "y_hat": y_hat}


def leaky_rnn(p, x, last):
    """The leaky unit, element by element, with the right side of cs224d_rnn as its F."""
    h = last["h"]
    h = p.alpha * h + (1 - p.alpha) * (p.W @ tanh(h) + p.W_hs @ x)
    return {"h": h}


def skip_rnn(p, x, last):
    """cs224d_rnn and a connection from three steps ago."""
    h = p.W @ tanh(last["h"]) + p.W_d @ tanh(last.ago(3)["h"]) + p.W_hs @ x
    return {"h": h}


def delayed_rnn(p, x, last):
    """cs224d_rnn with the connection of length one replaced by one of length three."""
    h = p.W @ tanh(last.ago(3)["h"]) + p.W_hs @ x
    return {"h": h}


def padhai_rnn(p, x, last):
    """Sequence labelling: an output at every step; O is read as softmax, the index i as t."""
    s = sigma(p.U @ x + p.W @ last["s"] + p.b)
    y_hat = softmax(p.V @ s + p.c)
    return {"s": s, "y_hat": y_hat}


def padhai_rnn_logistic_output(p, x, last):
    """The same with O read as σ."""
    s = sigma(p.U @ x + p.W @ last["s"] + p.b)
    y_hat = sigma(p.V @ s + p.c)
    return {"s": s, "y_hat": y_hat}


def padhai_rnn_identity_output(p, x, last):
    """The same with O read as the identity."""
    s = sigma(p.U @ x + p.W @ last["s"] + p.b)
    y_hat = p.V @ s + p.c
    return {"s": s, "y_hat": y_hat}


def padhai_rnn_classification(p, x, last):
    """Sequence classification: the states, which are those of labelling."""
    s = sigma(p.U @ x + p.W @ last["s"] + p.b)
    return {"s": s}


def padhai_rnn_class(p, final):
    """Its output, from s_T alone."""
    y_hat = softmax(p.V @ final["s"] + p.c)
    return {"y_hat": y_hat}


def padhai_rnn_logistic_class(p, final):
    """The same with O read as σ."""
    y_hat = sigma(p.V @ final["s"] + p.c)
    return {"y_hat": y_hat}


def knight_lstm(p, x, last):
    """The lecture's one W over (h; x), whose blocks of rows are i, f, o and g. No bias."""
    i, f, o, g = (p.W @ stacked(last["h"], x)).blocks(4)
    i, f, o, g = sigma(i), sigma(f), sigma(o), tanh(g)
    c = f * last["c"] + i * g
    h = o * tanh(c)
    return {"i": i, "f": f, "o": o, "g": g, "c": c, "h": h}


def cs224d_lstm(p, x, last):
    """W_[x] is W_x here; the candidate has no bias; vectors side by side are ⊙."""
    h, C = last["h"], last["C"]
    C_tilde = tanh(p.W @ h + p.W_x @ x)
    f = sigma(p.W_f @ h + p.U_f @ x + p.b_f)
    i = sigma(p.W_i @ h + p.U_i @ x + p.b_i)
    o = sigma(p.W_o @ h + p.U_o @ x + p.b_o)
    C = f * C + i * C_tilde
    h = o * tanh(C)
    return {"C": C, "C_tilde": C_tilde, "f": f, "i": i, "h": h, "o": o}


def donahue_lstm(p, x, last):
    """The post of 2015-03-11; W_{wi}, a misprint, is read as W_{xi}; φ is tanh."""
    h, c = last["h"], last["c"]
    i = sigma(p.W_xi @ x + p.W_hi @ h + p.b_i)
    f = sigma(p.W_xf @ x + p.W_hf @ h + p.b_f)
    o = sigma(p.W_xo @ x + p.W_ho @ h + p.b_o)
    g = tanh(p.W_xc @ x + p.W_hc @ h + p.b_c)
    c = f * c + i * g
    h = o * tanh(c)
    return {"i": i, "f": f, "o": o, "g": g, "c": c, "h": h}


def padhai_lstm(p, x, last):
    """Candidate read as σ(W h + U x + b); of the two prints of h_t the later, o ⊙ σ(s)."""
    h, s = last["h"], last["s"]
    o = sigma(p.U_o @ x + p.W_o @ h + p.b_o)
    s_tilde = sigma(p.W @ h + p.U @ x + p.b)
    i = sigma(p.U_i @ x + p.W_i @ h + p.b_i)
    f = sigma(p.U_f @ x + p.W_f @ h + p.b_f)
    s = s_tilde * i + s * f
    h = o * sigma(s)
    return {"o": o, "s_tilde": s_tilde, "i": i, "f": f, "s": s, "h": h}


def padhai_lstm_softmax_output(p, x, last):
    """With the final output ŷ = O(V h + c) at every step, O read as softmax."""
    now = padhai_lstm(p, x, last)
    return now | {"y_hat": softmax(p.V @ now["h"] + p.c)}


def padhai_lstm_logistic_output(p, x, last):
    """O read as σ."""
    now = padhai_lstm(p, x, last)
    return now | {"y_hat": sigma(p.V @ now["h"] + p.c)}


def padhai_lstm_identity_output(p, x, last):
    """O read as the identity."""
    now = padhai_lstm(p, x, last)
    return now | {"y_hat": p.V @ now["h"] + p.c}


def padhai_lstm_linear_write(p, x, last):
    """The earlier print of h_t: s ⊙ o."""
    h, s = last["h"], last["s"]
    o = sigma(p.U_o @ x + p.W_o @ h + p.b_o)
    s_tilde = sigma(p.W @ h + p.U @ x + p.b)
    i = sigma(p.U_i @ x + p.W_i @ h + p.b_i)
    f = sigma(p.U_f @ x + p.W_f @ h + p.b_f)
    s = s_tilde * i + s * f
    h = s * o
    return {"o": o, "s_tilde": s_tilde, "i": i, "f": f, "s": s, "h": h}


def padhai_lstm_printed_candidate(p, x, last):
    """The candidate's parentheses where they are printed: W (h + U x + b)."""
    h, s = last["h"], last["s"]
    o = sigma(p.U_o @ x + p.W_o @ h + p.b_o)
    s_tilde = sigma(p.W @ (h + p.U @ x + p.b))
    i = sigma(p.U_i @ x + p.W_i @ h + p.b_i)
    f = sigma(p.U_f @ x + p.W_f @ h + p.b_f)
    s = s_tilde * i + s * f
    h = o * sigma(s)
    return {"o": o, "s_tilde": s_tilde, "i": i, "f": f, "s": s, "h": h}


def cs224d_gru(p, x, last):
    """u_r, a misprint, is read as U_r; W_[x] is W_x here; the candidate has no bias."""
    h = last["h"]
    z = sigma(p.W_z @ h + p.U_z @ x + p.b_z)
    r = sigma(p.W_r @ h + p.U_r @ x + p.b_r)
    h_tilde = tanh(r * (p.W @ h) + p.W_x @ x)
    h = (1 - z) * h + z * h_tilde
    return {"z": z, "r": r, "h_tilde": h_tilde, "h": h}


def cs224d_gru_reset_before(p, x, last):
    """The reading of the paper that the notes cite: the reset gate acts before W."""
    h = last["h"]
    z = sigma(p.W_z @ h + p.U_z @ x + p.b_z)
    r = sigma(p.W_r @ h + p.U_r @ x + p.b_r)
    h_tilde = tanh(p.W @ (r * h) + p.W_x @ x)
    h = (1 - z) * h + z * h_tilde
    return {"z": z, "r": r, "h_tilde": h_tilde, "h": h}


def padhai_gru(p, x, last):
    """All activations are σ, the candidate's too."""
    s = last["s"]
    o = sigma(p.U_o @ x + p.W_o @ s + p.b_o)
    i = sigma(p.U_i @ x + p.W_i @ s + p.b_i)
    s_tilde = sigma(p.W @ (o * s) + p.U @ x + p.b)
    s = (1 - i) * s + i * s_tilde
    return {"o": o, "i": i, "s_tilde": s_tilde, "s": s}


def _elman(step):
    return Formulation.of(
        step,
        signals={"T,B,H": "s", "T,B,O": "o"},
        states="s",
        parameters={"H,I": "U", "H,H": "W", "O,H": "V"},
    )


ELMAN_TANH_STATE = Formulation.of(
    elman_tanh_state,
    signals={"T,B,H": "s"},
    states="s",
    parameters={"H,I": "U", "H,H": "W"},
)

# What it reads in place of an input are the states below it.
ELMAN_OUTPUT = Formulation.of(
    elman_output,
    signals={"T,B,O": "o"},
    states="",
    parameters={"O,I": "V"},
)


def _knight_rnn(step):
    return Formulation.of(
        step,
        signals={"T,B,H": "h", "T,B,O": "y"},
        states="h",
        parameters={"H,I": "W_xh", "H,H": "W_hh", "O,H": "W_hy"},
    )


def _cs224d_rnn(step):
    return Formulation.of(
        step,
        signals={"T,B,H": "h", "T,B,O": "y_hat"},
        states="h",
        parameters={"H,I": "W_hs", "H,H": "W", "O,H": "W_S"},
    )


def _padhai_rnn(step, axes_of_output, at_end=None):
    return Formulation.of(
        step,
        signals={"T,B,H": "s", axes_of_output: "y_hat"},
        states="s",
        parameters={"H,I": "U", "H,H": "W", "H": "b", "O,H": "V", "O": "c"},
        at_end=at_end,
    )


PADHAI_LSTM = {
    "H,I": "U U_o U_i U_f",
    "H,H": "W W_o W_i W_f",
    "H": "b b_o b_i b_f",
}


def _padhai_lstm(step):
    return Formulation.of(
        step,
        signals={"T,B,H": "o i f s_tilde s h"},
        states="s h",
        parameters=PADHAI_LSTM,
    )


def _padhai_lstm_output(step):
    return Formulation.of(
        step,
        signals={"T,B,H": "o i f s_tilde s h", "T,B,O": "y_hat"},
        states="s h",
        parameters=PADHAI_LSTM | {"O,H": "V", "O": "c"},
    )


def _cs224d_gru(step):
    return Formulation.of(
        step,
        signals={"T,B,H": "z r h_tilde h"},
        states="h",
        parameters={
            "H,I": "U_z U_r W_x",
            "H,H": "W_z W_r W",
            "H": "b_z b_r",
        },
    )


FORMULATIONS = {
    "donahue-rnn": Formulation.of(
        donahue_rnn,
        signals={"T,B,H": "h", "T,B,O": "y"},
        states="h",
        parameters={"H,I": "W_xh", "H,H": "W_hh", "H": "b_h", "O,H": "W_hy", "O": "b_y"},
    ),
    "knight-rnn": _knight_rnn(knight_rnn),
    "knight-rnn/one-to-many": _knight_rnn(knight_rnn_one_to_many),
    "elman-tanh": _elman(elman_tanh),
    "elman-tanh/bidirectional": above(
        bidirectional(ELMAN_TANH_STATE), ["s_forward", "s_backward"], ELMAN_OUTPUT
    ),
    "elman-tanh/deep": above(deep(ELMAN_TANH_STATE, "s", 2), ["s_2"], ELMAN_OUTPUT),
    "elman-tanh/deep-bidirectional": above(
        deep_bidirectional(ELMAN_TANH_STATE, "s", 2), ["s_2_forward", "s_2_backward"], ELMAN_OUTPUT
    ),
    "elman-relu": _elman(elman_relu),
    "cs224d-rnn": _cs224d_rnn(cs224d_rnn),
    "cs224d-rnn/softmax": _cs224d_rnn(cs224d_rnn_softmax),
    "leaky-rnn": Formulation.of(
        leaky_rnn,
        signals={"T,B,H": "h"},
        states="h",
        parameters={"H,I": "W_hs", "H,H": "W", "H": "alpha"},
    ),
    # α is given once and for all; forward it is as the learned one.
    "leaky-rnn/fixed": Formulation.of(
        leaky_rnn,
        signals={"T,B,H": "h"},
        states="h",
        parameters={"H,I": "W_hs", "H,H": "W", "H": "alpha"},
    ),
    "skip-rnn": Formulation.of(
        skip_rnn,
        signals={"T,B,H": "h"},
        states="h",
        parameters={"H,I": "W_hs", "H,H": "W W_d"},
    ),
    "delayed-rnn": Formulation.of(
        delayed_rnn,
        signals={"T,B,H": "h"},
        states="h",
        parameters={"H,I": "W_hs", "H,H": "W"},
    ),
    "padhai-rnn": _padhai_rnn(padhai_rnn, "T,B,O"),
    "padhai-rnn/classification": _padhai_rnn(
        padhai_rnn_classification, "1,B,O", at_end=padhai_rnn_class
    ),
    "padhai-rnn/logistic-output": _padhai_rnn(padhai_rnn_logistic_output, "T,B,O"),
    "padhai-rnn/identity-output": _padhai_rnn(padhai_rnn_identity_output, "T,B,O"),
    "padhai-rnn/classification-logistic": _padhai_rnn(
        padhai_rnn_classification, "1,B,O", at_end=padhai_rnn_logistic_class
    ),
    "knight-lstm": Formulation.of(
        knight_lstm,
        signals={"T,B,H": "i f o g c h"},
        states="c h",
        parameters={"4H,H+I": "W"},
    ),
    "cs224d-lstm": Formulation.of(
        cs224d_lstm,
        signals={"T,B,H": "C C_tilde f i h o"},
        states="C h",
        parameters={
            "H,I": "W_x U_f U_i U_o",
            "H,H": "W W_f W_i W_o",
            "H": "b_f b_i b_o",
        },
    ),
    "donahue-lstm": Formulation.of(
        donahue_lstm,
        signals={"T,B,H": "i f o g c h"},
        states="c h",
        parameters={
            "H,I": "W_xi W_xf W_xo W_xc",
            "H,H": "W_hi W_hf W_ho W_hc",
            "H": "b_i b_f b_o b_c",
        },
    ),
    "padhai-lstm": _padhai_lstm(padhai_lstm),
    "padhai-lstm/softmax-output": _padhai_lstm_output(padhai_lstm_softmax_output),
    "padhai-lstm/logistic-output": _padhai_lstm_output(padhai_lstm_logistic_output),
    "padhai-lstm/identity-output": _padhai_lstm_output(padhai_lstm_identity_output),
    "padhai-lstm/linear-write": _padhai_lstm(padhai_lstm_linear_write),
    "padhai-lstm/printed-candidate": _padhai_lstm(padhai_lstm_printed_candidate),
    "cs224d-gru": _cs224d_gru(cs224d_gru),
    "cs224d-gru/reset-before": _cs224d_gru(cs224d_gru_reset_before),
    "padhai-gru": Formulation.of(
        padhai_gru,
        signals={"T,B,H": "o i s_tilde s"},
        states="s",
        parameters={
            "H,I": "U U_o U_i",
            "H,H": "W W_o W_i",
            "H": "b b_o b_i",
        },
    ),
    **FRAMEWORKS,
}

# The other documents' cells composed in the tutorial's ways: a layer reads the h below it.
FORMULATIONS |= {
    f"{identifier}+{way}": network
    for identifier in ("donahue-lstm", "cs224d-gru")
    for way, network in (
        ("bidirectional", bidirectional(FORMULATIONS[identifier])),
        ("deep-2", deep(FORMULATIONS[identifier], "h", 2)),
        ("deep-bidirectional-2", deep_bidirectional(FORMULATIONS[identifier], "h", 2)),
    )
}
