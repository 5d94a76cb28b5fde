"""Bugs of the kinds that happen in public, each made by one change of a right implementation."""

from dataclasses import dataclass


@dataclass
class Bug:
    name: str
    bug_class: str  # what the verdict must name
    thread: str  # a public report of it; empty where this very bug has none
    changes: dict  # what stands in the template, once, and what the bug makes of it
    formulation: str = "donahue-lstm"

    @property
    def template(self):
        return "numpy_lstm.py" if self.formulation == "donahue-lstm" else "bugs/numpy_gru.py"


INITIAL = 'h, c = case.initial["h"], case.initial["c"]'
OWN = "[:, None]  # sequences that have a step t"
INPUT = "x = np.where(own, case.x[t], 0)"
GATES = 'i, f, o, g = sigmoid(a["i"]), sigmoid(a["f"]), sigmoid(a["o"]), np.tanh(a["g"])'
RECURRENT = 'h @ p[f"W_h{n}"].T'
BIAS = '+ p[f"b_{n}"]'
CARRY = "c, h = np.where(own, c_t, c), np.where(own, h_t, h)"
STORE = "signals[s][t] = np.where(own, value, 0)"
# The place of step t of the sequences from the last step to the first.
REVERSED = ("np.maximum((case.steps if case.lengths is None else case.lengths) - 1 - t, 0)"
            " + np.zeros(case.batch, int), range(case.batch)")
FROM_H = "+ dh_t * o * (1 - y * y)"
GRADIENT = 'gradients[f"W_x{n}"] += d[s].T @ x'
UPSTREAM = 'dh, dc = case.upstream_of_final("h"), case.upstream_of_final("c")'
PARAMETERS = '{f"gradients/parameters/{name}": value for'

BUGS = [
    Bug("gates", "GATE_ORDER", "NX-AI/xlstm#98", {GATES: GATES + "\n        i, f = f, i"}),
    Bug("gates-everywhere", "GATE_ORDER", "apple/coremltools#93",
        {'"o": "o", "g": "c"': '"o": "c", "g": "o"'}),
    Bug("gates-recurrent", "GATE_ORDER", "keras-team/keras#8720",
        {RECURRENT: 'h @ p["W_h" + {"i": "f", "f": "i"}.get(n, n)].T'}),
    Bug("gates-backward", "GATE_ORDER", "ooples/AiDotNet.Tensors#907",
        {GRADIENT: 'n = {"i": "f", "f": "i"}.get(n, n)\n            ' + GRADIENT}),
    Bug("gates-gru", "GATE_ORDER", "keras-team/keras#8720",
        {'u = h @ p["W"].T': 'z, r = r, z\n        u = h @ p["W"].T'}, "cs224d-gru"),
    Bug("reset-before", "RESET_PLACEMENT", "microsoft/onnxscript#2852",
        {'u = h @ p["W"].T': 'u = (r * h) @ p["W"].T', "np.tanh(r * u +": "np.tanh(u +"},
        "cs224d-gru"),
    Bug("z-polarity", "Z_POLARITY", "microsoft/CNTK#3292",
        {"(1 - z) * h + z * n": "z * h + (1 - z) * n"}, "cs224d-gru"),
    Bug("bias-twice", "BIAS", "OpenNMT/OpenNMT#127", {BIAS: '+ 2 * p[f"b_{n}"]'}),
    Bug("bias-shared", "BIAS", "ddbourgin/numpy-ml#42",
        {BIAS: '+ p["b_" + {"f": "o"}.get(n, n)]'}),
    Bug("bias-missing", "BIAS", "oreilly-japan/deep-learning-from-scratch-2#13",
        {'x @ p["U_r"].T + p["b_r"]': 'x @ p["U_r"].T'}, "cs224d-gru"),
    Bug("initial-ignored", "INITIAL_STATE", "FluxML/Flux.jl#74",
        {INITIAL: "h = c = np.zeros((case.batch, case.hidden_size), case.dtype)"}),
    Bug("initial-c-ignored", "INITIAL_STATE", "onnx/onnx-tensorflow#408",
        {INITIAL: 'h, c = case.initial["h"], 0 * case.initial["c"]'}),
    Bug("initial-exchanged", "INITIAL_STATE", "neulab/xnmt#223",
        {INITIAL: 'c, h = case.initial["h"], case.initial["c"]'}),
    Bug("not-fed-back", "RECURRENCE", "tracel-ai/burn#2701",
        {RECURRENT: 'case.initial["h"] @ p[f"W_h{n}"].T'}),
    Bug("reverse", "DIRECTION", "onnx/onnx#2881",
        {INPUT: f"x = np.where(own, case.x[{REVERSED}], 0)"}),
    Bug("reverse-put-back", "DIRECTION", "webmachinelearning/webnn-baseline#123",
        {INPUT: f"back = {REVERSED}\n        x = np.where(own, case.x[back], 0)",
         STORE: "signals[s][back] = np.where(own, value, signals[s][back])"}),
    Bug("lengths-ignored", "LENGTHS", "apache/mxnet#19323",
        {OWN: OWN.replace("  #", " | True  #")}),
    Bug("padding-goes-on", "LENGTHS", "pytorch/pytorch#517", {CARRY: "c, h = c_t, h_t"}),
    Bug("transposed", "TRANSPOSE", "pytorch/pytorch#95137", {RECURRENT: 'h @ p[f"W_h{n}"]'}),
    Bug("transposed-backward", "TRANSPOSE", "pytorch/pytorch#95137",
        {'sum(d[s] @ p[f"W_h{n}"] for': 'sum(d[s] @ p[f"W_h{n}"].T for'}),
    Bug("batch-first", "LAYOUT", "pytorch/pytorch#80306",
        {INPUT: "x = np.where(own, case.x.reshape(case.batch, case.steps, -1)[:, t], 0)",
         STORE: "signals[s].reshape(case.batch, case.steps, -1)[:, t] = np.where(own, value, 0)"}),
    Bug("tanh-missing", "ACTIVATION", "", {"o * np.tanh(c_t)": "o * c_t"}),
    Bug("term-dropped", "GRADIENT_TERM", "nicklashansen/rnn_lstm_from_scratch#1",
        {FROM_H: "+ 0 * dh_t"}),
    Bug("slope-missing", "GRADIENT_TERM", "", {FROM_H: "+ dh_t * o"}),
    Bug("overwritten", "GRADIENT_ACCUMULATION", "apache/mxnet#17898",
        {'gradients[f"W_h{n}"] += d': 'gradients[f"W_h{n}"] = d'}),
    Bug("cut", "TRUNCATED_BPTT", "",
        {"dc = np.where(own, dc_t * f, dc)": "dc = np.where(own, 0, dc)"}),
    Bug("upstream-clipped", "COTANGENT_LINEARITY", "",
        {UPSTREAM: "final, each = case.upstream_of_final, case.upstream\n"
                   "    case.upstream_of_final = lambda state: np.clip(final(state), -1, 1)\n"
                   "    case.upstream = lambda signal: np.clip(each(signal), -1, 1)\n"
                   "    " + UPSTREAM}),
    Bug("gradients-clipped", "CLIP", "",
        {PARAMETERS: '{f"gradients/parameters/{name}": value.clip(-0.125, 0.125) for'}),
    Bug("saturation", "OVERFLOW", "microsoft/onnxruntime#4628",
        {"np.exp(-a)": "np.exp(-np.clip(a, -6, 6))"}),
    Bug("float32-inside", "PRECISION", "",
        {"c_t = f * c + i * g": "c_t = (f * c + i * g).astype('float32').astype(case.dtype)"}),
    Bug("no-steps-zero", "EMPTY", "",
        {INITIAL: INITIAL + "\n    h, c = (s * case.own[:1].any(0)[:, None] for s in (h, c))"}),
    Bug("no-steps", "EMPTY", "pytorch/pytorch#50192",
        {"    tape = []\n": "    tape = []\n    last = case.x[case.steps - 1]\n"}),
]
