"""Shows that the recomputation is right where the answer is known, and that it finds errors."""

import contextlib
import io
import math
import os
import random
import subprocess
import sys
import tempfile
import unittest
from fractions import Fraction
from pathlib import Path
from unittest import mock

import h5py
import mpmath
import numpy

from . import recomputation
from .arithmetic import Matrix, Vector, exactly, sigma, tanh
from .command import main
from .fixture import CannotRun, file_of
from .formulations import FORMULATIONS
from .made_up import made_up_case, write_case
from .recomputation import recompute
from .rounding import decided_float64, nearest_float64

SCRIPT = Path(__file__).resolve().parents[1] / "verify-goldens"


def run():
    """The exit code of all tests below."""
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__])
    return 0 if unittest.TextTestRunner(verbosity=1).run(suite).wasSuccessful() else 1


class Rounding(unittest.TestCase):
    def check(self, significand, exponent):
        exact = Fraction(significand) * Fraction(2) ** exponent
        try:
            expected = float(exact)
        except OverflowError:
            expected = math.inf
        self.assertEqual(nearest_float64(0, significand, exponent), expected)
        self.assertEqual(nearest_float64(1, significand, exponent), -expected)

    def test_agrees_with_python_on_every_magnitude(self):
        draw = random.Random(1)
        for _ in range(20_000):
            significand = draw.getrandbits(draw.randint(1, 200))
            self.check(significand, draw.randint(-1300, 1050))

    def test_decides_ties_to_even(self):
        for last_place in (-1200, -1075, -1074, -1022, -53, 0, 900):
            for kept in (0, 1, 2, 3, 2**52 - 1, 2**52, 2**53 - 2, 2**53 - 1):
                for above in (-1, 0, 1):
                    self.check((2 * kept + 1) * 2**80 + above, last_place - 81)

    def test_zero_is_positive(self):
        for significand, exponent in ((0, 0), (1, -1075), (1, -(10**30))):
            self.assertEqual(math.copysign(1, nearest_float64(1, significand, exponent)), 1)

    def test_is_undecided_across_a_tie(self):
        below, above = (exactly(1 + k * 2.0**-52)[0] for k in (0, 1))
        self.assertEqual(decided_float64((below, below)), 1)
        self.assertIsNone(decided_float64((below, above)))


class Arithmetic(unittest.TestCase):
    def test_activations_enclose_the_true_value(self):
        draw = random.Random(2)
        points = [draw.uniform(-4, 4) for _ in range(50)]
        points += [sign * 2.0**k for sign in (1, -1) for k in (-1074, -300, -60, 5, 10, 20)]
        for x in points:
            with mpmath.workprec(4000):
                truths = {sigma: 1 / (1 + mpmath.exp(-mpmath.mpf(x))), tanh: mpmath.tanh(x)}
            for function, truth in truths.items():
                ((lower, upper),) = function(Vector([exactly(x)], 2400)).elements
                with self.subTest(function=function.__name__, x=x), mpmath.workprec(4000):
                    self.assertLessEqual(mpmath.mpf(lower), truth)
                    self.assertLessEqual(truth, mpmath.mpf(upper))
                    self.assertIsNotNone(decided_float64((lower, upper)))

    def test_activations_of_zero_are_exact(self):
        zero = Vector([exactly(0)], 64)
        self.assertEqual(sigma(zero).elements, [exactly(0.5)])
        self.assertEqual(tanh(zero).elements, [exactly(0)])

    def test_a_row_of_a_matrix_makes_an_element(self):
        matrix = Matrix([[exactly(k) for k in row] for row in ((1, 2, 3), (4, 5, 6))], 64)
        product = matrix @ Vector([exactly(k) for k in (1, 10, 100)], 64)
        self.assertEqual(product.elements, [exactly(321), exactly(654)])

    def test_lengths_must_match(self):
        two, three = (Vector([exactly(1)] * length, 64) for length in (2, 3))
        with self.assertRaises(ValueError):
            two + three
        with self.assertRaises(ValueError):
            Matrix([two.elements], 64) @ three


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
            case.parameters.update({name: [biases[name]] * 2 for name in formulation.biases})
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


class Precision(unittest.TestCase):
    """tanh of 2^-600 cancels all of the first 600 bits."""

    formulation = FORMULATIONS["donahue-lstm"]
    case = made_up_case(formulation, steps=1, batch=1, parameter=lambda: 2.0**-600)

    def candidates(self):
        goldens = recompute(self.formulation, self.case)
        return [golden.recomputed for golden in goldens if golden.signal == "g"]

    def test_rises_until_the_rounding_is_decided(self):
        x, h = self.case.inputs[0][0], self.case.initial["h"][0]
        # The sum is exact, and tanh(y) lies closer to a tiny y than half of its last place.
        self.assertEqual(self.candidates(), [(sum(x) + sum(h) + 1) * 2.0**-600] * 2)

    def test_ends(self):
        cap = mock.patch.object(recomputation, "MOST_BITS", recomputation.LEAST_BITS)
        with cap, self.assertRaisesRegex(CannotRun, "ragged: g is undecided at 256 bits"):
            self.candidates()


class Fixtures(unittest.TestCase):
    """What the command says about a made-up fixture that has one thing wrong."""

    identifier = "donahue-lstm"
    case = "/cases/ragged"

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, identifier=identifier):
        formulation = FORMULATIONS[identifier]
        path = file_of(identifier, self.folder)
        with h5py.File(path, "w") as file:
            file.attrs.update(
                {"format": "rnncheck", "format_version": 1, "formulation": identifier}
            )
            write_case(file, formulation, made_up_case(formulation, 3, 2, lengths=[3, 1]))
            write_case(file, formulation, made_up_case(formulation, 0, 2, name="empty"))
        return path

    def verify(self, *identifiers):
        output = io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            code = main(["--fixtures", str(self.folder), *(identifiers or [self.identifier])])
        return code, output.getvalue()

    @contextlib.contextmanager
    def fixture(self):
        """A whole fixture, to change."""
        with h5py.File(self.write(), "r+") as file:
            yield file

    def test_whole_fixtures_agree(self):
        for identifier in FORMULATIONS:
            self.write(identifier)
        code, output = self.verify(*FORMULATIONS)
        self.assertEqual(code, 0, output)
        self.assertEqual(output.count(": cases 2, "), len(FORMULATIONS))
        self.assertIn("donahue-lstm: cases 2, values 88, mismatches 0", output)

    def test_a_value_off_by_one_last_place_is_named(self):
        formulation = FORMULATIONS[self.identifier]
        places = [(f"sequence/{signal}", (2, 0, 1)) for signal in formulation.signals]
        places += [(f"final/{state}", (1, 1)) for state in formulation.states]
        for name, place in places:
            with self.fixture() as file:
                golden = file[f"{self.case}/expected/{name}"]
                golden[place] = numpy.nextafter(golden[place], 2)
            code, output = self.verify()
            with self.subTest(golden=name):
                self.assertEqual(code, 1, output)
                self.assertIn("mismatches 1\n", output)
                self.assertIn("donahue-lstm.h5, case ragged", output)
                signal = name.split("/")[1]
                position = "step 2, batch 0" if len(place) == 3 else "final, batch 1"
                self.assertIn(f"{signal}, {position}, unit 1: stored ", output)

    def test_what_follows_an_element_s_length_must_be_positive_zero(self):
        for value in (-0.0, 5e-324):
            with self.fixture() as file:
                file[f"{self.case}/expected/sequence/h"][1, 1, 0] = value
            code, output = self.verify()
            self.assertEqual(code, 1, output)
            self.assertIn("h, step 1, batch 1, unit 0", output)

    def test_a_changed_input_is_a_mismatch(self):
        for name in ("inputs/x", "initial/c", "parameters/W_hf"):
            with self.fixture() as file:
                stored = file[f"{self.case}/{name}"]
                stored[...] = stored[...] + 0.125
            code, output = self.verify()
            self.assertEqual(code, 1, output)

    def test_every_missing_dataset_is_reported(self):
        names = []
        with h5py.File(self.write(), "r") as file:
            file[self.case].visititems(
                lambda name, item: names.append(name) if isinstance(item, h5py.Dataset) else None
            )
        # Without its lengths a ragged case is one of full length, whose goldens differ.
        for name in set(names) - {"lengths"}:
            with self.fixture() as file:
                del file[f"{self.case}/{name}"]
            code, output = self.verify()
            with self.subTest(dataset=name):
                self.assertEqual(code, 2, output)
                self.assertIn(f"no dataset {self.case}/", output)
                self.assertIn(name, output)
        self.assertEqual(len(names), 12 + 1 + 2 + 6 + 2 + 1)

    def test_what_cannot_be_verified_is_an_error(self):
        sequence = f"{self.case}/expected/sequence"

        def set_attribute(name, value, owner="/"):
            return lambda file: file[owner].attrs.__setitem__(name, value)

        def single_precision(file):
            values = file[f"{sequence}/h"][()]
            del file[f"{sequence}/h"]
            file[f"{sequence}/h"] = values.astype("float32")

        changes = {
            "no cases": lambda file: [file["cases"].__delitem__(name) for name in [*file["cases"]]],
            "no group /cases": lambda file: file.__delitem__("cases"),
            "no equation names": lambda file: file.create_dataset(f"{sequence}/y", data=[0.0]),
            "has no values": set_attribute("batch", 0, self.case),
            "not a size": set_attribute("steps", -1, self.case),
            "has shape": set_attribute("input_size", 4, self.case),
            "no attribute steps": lambda file: file[self.case].attrs.__delitem__("steps"),
            "'other', not 'rnncheck'": set_attribute("format", "other"),
            "2, not 1": set_attribute("format_version", 2),
            "'padhai-gru', not": set_attribute("formulation", "padhai-gru"),
            "float32, not float64": single_precision,
            "not finite": lambda file: file[f"{sequence}/h"].__setitem__((0, 0, 0), numpy.nan),
            "outside 0...3": lambda file: file[f"{self.case}/lengths"].__setitem__(0, 4),
        }
        for message, change in changes.items():
            with self.fixture() as file:
                change(file)
            code, output = self.verify()
            with self.subTest(message=message):
                self.assertEqual(code, 2, output)
                self.assertIn(message, output)

    def test_a_missing_or_unreadable_file_is_an_error(self):
        code, output = self.verify()
        self.assertEqual(code, 2)
        self.assertIn("there is no ", output)
        path = self.write()
        path.write_bytes(path.read_bytes()[:512])
        code, output = self.verify()
        self.assertEqual(code, 2)
        self.assertIn("HDF5 cannot read", output)

    def test_an_unknown_formulation_is_an_error(self):
        code, output = self.verify("other-lstm")
        self.assertEqual(code, 2)
        self.assertIn("other-lstm: there are no equations", output)

    def test_all_files_and_all_formulations_are_looked_at(self):
        self.write().rename(self.folder / "other-lstm.h5")
        output = io.StringIO()
        with contextlib.redirect_stderr(output):
            code = main(["--fixtures", str(self.folder)])
        self.assertEqual(code, 2)
        self.assertEqual(output.getvalue().count("there is no "), len(FORMULATIONS))
        self.assertIn("other-lstm: there are no equations", output.getvalue())

    def test_missing_packages_are_named(self):
        (self.folder / "h5py.py").write_text("raise ImportError('No module named h5py')\n")
        environment = {**os.environ, "PYTHONPATH": str(self.folder)}
        outcome = subprocess.run(
            [sys.executable, str(SCRIPT), "--help"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(outcome.returncode, 2, outcome.stderr)
        self.assertIn("No module named h5py", outcome.stderr)
        self.assertEqual(outcome.stdout, "")
