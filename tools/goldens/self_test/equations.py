"""Equations give the values that are known otherwise."""

import math
import re
import unittest
from dataclasses import replace

from ..formulations import FORMULATIONS
from ..recomputation import recompute
from .made_up import HIDDEN, INPUTS, OUTPUTS, made_up_case


def logistic(x):
    return 1 / (1 + math.exp(-x))


def copies(signals, *suffixes):
    """The same values for every copy of a cell."""
    return {name + suffix: value for suffix in suffixes for name, value in signals.items()}


ONE_LAYER = ["_forward", "_backward"]
TWO_LAYERS = ["_1", "_2"]
TWO_LAYERS_BOTH_WAYS = ["_1_forward", "_1_backward", "_2_forward", "_2_backward"]
COPY = re.compile("(_[12])?(_forward|_backward)?$")


class ClosedForms(unittest.TestCase):
    """Of the first step, in Python's own floats."""

    def check(self, identifier, case, expected):
        for golden in recompute(FORMULATIONS[identifier], case):
            with self.subTest(formulation=identifier, signal=golden.signal):
                values = expected[golden.signal]
                value = values[golden.unit] if isinstance(values, list) else values
                # The closed form is itself rounded a few times.
                self.assertAlmostEqual(golden.recomputed, value, delta=1e-15)

    def test_values_without_weights(self):
        """Gates are σ of their biases then, and every signal has a closed form."""
        before = 0.75
        vectors = {"b": 0.5, "b_i": -1.0, "b_f": 1.5, "b_o": -0.25, "b_c": 0.625}
        vectors.update({"b_z": 1.25, "b_r": -0.5, "b_h": 0.375, "b_y": -0.75, "c": 2.0})
        vectors["alpha"] = 0.125
        vectors.update({"b_ii": -0.375, "b_hi": 0.5, "b_if": 1.0, "b_hf": 0.25, "b_io": -2.0})
        vectors.update({"b_ho": 0.125, "b_ig": 0.75, "b_hg": -0.25, "b_ir": 0.875, "b_hr": -1.5})
        vectors.update({"b_iz": -0.625, "b_hz": 2.5, "b_in": 0.375, "b_hn": 1.25})
        vectors.update({"d_z": -0.5, "d_r": 1.75, "d_h": -1.25})
        vectors.update({f"W_b{gate}": vectors[f"b_i{gate}"] for gate in "ifozr"})
        vectors.update({f"R_b{gate}": vectors[f"b_h{gate}"] for gate in "ifozr"})
        vectors.update({"W_bc": 0.75, "R_bc": -0.25, "W_bh": 0.375, "R_bh": 1.25})
        vectors.update({"P_i": 0.5, "P_f": -1.5, "P_o": 2.25})
        i, f, o = (logistic(vectors[name]) for name in ("b_i", "b_f", "b_o"))
        gates = {"i": i, "f": f, "o": o}

        g = math.tanh(vectors["b_c"])
        c = f * before + i * g
        s_tilde = logistic(vectors["b"])
        s = s_tilde * i + before * f
        memory = {**gates, "s_tilde": s_tilde, "s": s}
        exposed = {**memory, "h": o * logistic(s)}
        unit = {"z": logistic(vectors["b_z"]), "r": logistic(vectors["b_r"]), "h_tilde": 0.0}
        unit["h"] = (1 - unit["z"]) * before
        lstm = {**gates, "g": g, "c": c, "h": o * math.tanh(c)}
        uniform = 1 / OUTPUTS
        # What O is applied to is c then, the same in every output.
        outputs = {"logistic": logistic(vectors["c"]), "identity": vectors["c"]}

        def gate(label, peephole=0.0):
            return logistic(vectors[f"b_i{label}"] + vectors[f"b_h{label}"] + peephole)

        def two_biases(peepholes):
            i, f = gate("i", peepholes["P_i"] * before), gate("f", peepholes["P_f"] * before)
            g = math.tanh(vectors["b_ig"] + vectors["b_hg"])
            c = f * before + i * g
            o = gate("o", peepholes["P_o"] * c)
            return i, f, g, c, o, o * math.tanh(c)

        def gru(z, r, candidate):
            return z, r, math.tanh(candidate), (1 - z) * math.tanh(candidate) + z * before

        plain = two_biases(dict.fromkeys(("P_i", "P_f", "P_o"), 0.0))
        z, r, b_x, b_h = gate("z"), gate("r"), vectors["b_in"], vectors["b_hn"]
        after, first = gru(z, r, b_x + r * b_h), gru(z, r, b_x + b_h)
        z, r = (logistic(vectors[f"b_{label}"] + vectors[f"d_{label}"]) for label in "zr")
        keras = gru(z, r, vectors["b_h"] + r * vectors["d_h"])
        single = gru(unit["z"], logistic(vectors["b_r"]), vectors["b_h"])
        expected = {
            "donahue-rnn": {"h": logistic(vectors["b_h"]), "y": logistic(vectors["b_y"])},
            "knight-rnn": {"h": 0.0, "y": 0.0},
            "knight-rnn/one-to-many": {"h": 0.0, "y": 0.0},
            "elman-tanh": {"s": 0.0, "o": uniform},
            "elman-tanh/bidirectional": {**copies({"s": 0.0}, *ONE_LAYER), "o": uniform},
            "elman-tanh/deep": {**copies({"s": 0.0}, *TWO_LAYERS), "o": uniform},
            "elman-tanh/deep-bidirectional": {
                **copies({"s": 0.0}, *TWO_LAYERS_BOTH_WAYS),
                "o": uniform,
            },
            "elman-relu": {"s": 0.0, "o": uniform},
            "cs224d-rnn": {"h": 0.0, "y_hat": 0.0},
            "cs224d-rnn/softmax": {"h": 0.0, "y_hat": uniform},
            "leaky-rnn": {"h": vectors["alpha"] * before},
            "leaky-rnn/fixed": {"h": vectors["alpha"] * before},
            "skip-rnn": {"h": 0.0},
            "delayed-rnn": {"h": 0.0},
            "padhai-rnn": {"s": s_tilde, "y_hat": uniform},
            "padhai-rnn/classification": {"s": s_tilde, "y_hat": uniform},
            "padhai-rnn/logistic-output": {"s": s_tilde, "y_hat": outputs["logistic"]},
            "padhai-rnn/identity-output": {"s": s_tilde, "y_hat": outputs["identity"]},
            "padhai-rnn/classification-logistic": {"s": s_tilde, "y_hat": outputs["logistic"]},
            "padhai-lstm/softmax-output": {**exposed, "y_hat": uniform},
            "padhai-lstm/logistic-output": {**exposed, "y_hat": outputs["logistic"]},
            "padhai-lstm/identity-output": {**exposed, "y_hat": outputs["identity"]},
            "knight-lstm": {
                **{"i": 0.5, "f": 0.5, "o": 0.5, "g": 0.0},
                "c": 0.5 * before,
                "h": 0.5 * math.tanh(0.5 * before),
            },
            "cs224d-lstm": {
                **gates,
                "C_tilde": 0.0,
                "C": f * before,
                "h": o * math.tanh(f * before),
            },
            "donahue-lstm": lstm,
            "donahue-lstm+bidirectional": copies(lstm, *ONE_LAYER),
            "donahue-lstm+deep-2": copies(lstm, *TWO_LAYERS),
            "donahue-lstm+deep-bidirectional-2": copies(lstm, *TWO_LAYERS_BOTH_WAYS),
            "padhai-lstm": exposed,
            "padhai-lstm/linear-write": {**memory, "h": s * o},
            # Its W is applied to the bias too.
            "padhai-lstm/printed-candidate": {
                **exposed,
                "s_tilde": 0.5,
                "s": 0.5 * i + before * f,
                "h": o * logistic(0.5 * i + before * f),
            },
            "cs224d-gru": unit,
            "cs224d-gru+bidirectional": copies(unit, *ONE_LAYER),
            "cs224d-gru+deep-2": copies(unit, *TWO_LAYERS),
            "cs224d-gru+deep-bidirectional-2": copies(unit, *TWO_LAYERS_BOTH_WAYS),
            "cs224d-gru/reset-before": unit,
            "padhai-gru": {
                "o": o,
                "i": i,
                "s_tilde": s_tilde,
                "s": (1 - i) * before + i * s_tilde,
            },
            "pytorch-lstm": dict(zip("ifgcoh", plain)),
            "pytorch-gru": dict(zip("zrnh", after)),
            "onnx-lstm": dict(zip("ifcCoH", two_biases(vectors))),
            "onnx-gru": dict(zip("zrhH", first)),
            "onnx-gru/linear-before-reset": dict(zip("zrhH", after)),
            "keras-gru": dict(zip(("z", "r", "h_tilde", "h"), keras)),
            "keras-gru/reset-before": dict(zip(("z", "r", "h_tilde", "h"), single)),
        }
        self.assertEqual(set(expected), set(FORMULATIONS))
        for identifier, signals in expected.items():
            formulation = FORMULATIONS[identifier]
            case = made_up_case(formulation, steps=1, batch=1, parameter=float)
            for name, values in case.parameters.items():
                # Every copy of a cell has the same biases.
                bias = COPY.sub("", name)
                if bias in vectors:
                    case.parameters[name] = [vectors[bias]] * len(values)
            case.initial.update({state: [[before] * HIDDEN] for state in formulation.states})
            self.check(identifier, case, signals)

    def test_values_of_a_single_unit(self):
        """With one input, one hidden unit and two outputs the products are those of numbers."""
        x, before, memory = 0.625, -0.75, 0.5
        u, w, b, v, c = 1.25, -0.375, 0.25, [0.5, -1.5], [-0.125, 0.75]
        d, alpha = 0.875, 0.0625

        def output(state):
            return [weight * state for weight in v]

        def softmax(values):
            return [logistic(values[0] - values[1]), logistic(values[1] - values[0])]

        def biased(values):
            return [value + bias for value, bias in zip(values, c)]

        logistic_state = logistic(u * x + w * before + b)
        tanh_state = math.tanh(u * x + w * before)
        other_state = math.tanh(d * x + alpha * before)
        deep_state = math.tanh(b * other_state + w * before)
        # Positive, hence what relu leaves as it is.
        linear_state = u * x + w * before
        inner_state = w * math.tanh(before) + u * x
        matrix = {"U": [[u]], "W": [[w]], "V": [[weight] for weight in v]}
        inner = {"W_hs": [[u]], "W": [[w]]}
        inner_output = output(math.tanh(inner_state))
        scores = biased(output(logistic_state))
        labels = softmax(scores)
        # Rows are i, f, o, g; columns are h, then x.
        stack = [[0.5, -1.0], [0.25, 2.0], [-0.75, 1.5], [1.75, -0.25]]
        i, f, o, g = (on_h * before + on_x * x for on_h, on_x in stack)
        i, f, o, g = logistic(i), logistic(f), logistic(o), math.tanh(g)
        cell = f * memory + i * g

        tests = {
            "donahue-rnn": (
                {"W_xh": [[u]], "W_hh": [[w]], "b_h": [b], "W_hy": matrix["V"], "b_y": c},
                {
                    "h": logistic_state,
                    "y": [logistic(value) for value in biased(output(logistic_state))],
                },
            ),
            "knight-rnn": (
                {"W_xh": [[u]], "W_hh": [[w]], "W_hy": matrix["V"]},
                {"h": tanh_state, "y": output(tanh_state)},
            ),
            "knight-rnn/one-to-many": (
                {"W_xh": [[u]], "W_hh": [[w]], "W_hy": matrix["V"]},
                {"h": tanh_state, "y": output(tanh_state)},
            ),
            "elman-tanh/bidirectional": (
                {
                    **{"U_forward": [[u]], "W_forward": [[w]], "U_backward": [[d]]},
                    **{"W_backward": [[alpha]], "V": [[v[0], b], [v[1], w]]},
                },
                {
                    "s_forward": tanh_state,
                    "s_backward": other_state,
                    "o": softmax(
                        [
                            v[0] * tanh_state + b * other_state,
                            v[1] * tanh_state + w * other_state,
                        ]
                    ),
                },
            ),
            "elman-tanh/deep": (
                {"U_1": [[d]], "W_1": [[alpha]], "U_2": [[b]], "W_2": [[w]], "V": matrix["V"]},
                {"s_1": other_state, "s_2": deep_state, "o": softmax(output(deep_state))},
            ),
            "elman-tanh": (matrix, {"s": tanh_state, "o": softmax(output(tanh_state))}),
            "elman-relu": (matrix, {"s": linear_state, "o": softmax(output(linear_state))}),
            "cs224d-rnn": (
                {**inner, "W_S": matrix["V"]},
                {"h": inner_state, "y_hat": inner_output},
            ),
            "cs224d-rnn/softmax": (
                {**inner, "W_S": matrix["V"]},
                {"h": inner_state, "y_hat": softmax(inner_output)},
            ),
            "leaky-rnn": (
                {**inner, "alpha": [alpha]},
                {"h": alpha * before + (1 - alpha) * inner_state},
            ),
            "skip-rnn": ({**inner, "W_d": [[d]]}, {"h": inner_state + d * math.tanh(before)}),
            "delayed-rnn": (inner, {"h": inner_state}),
            "padhai-rnn": (
                {**matrix, "b": [b], "c": c},
                {"s": logistic_state, "y_hat": labels},
            ),
            "padhai-rnn/classification": (
                {**matrix, "b": [b], "c": c},
                {"s": logistic_state, "y_hat": labels},
            ),
            "padhai-rnn/logistic-output": (
                {**matrix, "b": [b], "c": c},
                {"s": logistic_state, "y_hat": [logistic(a) for a in scores]},
            ),
            "padhai-rnn/identity-output": (
                {**matrix, "b": [b], "c": c},
                {"s": logistic_state, "y_hat": scores},
            ),
            "knight-lstm": (
                {"W": stack},
                {"i": i, "f": f, "o": o, "g": g, "c": cell, "h": o * math.tanh(cell)},
            ),
        }
        for identifier, (parameters, signals) in tests.items():
            formulation = FORMULATIONS[identifier]
            case = made_up_case(formulation, steps=1, batch=1)
            self.assertEqual(set(parameters), set(formulation.parameters))
            case = replace(
                case,
                parameters=parameters,
                inputs=[[[x]]],
                initial={
                    state: [[memory if state == "c" else before]] for state in formulation.states
                },
                sequence={
                    name: [[[0.0] * (2 if axes.endswith("O") else 1)]]
                    for name, axes in formulation.signals.items()
                },
                final={state: [[0.0]] for state in formulation.states},
            )
            self.check(identifier, case, signals)

    def test_a_delay_of_three_reads_the_initial_state_three_times(self):
        case = made_up_case(FORMULATIONS["delayed-rnn"], steps=7, batch=1, parameter=float)
        case.parameters["W"] = [[1.0, 0.0], [0.0, 1.0]]
        before = case.initial["h"][0]
        for golden in recompute(FORMULATIONS["delayed-rnn"], case):
            expected = before[golden.unit]
            step = 6 if golden.step is None else golden.step
            for _ in range(step // 3 + 1):
                expected = math.tanh(expected)
            self.assertAlmostEqual(golden.recomputed, expected, delta=1e-15)

    def test_without_a_step_the_class_comes_from_the_initial_state(self):
        formulation = FORMULATIONS["padhai-rnn/classification"]
        for steps, lengths in ((0, [0, 0]), (3, [0, 0])):
            case = made_up_case(formulation, steps, 2, lengths=lengths)
            classes = {}
            for golden in recompute(formulation, case):
                if golden.signal == "y_hat":
                    classes.setdefault(golden.element, []).append(golden.recomputed)
            for element, state in enumerate(case.initial["s"]):
                exponentials = [
                    math.exp(sum(weight * s for weight, s in zip(row, state)) + bias)
                    for row, bias in zip(case.parameters["V"], case.parameters["c"])
                ]
                self.assertEqual(len(classes[element]), OUTPUTS)
                for value, exponential in zip(classes[element], exponentials):
                    expected = exponential / sum(exponentials)
                    self.assertAlmostEqual(value, expected, delta=1e-15)


class Relations(unittest.TestCase):
    """Formulations that agree where their parameters make them, to the last bit."""

    def values(self, identifier, parameters=None, initial=None, names=None):
        """signal -> values at each place of a ragged case, the signals renamed."""
        formulation = FORMULATIONS[identifier]
        case = made_up_case(formulation, 5, 2, lengths=[5, 2])
        inputs = made_up_case(FORMULATIONS["skip-rnn"], 5, 2).inputs
        case = replace(case, inputs=inputs)
        case.parameters.update(parameters or {})
        case.initial.update(initial or {})
        result = {}
        for golden in recompute(formulation, case):
            if golden.step is not None:
                name = (names or {}).get(golden.signal, golden.signal)
                place = (golden.step, golden.element, golden.unit)
                result.setdefault(name, {})[place] = golden.recomputed
        return result

    def parameters(self, identifier):
        return made_up_case(FORMULATIONS[identifier], 5, 2).parameters

    def test_one_stacked_matrix_is_eight(self):
        p = self.parameters("donahue-lstm")
        W = [
            on_h + on_x
            for gate in "ifoc"
            for on_h, on_x in zip(p[f"W_h{gate}"], p[f"W_x{gate}"], strict=True)
        ]
        initial = {"h": [[0.5, -0.25], [1.0, 0.75]], "c": [[-1.0, 0.5], [0.25, 2.0]]}
        biases = {f"b_{gate}": [0.0, 0.0] for gate in "ifoc"}
        self.assertEqual(
            self.values("knight-lstm", {"W": W}, initial),
            self.values("donahue-lstm", biases, initial),
        )

    def test_lstms_of_two_documents_agree_without_the_candidate_s_bias(self):
        p = self.parameters("donahue-lstm")
        renamed = {"W": p["W_hc"], "W_x": p["W_xc"]}
        for gate in "ifo":
            renamed[f"W_{gate}"] = p[f"W_h{gate}"]
            renamed[f"U_{gate}"] = p[f"W_x{gate}"]
            renamed[f"b_{gate}"] = p[f"b_{gate}"]
        h, c = [[0.5, -0.25], [1.0, 0.75]], [[-1.0, 0.5], [0.25, 2.0]]
        self.assertEqual(
            self.values("cs224d-lstm", renamed, {"h": h, "C": c}, {"C": "c", "C_tilde": "g"}),
            self.values("donahue-lstm", {"b_c": [0.0, 0.0]}, {"h": h, "c": c}),
        )

    def test_frameworks_agree_with_one_another_and_with_a_document(self):
        """Without peepholes, with z the other way round, and with the one bias as the first of two."""
        p = self.parameters("pytorch-lstm")
        none = dict.fromkeys(("P_i", "P_f", "P_o"), [0.0, 0.0])
        h, c = [[0.5, -0.25], [1.0, 0.75]], [[-1.0, 0.5], [0.25, 2.0]]
        onnx, donahue = dict(none), {}
        for gate, of_onnx, of_document in (*((gate,) * 3 for gate in "ifo"), ("g", "c", "c")):
            one, other = p[f"b_i{gate}"], p[f"b_h{gate}"]
            onnx |= {f"W_{of_onnx}": p[f"W_i{gate}"], f"R_{of_onnx}": p[f"W_h{gate}"]}
            onnx |= {f"W_b{of_onnx}": one, f"R_b{of_onnx}": other}
            donahue[f"W_x{of_document}"] = p[f"W_i{gate}"]
            donahue[f"W_h{of_document}"] = p[f"W_h{gate}"]
            donahue[f"b_{of_document}"] = [a + b for a, b in zip(one, other)]
        expected = self.values("pytorch-lstm", p, {"h": h, "c": c})
        names = {"c": "g", "C": "c", "H": "h"}
        self.assertEqual(self.values("onnx-lstm", onnx, {"H": h, "C": c}, names), expected)
        self.assertEqual(self.values("donahue-lstm", donahue, {"h": h, "c": c}), expected)

        p = self.parameters("pytorch-gru")
        onnx, keras = {}, {}
        for gate, label in (("r", "r"), ("z", "z"), ("n", "h")):
            onnx |= {f"W_{label}": p[f"W_i{gate}"], f"R_{label}": p[f"W_h{gate}"]}
            onnx |= {f"W_b{label}": p[f"b_i{gate}"], f"R_b{label}": p[f"b_h{gate}"]}
            keras |= {f"W_{label}": p[f"W_i{gate}"], f"U_{label}": p[f"W_h{gate}"]}
            keras |= {f"b_{label}": p[f"b_i{gate}"], f"d_{label}": p[f"b_h{gate}"]}
        expected = self.values("pytorch-gru", p, {"h": h})
        names = {"h": "n", "H": "h"}
        values = self.values("onnx-gru/linear-before-reset", onnx, {"H": h}, names)
        self.assertEqual(values, expected)
        self.assertEqual(self.values("keras-gru", keras, {"h": h}, {"h_tilde": "n"}), expected)
        onnx |= {name: [0.0, 0.0] for name in onnx if name.startswith("R_b")}
        keras = {name: values for name, values in keras.items() if not name.startswith("d")}
        self.assertEqual(
            self.values("onnx-gru", onnx, {"H": h}, names),
            self.values("keras-gru/reset-before", keras, {"h": h}, {"h_tilde": "n"}),
        )

    def test_simple_networks_agree_in_their_states(self):
        initial = [[0.5, -0.25], [1.0, 0.75]]
        p = self.parameters("donahue-rnn")
        weights = {"U": p["W_xh"], "W": p["W_hh"]}
        knight = {"W_xh": p["W_xh"], "W_hh": p["W_hh"]}
        self.assertEqual(
            self.values("donahue-rnn", {}, {"h": initial})["h"],
            self.values("padhai-rnn", {**weights, "b": p["b_h"]}, {"s": initial})["s"],
        )
        self.assertEqual(
            self.values("knight-rnn", knight, {"h": initial})["h"],
            self.values("elman-tanh", weights, {"s": initial})["s"],
        )

    def test_connections_that_are_zero_are_none(self):
        initial = {"h": [[0.5, -0.25], [1.0, 0.75]]}
        p = self.parameters("skip-rnn")
        zeros = [[0.0] * HIDDEN] * HIDDEN
        simple = self.values("cs224d-rnn", {"W": p["W"], "W_hs": p["W_hs"]}, initial)["h"]
        delayed = self.values("delayed-rnn", {"W": p["W_d"], "W_hs": p["W_hs"]}, initial)["h"]
        self.assertNotEqual(simple, delayed)
        self.assertEqual(self.values("skip-rnn", {**p, "W_d": zeros}, initial)["h"], simple)
        self.assertEqual(self.values("skip-rnn", {**p, "W": zeros}, initial)["h"], delayed)
        leaky = {"W": p["W"], "W_hs": p["W_hs"], "alpha": [0.0] * HIDDEN}
        self.assertEqual(self.values("leaky-rnn", leaky, initial)["h"], simple)

    def test_one_to_many_is_an_input_of_zero_after_the_first_step(self):
        identifier = "knight-rnn/one-to-many"
        case = made_up_case(FORMULATIONS[identifier], 5, 3, lengths=[5, 2, 0])
        first, *later = case.inputs
        alone = replace(case, inputs=[first, *([[0.0] * INPUTS] * 3 for _ in later)])
        goldens = recompute(FORMULATIONS[identifier], case)
        self.assertEqual(goldens, recompute(FORMULATIONS["knight-rnn"], alone))
        self.assertNotEqual(goldens, recompute(FORMULATIONS["knight-rnn"], case))

    def test_the_class_is_the_label_of_an_element_s_own_last_step(self):
        labels = self.values("padhai-rnn")["y_hat"]
        last = {(-1, 0, unit): labels[4, 0, unit] for unit in range(OUTPUTS)}
        last.update({(-1, 1, unit): labels[1, 1, unit] for unit in range(OUTPUTS)})
        classes = self.values("padhai-rnn/classification")["y_hat"]
        self.assertEqual(classes, last)

    def test_readings_are_told_apart(self):
        for canonical, reading in (
            ("knight-rnn", "knight-rnn/one-to-many"),
            ("elman-tanh", "elman-relu"),
            ("cs224d-rnn", "cs224d-rnn/softmax"),
            ("padhai-lstm", "padhai-lstm/linear-write"),
            ("padhai-lstm", "padhai-lstm/printed-candidate"),
            ("padhai-rnn", "padhai-rnn/logistic-output"),
            ("padhai-rnn", "padhai-rnn/identity-output"),
            ("padhai-rnn/classification", "padhai-rnn/classification-logistic"),
            ("padhai-lstm/softmax-output", "padhai-lstm/logistic-output"),
            ("padhai-lstm/softmax-output", "padhai-lstm/identity-output"),
            ("cs224d-gru", "cs224d-gru/reset-before"),
            ("onnx-gru", "onnx-gru/linear-before-reset"),
            ("keras-gru", "keras-gru/reset-before"),
        ):
            self.assertNotEqual(self.values(canonical), self.values(reading))
