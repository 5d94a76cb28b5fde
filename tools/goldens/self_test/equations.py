"""Equations give the values that are known otherwise."""

import math
import unittest
from dataclasses import replace

from ..formulations import FORMULATIONS
from ..recomputation import recompute
from .made_up import HIDDEN, OUTPUTS, made_up_case


def logistic(x):
    return 1 / (1 + math.exp(-x))


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
        uniform = 1 / OUTPUTS
        # What O is applied to is c then, the same in every output.
        outputs = {"logistic": logistic(vectors["c"]), "identity": vectors["c"]}
        expected = {
            "donahue-rnn": {"h": logistic(vectors["b_h"]), "y": logistic(vectors["b_y"])},
            "knight-rnn": {"h": 0.0, "y": 0.0},
            "elman-tanh": {"s": 0.0, "o": uniform},
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
            "donahue-lstm": {**gates, "g": g, "c": c, "h": o * math.tanh(c)},
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
            "cs224d-gru/reset-before": unit,
            "padhai-gru": {
                "o": o,
                "i": i,
                "s_tilde": s_tilde,
                "s": (1 - i) * before + i * s_tilde,
            },
        }
        self.assertEqual(set(expected), set(FORMULATIONS))
        for identifier, signals in expected.items():
            formulation = FORMULATIONS[identifier]
            case = made_up_case(formulation, steps=1, batch=1, parameter=float)
            for name in set(vectors) & set(case.parameters):
                case.parameters[name] = [vectors[name]] * len(case.parameters[name])
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

    def test_the_class_is_the_label_of_an_element_s_own_last_step(self):
        labels = self.values("padhai-rnn")["y_hat"]
        last = {(-1, 0, unit): labels[4, 0, unit] for unit in range(OUTPUTS)}
        last.update({(-1, 1, unit): labels[1, 1, unit] for unit in range(OUTPUTS)})
        classes = self.values("padhai-rnn/classification")["y_hat"]
        self.assertEqual(classes, last)

    def test_readings_are_told_apart(self):
        for canonical, reading in (
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
        ):
            self.assertNotEqual(self.values(canonical), self.values(reading))
