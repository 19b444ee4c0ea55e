"""Whole processes that are measured: CPU seconds (user and system), wall time, peak memory."""
import concurrent.futures
import os
import pathlib
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WORK = ROOT / "target" / "bench"
STRAIT = os.environ.get("STRAIT", str(ROOT / "strait"))


class Command:
    """A process to measure, and how many bytes of trace it reads; none, where only its start matters."""

    def __init__(self, *argv, trace=None, fails=(), **environment):
        self.argv, self.environment = [*map(str, argv)], os.environ | environment
        self.size = sum(file.stat().st_size for file in files(trace)) if trace else 0
        self.good = 0, *fails
        self.runs = []

    def output(self):
        return subprocess.run(
            self.argv, env=self.environment, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ).stdout

    def run(self):
        began = time.monotonic()
        # a file, because grep stops at the first match when nobody reads its output
        with open(WORK / "out", "wb") as out:
            process = subprocess.Popen(self.argv, env=self.environment, stdout=out, stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status) not in self.good:
            sys.exit(f"{self.argv} failed")
        self.runs.append((usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss / 1024))

    # medians, in seconds and MB
    cpu = property(lambda self: statistics.median(run[0] for run in self.runs))
    wall = property(lambda self: statistics.median(run[1] for run in self.runs))
    peak = property(lambda self: statistics.median(run[2] for run in self.runs))
    # CPU seconds for each GB, or for the start
    cost = property(lambda self: self.cpu / (self.size / 1e9 or 1))


def files(trace):
    return sorted(trace.iterdir()) if trace.is_dir() else [trace]


def apart(function, *arguments):
    """Calls it in a process of its own: what it takes of memory would be counted to each process that is measured."""
    with concurrent.futures.ProcessPoolExecutor(1) as pool:
        return pool.submit(function, *arguments).result()


def measure(named, runs):
    for _ in range(runs):
        for command in named.values():
            command.run()


def jvm(process):
    """The id and the words of the JVM that a launcher starts, which was just started."""
    while process.poll() is None:
        try:
            children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            for pid in str(process.pid), *children:
                words = pathlib.Path(f"/proc/{pid}/cmdline").read_text().split("\0")[:-1]
                if "-jar" in words and words[0].endswith("/java"):
                    return pid, words
        except OSError:
            pass  # one of them has ended
        time.sleep(0.001)
    sys.exit(f"{process.args} ended before a JVM was seen")
