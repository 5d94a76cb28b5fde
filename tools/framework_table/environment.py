"""The virtual environment that the frameworks are installed in."""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADAPTERS = ROOT / "tools" / "adapters"
ENVIRONMENT = ROOT / ".build" / "frameworks"
PYTHON = ENVIRONMENT / "bin" / "python3"

PIP = (PYTHON, "-m", "pip", "--disable-pip-version-check")

# What every adapter needs.
ALWAYS = ("h5py", "numpy")


class CannotRun(Exception):
    """Says why nothing could be measured."""


def say(text):
    print(f"frameworks: {text}", file=sys.stderr, flush=True)


def prepare(frameworks):
    """Installs what is missing and compiles what is in C; package -> version of what there is."""
    packages = [*ALWAYS, *dict.fromkeys(name for f in frameworks for name in f.packages)]
    if not PYTHON.exists():
        try:
            venv.create(ENVIRONMENT, with_pip=True, clear=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise CannotRun(f"Python could not make {ENVIRONMENT}: {error}") from error
    installed = versions(packages)
    missing = [package for package in packages if not satisfied(package, installed)]
    if missing:
        say(f"installing {' '.join(missing)} in .build/frameworks")
        run([*PIP, "install", "--quiet", *wheels_of_torch(missing), *missing])
    for framework in frameworks:
        if framework.source:
            compile_c(framework.source)
    return {name: version for name, version in versions(packages).items() if version}


def wheels_of_torch(packages):
    """Where PyTorch for the CPU comes from: without it pip takes gigabytes of CUDA along.

    Who has told pip of wheels or of another index, by a file or the environment, has their own.
    """
    told = run([*PIP, "config", "list"])
    if "torch" not in map(name_of, packages) or any(word in told for word in ("find-links", "index-url")):
        return []
    return ["--extra-index-url", "https://download.pytorch.org/whl/cpu"]


def versions(packages):
    """Package -> version, empty where it is not installed."""
    names = [name_of(package) for package in packages]
    program = (
        "import sys\nfrom importlib.metadata import PackageNotFoundError, version\n"
        "for name in sys.argv[1:]:\n"
        "    try: print(version(name))\n"
        "    except PackageNotFoundError: print()\n"
    )
    output = run([PYTHON, "-c", program, *names])
    return dict(zip(names, output.split("\n")))


def satisfied(package, installed):
    # A build's local label, such as +cpu, makes no other version.
    found = installed[name_of(package)].partition("+")[0]
    return found != "" and package.partition("==")[2] in ("", found)


def name_of(package):
    return package.partition("==")[0]


def compile_c(source):
    """Compiles an adapter in C against libhdf5."""
    flags = run(["pkg-config", "--cflags", "--libs", "hdf5"]).split()
    compiler = os.environ.get("CC", "cc")
    path = ADAPTERS / source
    run([compiler, "-O2", "-o", ENVIRONMENT / path.stem, path, *flags, "-lm"])


def run(command):
    """The stdout of a command that must succeed."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise CannotRun(f"{command[0]} cannot be started: {error}") from error
    if done.returncode != 0:
        words = " ".join(map(str, command[:4]))
        raise CannotRun(f"'{words} …' failed with exit code {done.returncode}:\n{done.stderr}")
    return done.stdout
