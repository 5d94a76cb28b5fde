"""The equations of the frameworks' cells, transcribed by hand from their public documentation.

As in `formulations`, each function is one time step. Where a framework's documentation multiplies row
vectors from the left, its transposes are left out here.
"""

from .arithmetic import sigma, tanh
from .formulation import Formulation


def pytorch_lstm(p, x, last):
    """torch.nn.LSTM; the gates' labels come after that of what the matrix is applied to."""
    h, c = last["h"], last["c"]
    i = sigma(p.W_ii @ x + p.b_ii + p.W_hi @ h + p.b_hi)
    f = sigma(p.W_if @ x + p.b_if + p.W_hf @ h + p.b_hf)
    g = tanh(p.W_ig @ x + p.b_ig + p.W_hg @ h + p.b_hg)
    o = sigma(p.W_io @ x + p.b_io + p.W_ho @ h + p.b_ho)
    c = f * c + i * g
    h = o * tanh(c)
    return {"i": i, "f": f, "g": g, "o": o, "c": c, "h": h}


def pytorch_gru(p, x, last):
    """torch.nn.GRU; the reset gate multiplies the recurrent bias too."""
    h = last["h"]
    r = sigma(p.W_ir @ x + p.b_ir + p.W_hr @ h + p.b_hr)
    z = sigma(p.W_iz @ x + p.b_iz + p.W_hz @ h + p.b_hz)
    n = tanh(p.W_in @ x + p.b_in + r * (p.W_hn @ h + p.b_hn))
    h = (1 - z) * n + z * h
    return {"r": r, "z": z, "n": n, "h": h}


def onnx_lstm(p, x, last):
    """The operator LSTM with its default activations; the output gate looks at the new C."""
    H, C = last["H"], last["C"]
    i = sigma(p.W_i @ x + p.R_i @ H + p.P_i * C + p.W_bi + p.R_bi)
    f = sigma(p.W_f @ x + p.R_f @ H + p.P_f * C + p.W_bf + p.R_bf)
    c = tanh(p.W_c @ x + p.R_c @ H + p.W_bc + p.R_bc)
    C = f * C + i * c
    o = sigma(p.W_o @ x + p.R_o @ H + p.P_o * C + p.W_bo + p.R_bo)
    H = o * tanh(C)
    return {"i": i, "f": f, "c": c, "C": C, "o": o, "H": H}


def onnx_gru(p, x, last):
    """The operator GRU with linear_before_reset = 0."""
    H = last["H"]
    z = sigma(p.W_z @ x + p.R_z @ H + p.W_bz + p.R_bz)
    r = sigma(p.W_r @ x + p.R_r @ H + p.W_br + p.R_br)
    h = tanh(p.W_h @ x + p.R_h @ (r * H) + p.R_bh + p.W_bh)
    H = (1 - z) * h + z * H
    return {"z": z, "r": r, "h": h, "H": H}


def onnx_gru_linear_before_reset(p, x, last):
    """The operator GRU with linear_before_reset = 1."""
    H = last["H"]
    z = sigma(p.W_z @ x + p.R_z @ H + p.W_bz + p.R_bz)
    r = sigma(p.W_r @ x + p.R_r @ H + p.W_br + p.R_br)
    h = tanh(p.W_h @ x + r * (p.R_h @ H + p.R_bh) + p.W_bh)
    H = (1 - z) * h + z * H
    return {"z": z, "r": r, "h": h, "H": H}


def keras_gru(p, x, last):
    """GRU with reset_after=True: b is the bias of the kernel, d that of the recurrent kernel."""
    h = last["h"]
    z = sigma(p.W_z @ x + p.b_z + p.U_z @ h + p.d_z)
    r = sigma(p.W_r @ x + p.b_r + p.U_r @ h + p.d_r)
    h_tilde = tanh(p.W_h @ x + p.b_h + r * (p.U_h @ h + p.d_h))
    h = z * h + (1 - z) * h_tilde
    return {"z": z, "r": r, "h_tilde": h_tilde, "h": h}


def keras_gru_reset_before(p, x, last):
    """GRU with reset_after=False."""
    h = last["h"]
    z = sigma(p.W_z @ x + p.b_z + p.U_z @ h)
    r = sigma(p.W_r @ x + p.b_r + p.U_r @ h)
    h_tilde = tanh(p.W_h @ x + p.b_h + p.U_h @ (r * h))
    h = z * h + (1 - z) * h_tilde
    return {"z": z, "r": r, "h_tilde": h_tilde, "h": h}


def _onnx_gru(step):
    return Formulation.of(
        step,
        signals={"T,B,H": "z r h H"},
        states="H",
        parameters={
            "H,I": "W_z W_r W_h",
            "H,H": "R_z R_r R_h",
            "H": "W_bz W_br W_bh R_bz R_br R_bh",
        },
    )


def _keras_gru(step, biases):
    return Formulation.of(
        step,
        signals={"T,B,H": "z r h_tilde h"},
        states="h",
        parameters={"H,I": "W_z W_r W_h", "H,H": "U_z U_r U_h", "H": biases},
    )


FRAMEWORKS = {
    "pytorch-lstm": Formulation.of(
        pytorch_lstm,
        signals={"T,B,H": "i f g o c h"},
        states="c h",
        parameters={
            "H,I": "W_ii W_if W_ig W_io",
            "H,H": "W_hi W_hf W_hg W_ho",
            "H": "b_ii b_if b_ig b_io b_hi b_hf b_hg b_ho",
        },
    ),
    "pytorch-gru": Formulation.of(
        pytorch_gru,
        signals={"T,B,H": "r z n h"},
        states="h",
        parameters={
            "H,I": "W_ir W_iz W_in",
            "H,H": "W_hr W_hz W_hn",
            "H": "b_ir b_iz b_in b_hr b_hz b_hn",
        },
    ),
    "onnx-lstm": Formulation.of(
        onnx_lstm,
        signals={"T,B,H": "i f c C o H"},
        states="C H",
        parameters={
            "H,I": "W_i W_f W_c W_o",
            "H,H": "R_i R_f R_c R_o",
            "H": "P_i P_f P_o W_bi W_bf W_bc W_bo R_bi R_bf R_bc R_bo",
        },
    ),
    "onnx-gru": _onnx_gru(onnx_gru),
    "onnx-gru/linear-before-reset": _onnx_gru(onnx_gru_linear_before_reset),
    "keras-gru": _keras_gru(keras_gru, "b_z b_r b_h d_z d_r d_h"),
    "keras-gru/reset-before": _keras_gru(keras_gru_reset_before, "b_z b_r b_h"),
}
