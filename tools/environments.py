"""Virtual environments in .build, and commands that must succeed."""

import subprocess
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class CannotRun(Exception):
    """Says why nothing could be measured."""


class Environment:
    """A virtual environment of a name, which need not exist yet.

    Packages are named as pip takes them: "torch", "torch==2.13.0".
    """

    def __init__(self, name):
        self.name = name
        self.folder = ROOT / ".build" / name
        self.python = self.folder / "bin" / "python3"
        self._pip = (self.python, "-m", "pip", "--disable-pip-version-check")

    def install(self, packages, say):
        """Installs what is missing, and says so; package -> version of what there is."""
        if not self.python.exists():
            try:
                venv.create(self.folder, with_pip=True, clear=True)
            except (OSError, subprocess.CalledProcessError) as error:
                raise CannotRun(f"Python could not make {self.folder}: {error}") from error
        installed = self._versions(packages)
        missing = [package for package in packages if not satisfied(package, installed)]
        if missing:
            say(f"installing {' '.join(missing)} in .build/{self.name}")
            run([*self._pip, "install", "--quiet", *self._wheels_of_torch(missing), *missing])
        return {name: version for name, version in self._versions(packages).items() if version}

    def _wheels_of_torch(self, packages):
        """Where PyTorch for the CPU comes from: without it pip takes gigabytes of CUDA along.

        Who has told pip of wheels or of another index, by a file or the environment, has their own.
        """
        told = run([*self._pip, "config", "list"])
        if "torch" not in map(name_of, packages) or any(word in told for word in ("find-links", "index-url")):
            return []
        return ["--extra-index-url", "https://download.pytorch.org/whl/cpu"]

    def _versions(self, packages):
        """Package -> version, empty where it is not installed."""
        names = [name_of(package) for package in packages]
        program = (
            "import sys\nfrom importlib.metadata import PackageNotFoundError, version\n"
            "for name in sys.argv[1:]:\n"
            "    try: print(version(name))\n"
            "    except PackageNotFoundError: print()\n"
        )
        output = run([self.python, "-c", program, *names])
        return dict(zip(names, output.split("\n")))


def satisfied(package, installed):
    # A build's local label, such as +cpu, makes no other version.
    found = installed[name_of(package)].partition("+")[0]
    return found != "" and package.partition("==")[2] in ("", found)


def name_of(package):
    return package.partition("==")[0]


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
