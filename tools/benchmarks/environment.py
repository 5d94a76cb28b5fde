"""Our program, built, and a virtual environment with the peers."""

import sys
from pathlib import Path

from environments import ROOT, Environment, run

ENVIRONMENT = Environment("bench")
OURS = ROOT / ".build" / "release" / "rnncheck-bench"
PEERS = Path(__file__).resolve().parent / "peers.py"

# PyTorch of the version of tools/frameworks: the newest of all would come with gigabytes of CUDA.
# mpmath computes with gmpy2's integers where they are there, which is faster than with Python's.
PACKAGES = ("torch==2.13.0", "jax", "numpy", "mpmath", "gmpy2", "h5py")


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def prepare():
    """Builds ours and installs theirs; package -> version."""
    say("building rnncheck-bench")
    run(["bash", "-c", f'. "{ROOT}/tools/system-packages"; require "${{build_requirements[@]}}"; require_swift'])
    run(["swift", "build", "--package-path", ROOT, "--scratch-path", ROOT / ".build", "-c", "release",
         "--product", "rnncheck-bench", "--quiet"])
    return ENVIRONMENT.install(PACKAGES, say)
