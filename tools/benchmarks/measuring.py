"""One measurement: a program is given a request as JSON on stdin and answers on stdout."""

import json
import os
import statistics
import subprocess
from dataclasses import asdict, dataclass, field

from environments import CannotRun

from .environment import ENVIRONMENT, OURS, PEERS


@dataclass(frozen=True)
class Request:
    """What is measured; the names are those of Sources/rnncheck-bench/Request.swift."""

    measurement: str
    cell: str = "lstm"
    precision: str = "float64"
    inputs: int = 1
    hidden: int = 1
    steps: int = 1
    batch: int = 1
    threads: int = 1
    stencil: str = "central"
    repeats: int = 5
    # Of goldens, what precision each case takes: case -> bits.
    bits: dict = field(default_factory=dict)

    @property
    def sizes(self):
        return self.inputs, self.hidden, self.steps, self.batch


@dataclass
class Answer:
    """The seconds of every run, other figures by name, and the largest resident set of the process."""

    seconds: list
    figures: dict = field(default_factory=dict)
    peak_bytes: int = 0

    @property
    def median(self):
        return statistics.median(self.seconds)

    def and_then(self, other):
        return Answer(self.seconds + other.seconds, {**self.figures, **other.figures},
                      max(self.peak_bytes, other.peak_bytes))


def ours(request):
    return measured([OURS], request)


def theirs(request, peer="torch"):
    return measured([ENVIRONMENT.python, PEERS, peer], request)


def measured(command, request):
    """Runs a program on as many cores as it may have threads."""
    cores = sorted(os.sched_getaffinity(0))[: request.threads] if hasattr(os, "sched_getaffinity") else None
    threads = str(request.threads)
    environment = {**os.environ, "OMP_NUM_THREADS": threads, "MKL_NUM_THREADS": threads,
                   "OPENBLAS_NUM_THREADS": threads,
                   "XLA_FLAGS": f"--xla_cpu_multi_thread_eigen={'false' if threads == '1' else 'true'}"}
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environment, preexec_fn=cores and (lambda: os.sched_setaffinity(0, cores)))
    output, error = process.stdin, None
    try:
        output.write(json.dumps(asdict(request)))
        output.close()
        text = process.stdout.read()
        error = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    finally:
        process.stdout.close()
        process.stderr.close()
    if process.returncode != 0:
        raise CannotRun(f"{' '.join(map(str, command))} failed at {request}:\n{error}")
    answer = json.loads(text)
    # Kilobytes on Linux, bytes on macOS.
    unit = 1 if os.uname().sysname == "Darwin" else 1024
    return Answer(answer["seconds"], answer.get("figures", {}), usage.ru_maxrss * unit)
