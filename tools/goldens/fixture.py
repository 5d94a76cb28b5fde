"""Reads a fixture file; what it lacks is an error that names it, never a value that is skipped."""

import math
from contextlib import contextmanager
from dataclasses import dataclass

import h5py
import numpy

from .shapes import Sizes


class CannotRun(Exception):
    """Says why goldens could not be recomputed, as opposed to being wrong."""


@dataclass(frozen=True)
class Case:
    """One case with its numbers as nested lists of floats, in the order of the axes."""

    name: str
    sizes: Sizes
    # The number of steps of each batch element.
    lengths: list
    parameters: dict
    inputs: list
    initial: dict
    # The stored goldens: signal -> [T][B][H] or as the formulation says, and state -> [B][H].
    sequence: dict
    final: dict


def read_cases(path, identifier, formulation):
    """Yields the cases of a fixture, each checked to be whole."""
    with opened(path) as file:
        require_attribute(file, "format", "rnncheck")
        require_attribute(file, "format_version", 1)
        require_attribute(file, "formulation", identifier)
        cases = group(file, "cases")
        if len(cases) == 0:
            raise CannotRun(f"{path.name} has no cases")
        for name in cases:
            yield read_case(name, group(cases, name), formulation)


@contextmanager
def opened(path):
    if not path.is_file():
        raise CannotRun(f"there is no {path}")
    try:
        with h5py.File(path, "r") as file:
            yield file
    except (OSError, RuntimeError, KeyError, TypeError, ValueError) as error:
        # Any of these is h5py's way to tell of a damaged file.
        raise CannotRun(f"HDF5 cannot read {path}: {error}") from error


def read_case(name, case, formulation):
    sizes = Sizes(
        steps=size(case, "steps"),
        batch=size(case, "batch"),
        inputs=size(case, "input_size"),
        hidden=size(case, "hidden_size"),
        outputs=size(case, "output_size"),
    )
    parameters, signals = (
        {name: sizes.shape(axes) for name, axes in named.items()}
        for named in (formulation.parameters, formulation.signals)
    )
    states = dict.fromkeys(formulation.states, sizes.shape("B,H"))
    if any(0 in shape[1:] for shape in signals.values()):
        raise CannotRun(f"{case.name} has signals without values")
    return Case(
        name=name,
        sizes=sizes,
        lengths=read_lengths(case, sizes.steps, sizes.batch),
        parameters=read_all(case, "parameters", parameters),
        inputs=numbers(dataset(case, "inputs/x", sizes.shape("T,B,I"))),
        initial=read_all(case, "initial", states),
        sequence=read_all(case, "expected/sequence", signals, "float64"),
        final=read_all(case, "expected/final", states, "float64"),
    )


def read_lengths(case, steps, batch):
    if "lengths" not in case:
        return [steps] * batch
    stored = dataset(case, "lengths", (batch,))
    if stored.dtype.kind not in "iu":
        raise CannotRun(f"{stored.name} has elements of type {stored.dtype}, not integers")
    lengths = stored[()].tolist()
    if not all(0 <= length <= steps for length in lengths):
        raise CannotRun(f"{stored.name} is {lengths}, outside 0...{steps}")
    return lengths


def read_all(case, path, shapes, element_type=None):
    """The named datasets of a group, which must hold those and no others."""
    unknown = sorted(set(group(case, path)) - set(shapes))
    if unknown:
        raise CannotRun(f"{case.name}/{path} has what no equation names: {', '.join(unknown)}")
    return {
        name: numbers(dataset(case, f"{path}/{name}", shape), element_type)
        for name, shape in shapes.items()
    }


def numbers(stored, element_type=None):
    if stored.dtype.kind != "f" or element_type not in (None, stored.dtype.name):
        wanted = element_type or "a float"
        raise CannotRun(f"{stored.name} has elements of type {stored.dtype}, not {wanted}")
    values = stored[()]
    if not all(math.isfinite(value) for value in values.flat):
        raise CannotRun(f"{stored.name} has an element that is not finite")
    return values.tolist()


def group(parent, path):
    found = parent.get(path)
    if not isinstance(found, h5py.Group):
        raise CannotRun(f"{parent.file.filename} has no group {within(parent, path)}")
    return found


def dataset(parent, path, shape):
    found = parent.get(path)
    if not isinstance(found, h5py.Dataset):
        raise CannotRun(f"{parent.file.filename} has no dataset {within(parent, path)}")
    if found.shape != shape:
        raise CannotRun(f"{found.name} has shape {found.shape}, not {shape}")
    return found


def size(case, name):
    value = attribute(case, name)
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        number = -1
    if number < 0 or number != value:
        raise CannotRun(f"attribute {name} of {case.name} is {value!r}, not a size")
    return number


def require_attribute(file, name, expected):
    value = attribute(file, name)
    if value != expected:
        raise CannotRun(f"attribute {name} of {file.filename} is {value!r}, not {expected!r}")


def attribute(owner, name):
    if name not in owner.attrs:
        raise CannotRun(f"{owner.file.filename}: {owner.name} has no attribute {name}")
    value = owner.attrs[name]
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value.item() if isinstance(value, numpy.generic) else value


def within(parent, path):
    return f"{parent.name.rstrip('/')}/{path}"
