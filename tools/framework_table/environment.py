"""What the adapters need: the frameworks, and those in C compiled."""

import os
import sys

from environments import ROOT, Environment, run

ADAPTERS = ROOT / "tools" / "adapters"
ENVIRONMENT = Environment("frameworks")

# What every adapter needs.
ALWAYS = ("h5py", "numpy")


def say(text):
    print(f"frameworks: {text}", file=sys.stderr, flush=True)


def prepare(frameworks):
    """Installs what is missing and compiles what is in C; package -> version of what there is."""
    packages = [*ALWAYS, *dict.fromkeys(name for f in frameworks for name in f.packages)]
    versions = ENVIRONMENT.install(packages, say)
    for framework in frameworks:
        if framework.source:
            compile_c(framework.source)
    return versions


def compile_c(source):
    """Compiles an adapter in C against libhdf5."""
    flags = run(["pkg-config", "--cflags", "--libs", "hdf5"]).split()
    compiler = os.environ.get("CC", "cc")
    path = ADAPTERS / source
    run([compiler, "-O2", "-o", ENVIRONMENT.folder / path.stem, path, *flags, "-lm"])
