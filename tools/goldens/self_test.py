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
from .fixture import CannotRun, Case, file_of
from .formulations import FORMULATIONS
from .recomputation import recompute
from .rounding import decided_float64, nearest_float64

SCRIPT = Path(__file__).resolve().parents[1] / "verify-goldens"


def run():
    """The exit code of all tests below."""
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__])
    return 0 if unittest.TextTestRunner(verbosity=1).run(suite).wasSuccessful() else 1


def made_up_case(formulation, steps, batch, name="ragged", lengths=None, parameter=None):
    """A case of two units and three inputs whose numbers are multiples of 1/64; its goldens are blank."""
    hidden, width = 2, 3
    draw = random.Random(3)

    def number():
        return draw.randint(-96, 96) / 64

    def numbers(*shape, element=number):
        if not shape:
            return element()
        return [numbers(*shape[1:], element=element) for _ in range(shape[0])]

    shapes = {
        **dict.fromkeys(formulation.of_input, (hidden, width)),
        **dict.fromkeys(formulation.of_hidden, (hidden, hidden)),
        **dict.fromkeys(formulation.biases, (hidden,)),
    }
    return Case(
        name=name,
        steps=steps,
        batch=batch,
        lengths=lengths or [steps] * batch,
        parameters={
            key: numbers(*shape, element=parameter or number) for key, shape in shapes.items()
        },
        inputs=numbers(steps, batch, width),
        initial={state: numbers(batch, hidden) for state in formulation.states},
        sequence={
            signal: numbers(steps, batch, hidden, element=float) for signal in formulation.signals
        },
        final={state: numbers(batch, hidden, element=float) for state in formulation.states},
    )


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
    def test_values_without_parameters(self):
        """All gates are 1/2 then, and every signal has a closed form in the state of before."""
        before = 0.75
        half_tanh = math.tanh(before / 2) / 2
        memory = 0.25 + before / 2
        write = {"o": 0.5, "s_tilde": 0.5, "i": 0.5, "f": 0.5, "s": memory}
        exposed = {**write, "h": 0.5 / (1 + math.exp(-memory))}
        unit = {"z": 0.5, "r": 0.5, "h_tilde": 0.0, "h": before / 2}
        expected = {
            "donahue-lstm": {
                "i": 0.5, "f": 0.5, "o": 0.5, "g": 0.0, "c": before / 2, "h": half_tanh
            },
            "padhai-lstm": exposed,
            "padhai-lstm/linear-write": {**write, "h": memory / 2},
            "padhai-lstm/printed-candidate": exposed,
            "cs224d-gru": unit,
            "cs224d-gru/reset-before": unit,
            "padhai-gru": {"o": 0.5, "i": 0.5, "s_tilde": 0.5, "s": memory},
        }
        self.assertEqual(set(expected), set(FORMULATIONS))
        for identifier, signals in expected.items():
            formulation = FORMULATIONS[identifier]
            case = made_up_case(formulation, steps=1, batch=1, parameter=lambda: 0.0)
            case.initial.update({state: [[before] * 2] for state in formulation.states})
            for golden in recompute(formulation, case):
                with self.subTest(formulation=identifier, signal=golden.signal):
                    # The closed form is itself rounded a few times.
                    self.assertAlmostEqual(golden.recomputed, signals[golden.signal], delta=2e-16)

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
        with mock.patch.object(recomputation, "MOST_BITS", recomputation.LEAST_BITS):
            with self.assertRaisesRegex(CannotRun, "ragged: g is undecided at 256 bits"):
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
            file.attrs.update({"format": "rnncheck", "format_version": 1, "formulation": identifier})
            write_case(file, formulation, made_up_case(formulation, 3, 2, lengths=[3, 1]))
            write_case(file, formulation, made_up_case(formulation, 0, 2, name="empty"))
        return path

    def verify(self, *identifiers):
        output = io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            code = main(["--fixtures", str(self.folder), *(identifiers or [self.identifier])])
        return code, output.getvalue()

    def edit(self, change):
        """What the command makes of a whole fixture after one change."""
        with h5py.File(self.write(), "r+") as file:
            change(file)
        return self.verify()

    def test_whole_fixtures_agree(self):
        for identifier in FORMULATIONS:
            self.write(identifier)
        code, output = self.verify(*FORMULATIONS)
        self.assertEqual(code, 0, output)
        self.assertEqual(output.count("2 cases"), len(FORMULATIONS))
        self.assertIn("donahue-lstm: 2 cases, 88 values, 0 mismatches", output)

    def test_a_value_off_by_one_last_place_is_named(self):
        formulation = FORMULATIONS[self.identifier]
        places = [(f"sequence/{signal}", (2, 0, 1)) for signal in formulation.signals]
        places += [(f"final/{state}", (1, 1)) for state in formulation.states]
        for name, place in places:
            def change(file):
                golden = file[f"{self.case}/expected/{name}"]
                golden[place] = numpy.nextafter(golden[place], 2)

            code, output = self.edit(change)
            with self.subTest(golden=name):
                self.assertEqual(code, 1, output)
                self.assertIn("1 mismatches", output)
                self.assertIn("donahue-lstm.h5, case ragged", output)
                signal = name.split("/")[1]
                position = "step 2, batch 0" if len(place) == 3 else "final, batch 1"
                self.assertIn(f"{signal}, {position}, unit 1: stored ", output)

    def test_what_follows_an_element_s_length_must_be_positive_zero(self):
        for value in (-0.0, 5e-324):
            def change(file):
                file[f"{self.case}/expected/sequence/h"][1, 1, 0] = value

            code, output = self.edit(change)
            self.assertEqual(code, 1, output)
            self.assertIn("h, step 1, batch 1, unit 0", output)

    def test_a_changed_input_is_a_mismatch(self):
        for name in ("inputs/x", "initial/c", "parameters/W_hf"):
            def change(file):
                stored = file[f"{self.case}/{name}"]
                stored[...] = stored[...] + 0.125

            code, output = self.edit(change)
            self.assertEqual(code, 1, output)

    def test_every_missing_dataset_is_reported(self):
        names = []
        with h5py.File(self.write(), "r") as file:
            file[self.case].visititems(
                lambda name, item: names.append(name) if isinstance(item, h5py.Dataset) else None
            )
        # Without its lengths a ragged case is one of full length, whose goldens differ.
        for name in set(names) - {"lengths"}:
            def change(file):
                del file[f"{self.case}/{name}"]

            code, output = self.edit(change)
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
            code, output = self.edit(change)
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
            env=environment, capture_output=True, text=True, check=False,
        )
        self.assertEqual(outcome.returncode, 2, outcome.stderr)
        self.assertIn("No module named h5py", outcome.stderr)
        self.assertEqual(outcome.stdout, "")


def write_case(file, formulation, case):
    """Writes a made-up case with its recomputed goldens."""
    for golden in recompute(formulation, case):
        if golden.step is None:
            case.final[golden.signal][golden.element][golden.unit] = golden.recomputed
        else:
            case.sequence[golden.signal][golden.step][golden.element][golden.unit] = golden.recomputed

    hidden, width = 2, 3
    group = file.create_group(f"cases/{case.name}")
    group.attrs.update(
        {
            "input_size": width, "hidden_size": hidden, "output_size": 0,
            "steps": case.steps, "batch": case.batch,
        }
    )
    if case.lengths != [case.steps] * case.batch:
        group["lengths"] = numpy.array(case.lengths)
    for name, values in case.parameters.items():
        group[f"parameters/{name}"] = numpy.array(values, dtype="float32")
    inputs = numpy.array(case.inputs, dtype="float32")
    group["inputs/x"] = inputs.reshape(case.steps, case.batch, width)
    for state, values in case.initial.items():
        group[f"initial/{state}"] = numpy.array(values, dtype="float32")
    for signal, values in case.sequence.items():
        sequence = numpy.array(values, dtype="float64")
        group[f"expected/sequence/{signal}"] = sequence.reshape(case.steps, case.batch, hidden)
    for state, values in case.final.items():
        group[f"expected/final/{state}"] = numpy.array(values, dtype="float64")
