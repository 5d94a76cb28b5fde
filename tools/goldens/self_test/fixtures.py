"""What the command says about made-up fixtures that have one thing wrong."""

import contextlib
import io
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import h5py
import numpy

from ..command import main
from ..fixture import file_of
from ..formulations import FORMULATIONS
from .made_up import made_up_case, write_case

SCRIPT = Path(__file__).resolve().parents[2] / "verify-goldens"


class Fixtures(unittest.TestCase):
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
            "has signals without values": set_attribute("batch", 0, self.case),
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
