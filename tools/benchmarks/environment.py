"""Our program, built, and a virtual environment with the peers."""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".build" / "bench"
PYTHON = ENVIRONMENT / "bin" / "python3"
OURS = ROOT / ".build" / "release" / "rnncheck-bench"
PEERS = Path(__file__).resolve().parent / "peers.py"

PIP = (PYTHON, "-m", "pip", "--disable-pip-version-check")
PACKAGES = ("torch", "jax", "numpy")
# Where an administrator may have put a wheel of PyTorch for this machine.
WHEELS = Path("/opt/wheels")


class CannotRun(Exception):
    """Says why nothing could be measured."""


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def prepare():
    """Builds ours and installs theirs; package -> version."""
    say("building rnncheck-bench")
    run(["bash", "-c", f'. "{ROOT}/tools/system-packages"; require "${{build_requirements[@]}}"; require_swift'])
    run(["swift", "build", "--package-path", ROOT, "--scratch-path", ROOT / ".build", "-c", "release",
         "--product", "rnncheck-bench", "--quiet"])
    if not PYTHON.exists():
        try:
            venv.create(ENVIRONMENT, with_pip=True, clear=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise CannotRun(f"Python could not make {ENVIRONMENT}: {error}") from error
    missing = [name for name, version in versions().items() if not version]
    if missing:
        say(f"installing {' '.join(missing)} in .build/bench")
        run([*PIP, "install", "--quiet", *sources(missing)])
    return versions()


def sources(packages):
    """What to tell pip: without a word about PyTorch it takes gigabytes of CUDA along.

    A wheel on this machine goes first, then where pip was told to look, then PyTorch's own index.
    """
    wheels = sorted(WHEELS.glob("torch-*.whl"))
    told = run([*PIP, "config", "list"])
    if "torch" not in packages:
        return packages
    if wheels:
        return [wheels[-1], *(package for package in packages if package != "torch")]
    if any(word in told for word in ("find-links", "index-url")):
        return packages
    return ["--extra-index-url", "https://download.pytorch.org/whl/cpu", *packages]


def versions():
    """Package -> version, empty where it is not installed."""
    program = (
        "import sys\nfrom importlib.metadata import PackageNotFoundError, version\n"
        "for name in sys.argv[1:]:\n"
        "    try: print(version(name))\n"
        "    except PackageNotFoundError: print()\n"
    )
    return dict(zip(PACKAGES, run([PYTHON, "-c", program, *PACKAGES]).split("\n")))


def run(command):
    """The stdout of a command that must succeed."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise CannotRun(f"{command[0]} cannot be started: {error}") from error
    if done.returncode != 0:
        words = " ".join(map(str, command[:3]))
        raise CannotRun(f"'{words} …' failed with exit code {done.returncode}:\n{done.stderr}")
    return done.stdout
