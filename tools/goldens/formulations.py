"""The equations, transcribed by hand from the documents, with their corrections and readings.

Each function is one time step: from the parameters `p`, the input `x` and the signals `last` of the
step before to the step's signals, in the order in which the document defines them.
"""

from .arithmetic import sigma, tanh
from .formulation import Formulation


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


def _padhai_lstm(step):
    return Formulation.of(
        step,
        signals={"T,B,H": "o i f s_tilde s h"},
        states="s h",
        parameters={
            "H,I": "U U_o U_i U_f",
            "H,H": "W W_o W_i W_f",
            "H": "b b_o b_i b_f",
        },
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
}
