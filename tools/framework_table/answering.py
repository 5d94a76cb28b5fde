"""Has adapters answer exported requests."""

import json
import select
import subprocess
from pathlib import Path

from environments import ROOT, CannotRun

from .environment import ADAPTERS, ENVIRONMENT

SECONDS = 300
WORKER = Path(__file__).resolve().parent / "worker.py"


def rnncheck(*arguments):
    """The finished `rnncheck`; 0 and 1 are verdicts, the rest could not run."""
    return subprocess.run(
        [ROOT / "tools" / "rnncheck", *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False,
    )


class Requests:
    """The requests by formulation and arithmetic, each exported once into a folder."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def path(self, formulation, dtype):
        path = self.folder / f"{formulation.replace('/', '.')}-{dtype}.h5"
        if not path.exists():
            done = rnncheck("export", formulation, "--dtype", dtype, "-o", path)
            if done.returncode != 0:
                raise CannotRun(f"{formulation}: {done.stderr.strip()}")
        return path


class Answering:
    """Runs the adapters of one framework, those in Python all in one process."""

    def __init__(self):
        self.worker = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def answer(self, subject, request, response):
        """Writes the response.

        Raises CannotRun where the adapter fails, dies or takes too long.
        """
        name, *arguments = subject.command
        paths = [str(request), str(response)]
        if (ADAPTERS / name).exists():
            reason = self.by_worker([str(ADAPTERS / name), *arguments, *paths])
        else:
            reason = alone([str(ENVIRONMENT.folder / name), *arguments, *paths])
        if reason:
            raise CannotRun(f"{subject.name}: {reason}")

    def by_worker(self, command):
        if self.worker is None:
            self.worker = subprocess.Popen(
                [ENVIRONMENT.python, WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            print(json.dumps(command), file=self.worker.stdin, flush=True)
            ready, _, _ = select.select([self.worker.stdout], [], [], SECONDS)
            line = self.worker.stdout.readline() if ready else None
        except BrokenPipeError:
            line = ""
        if line:
            return json.loads(line)
        self.stop()
        return "it died" if line == "" else f"it did not end within {SECONDS} s"

    def stop(self):
        if self.worker is not None:
            self.worker.kill()
            self.worker.communicate()
            self.worker = None


def alone(command):
    try:
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
            timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return f"it did not end within {SECONDS} s"
    except OSError as error:
        return str(error)
    return done.stderr or f"exit code {done.returncode}" if done.returncode else None
