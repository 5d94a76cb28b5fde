"""Equations give the values that are known otherwise."""

import math
import unittest

from ..formulations import FORMULATIONS
from ..recomputation import recompute
from .made_up import made_up_case


class Equations(unittest.TestCase):
    def test_values_without_weights(self):
        """Gates are σ of their biases then, and every signal has a closed form."""
        before = 0.75
        biases = {"b": 0.5, "b_i": -1.0, "b_f": 1.5, "b_o": -0.25, "b_c": 0.625}
        biases.update({"b_z": 1.25, "b_r": -0.5})
        logistic = {name: 1 / (1 + math.exp(-bias)) for name, bias in biases.items()}
        i, f, o = (logistic[name] for name in ("b_i", "b_f", "b_o"))
        gates = {"i": i, "f": f, "o": o}

        g = math.tanh(biases["b_c"])
        c = f * before + i * g
        s_tilde = logistic["b"]
        s = s_tilde * i + before * f
        memory = {**gates, "s_tilde": s_tilde, "s": s}
        exposed = {**memory, "h": o / (1 + math.exp(-s))}
        unit = {"z": logistic["b_z"], "r": logistic["b_r"], "h_tilde": 0.0}
        unit["h"] = (1 - unit["z"]) * before
        expected = {
            "donahue-lstm": {**gates, "g": g, "c": c, "h": o * math.tanh(c)},
            "padhai-lstm": exposed,
            "padhai-lstm/linear-write": {**memory, "h": s * o},
            # Its W is applied to the bias too.
            "padhai-lstm/printed-candidate": {
                **exposed,
                "s_tilde": 0.5,
                "s": 0.5 * i + before * f,
                "h": o / (1 + math.exp(-0.5 * i - before * f)),
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
            case.parameters.update({name: [biases[name]] * 2 for name in biases if name in case.parameters})
            case.initial.update({state: [[before] * 2] for state in formulation.states})
            for golden in recompute(formulation, case):
                with self.subTest(formulation=identifier, signal=golden.signal):
                    # The closed form is itself rounded a few times.
                    self.assertAlmostEqual(golden.recomputed, signals[golden.signal], delta=1e-15)

    def test_readings_are_told_apart(self):
        for canonical, reading in (
            ("padhai-lstm", "padhai-lstm/linear-write"),
            ("padhai-lstm", "padhai-lstm/printed-candidate"),
            ("cs224d-gru", "cs224d-gru/reset-before"),
        ):
            case = made_up_case(FORMULATIONS[canonical], steps=1, batch=1)
            values = [
                [golden.recomputed for golden in recompute(FORMULATIONS[identifier], case)]
                for identifier in (canonical, reading)
            ]
            self.assertNotEqual(*values)
