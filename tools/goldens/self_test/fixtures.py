"""What the command says about made-up fixtures that have one thing wrong."""

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import h5py
import numpy

from ..command import main
from ..folder import file_of
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

    def run_command(self, *identifiers):
        output = io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            code = main(["--fixtures", str(self.folder), *identifiers])
        return code, output.getvalue()

    def verify(self, identifier=identifier):
        return self.run_command(identifier)

    @contextlib.contextmanager
    def fixture(self, identifier=identifier):
        """A whole fixture, to change."""
        with h5py.File(self.write(identifier), "r+") as file:
            yield file

    def test_whole_fixtures_agree(self):
        for identifier in FORMULATIONS:
            self.write(identifier)
        code, output = self.run_command(*FORMULATIONS)
        self.assertEqual(code, 0, output)
        self.assertEqual(output.count(": cases 2, "), len(FORMULATIONS))
        self.assertIn("donahue-lstm: cases 2, values 88, mismatches 0", output)

    def test_a_value_off_by_one_last_place_is_named(self):
        for identifier in ("donahue-lstm", "donahue-rnn", "padhai-rnn/classification"):
            formulation = FORMULATIONS[identifier]
            places = [
                (signal, f"sequence/{signal}", (2, 0, 1), "step 2, batch 0")
                for signal in formulation.signals_of_steps
            ]
            places += [
                (signal, f"sequence/{signal}", (0, 1, 1), "last step, batch 1")
                for signal in formulation.signals_at_end
            ]
            places += [
                (state, f"final/{state}", (1, 1), "final, batch 1") for state in formulation.states
            ]
            for signal, name, place, position in places:
                with self.fixture(identifier) as file:
                    golden = file[f"{self.case}/expected/{name}"]
                    golden[place] = numpy.nextafter(golden[place], 2)
                code, output = self.verify(identifier)
                with self.subTest(formulation=identifier, golden=name):
                    self.assertEqual(code, 1, output)
                    self.assertIn("mismatches 1\n", output)
                    self.assertIn(f"{file_of(identifier, Path()).name}, case ragged", output)
                    self.assertIn(f"{signal}, {position}, unit 1: stored ", output)

    def test_what_follows_an_element_s_length_must_be_positive_zero(self):
        for value in (-0.0, 5e-324):
            with self.fixture() as file:
                file[f"{self.case}/expected/sequence/h"][1, 1, 0] = value
            code, output = self.verify()
            self.assertEqual(code, 1, output)
            self.assertIn("h, step 1, batch 1, unit 0", output)

    def test_a_changed_input_is_a_mismatch(self):
        for identifier, formulation in FORMULATIONS.items():
            names = ["inputs/x", *(f"initial/{state}" for state in formulation.states)]
            names += [f"parameters/{name}" for name in formulation.parameters]
            path = self.write(identifier)
            for name in names:
                with h5py.File(path, "r+") as file:
                    # Not all of it alike: a softmax does not see what all of its values gain.
                    stored = file[f"{self.case}/{name}"]
                    whole = stored[()]
                    stored[0] = whole[0] + 0.125
                code, output = self.verify(identifier)
                with self.subTest(formulation=identifier, changed=name):
                    self.assertEqual(code, 1, output)
                with h5py.File(path, "r+") as file:
                    file[f"{self.case}/{name}"][()] = whole

    def test_outputs_have_a_size_of_their_own(self):
        for size, message in ((3, "has shape"), (0, "has signals without values")):
            with self.fixture("knight-rnn") as file:
                file[self.case].attrs["output_size"] = size
            code, output = self.verify("knight-rnn")
            self.assertEqual(code, 2, output)
            self.assertIn(message, output)

    def test_a_class_is_not_expected_at_every_step(self):
        with self.fixture("padhai-rnn/classification") as file:
            name = f"{self.case}/expected/sequence/y_hat"
            classes = file[name][()]
            del file[name]
            file[name] = numpy.repeat(classes, 3, axis=0)
        code, output = self.verify("padhai-rnn/classification")
        self.assertEqual(code, 2, output)
        self.assertIn("has shape (3, 2, 4), not (1, 2, 4)", output)

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

    def write_manifest(self, *identifiers, **changes):
        entries = [{"formulation": identifier} for identifier in identifiers]
        manifest = {"format": "rnncheck-manifest", "version": 1, "files": entries, **changes}
        (self.folder / "manifest.json").write_text(json.dumps(manifest))

    def test_what_the_manifest_lists_is_verified(self):
        self.write()
        self.write("padhai-rnn/classification")
        self.write("knight-rnn")
        self.write_manifest("padhai-rnn/classification", "donahue-lstm")
        code, output = self.run_command()
        self.assertEqual(code, 0, output)
        lines = [line.split(":")[0] for line in output.splitlines()]
        self.assertEqual(lines, ["padhai-rnn/classification", "donahue-lstm"])

    def test_whatever_the_manifest_lists_must_have_a_file_and_equations(self):
        self.write().rename(self.folder / "other-lstm.h5")
        self.write()
        for identifier, message in (
            ("other-lstm", "other-lstm: there are no equations"),
            ("knight-rnn", "knight-rnn: there is no "),
        ):
            self.write_manifest("donahue-lstm", identifier)
            code, output = self.run_command()
            self.assertEqual(code, 2, output)
            self.assertIn("donahue-lstm: cases 2, values 88, mismatches 0", output)
            self.assertIn(message, output)

    def test_what_is_no_manifest_is_an_error(self):
        self.write()
        for changes, message in (
            ({"format": "other"}, "'other' version 1, not"),
            ({"version": 2}, "version 2, not"),
            ({"files": []}, "there are no fixtures in"),
            ({"files": None}, "is not a manifest"),
            ({"files": [{}]}, "is not a manifest"),
            ({"files": [{"formulation": 3}]}, "not a text"),
        ):
            self.write_manifest("donahue-lstm", **changes)
            code, output = self.run_command()
            with self.subTest(changes=changes):
                self.assertEqual(code, 2, output)
                self.assertIn(message, output)
        for text in (b"", b"[]", b"{", b"\xff"):
            (self.folder / "manifest.json").write_bytes(text)
            code, output = self.run_command()
            self.assertEqual(code, 2, output)
            self.assertIn("is not a manifest", output)

    def test_all_files_are_verified_where_there_is_no_manifest(self):
        code, output = self.run_command()
        self.assertEqual(code, 2, output)
        self.assertIn("there are no fixtures in", output)
        for identifier in ("donahue-lstm", "padhai-lstm/linear-write"):
            self.write(identifier)
        code, output = self.run_command()
        self.assertEqual(code, 0, output)
        self.assertEqual(output.count("mismatches 0\n"), 2)
        self.write().rename(self.folder / "other-lstm.h5")
        code, output = self.run_command()
        self.assertEqual(code, 2, output)
        self.assertIn("other-lstm: there are no equations", output)

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
