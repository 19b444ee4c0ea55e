"""Containers for the measurement: bundles, and the runtimes that run them."""

import json
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAM = "/program"
INIT = "/init"
OWN_CALLS = {"write", "ppoll", "exit_group"}
TIMEOUT = 60
# crun refuses a cgroup tree of which only a part is v2; in a mount namespace of its own that part can go.
WITHOUT_HYBRID = 'if [ -d /sys/fs/cgroup/unified ]; then umount /sys/fs/cgroup/unified; fi; exec "$@"'


class Failed(Exception):
    pass


def compile_program(folder):
    source, program = HERE / "program.c", folder / "program"
    subprocess.run(["gcc", "-O1", "-static", "-nostdlib", "-fno-stack-protector", "-o", program, source], check=True)
    return program


def allowing(calls):
    """Allows these calls and what the program does itself; anything else fails with EPERM."""
    return {
        "defaultAction": "SCMP_ACT_ERRNO",
        "syscalls": [{"names": sorted(set(calls) | OWN_CALLS), "action": "SCMP_ACT_ALLOW"}],
    }


# A filter that stands in nobody's way: there has to be one, or none is installed.
OPEN = {
    "defaultAction": "SCMP_ACT_ALLOW",
    "syscalls": [{"names": ["swapon"], "action": "SCMP_ACT_ERRNO"}],
}


class Oci:
    """runc or crun: an installed program, and how to run containers with it."""

    # The ways to start a program, by the mode that has their rows: run, as a user, and create with start; exec.
    WAYS = {"run": ["run", "user", "start"], "exec": ["exec"]}

    def __init__(self, name, command, program):
        self.name, self.command, self.program = name, command, program
        text = subprocess.run([command, "--version"], capture_output=True, text=True, check=True).stdout
        self.version = re.search(rf"{name} version (\d+(\.\d+)*)", text)[1]
        spec = tempfile.mkdtemp(prefix="strait-spec-")
        subprocess.run([command, "spec"], cwd=spec, check=True)
        self.spec = json.loads((Path(spec) / "config.json").read_text(encoding="utf-8"))
        shutil.rmtree(spec)

    def session(self, no_new_privs, seccomp, init=None):
        return Session(self, no_new_privs, seccomp, init)


class Session:
    """One container, and the folder that holds everything of it: crun would reuse a compiled filter from elsewhere."""

    def __init__(self, runtime, no_new_privs, seccomp, init=None):
        self.runtime, self.no_new_privs, self.seccomp, self.init = runtime, no_new_privs, seccomp, init

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="strait-runtime-"))
        # Containers of one name would share a cgroup.
        self.name = self.folder.name
        root = self.folder / "rootfs"
        for name in ("proc", "dev"):
            (root / name).mkdir(parents=True)
        shutil.copy(self.runtime.program, str(root) + PROGRAM)
        if self.init:
            shutil.copy(self.init, str(root) + INIT)
        return self

    def __exit__(self, *ignored):
        subprocess.run(self.words("delete", "--force", self.name), capture_output=True, timeout=TIMEOUT, check=False)
        shutil.rmtree(self.folder)

    def configure(self, args, uid=0):
        config = json.loads(json.dumps(self.runtime.spec))
        process, linux = config["process"], config["linux"]
        process.update(terminal=False, args=args, noNewPrivileges=self.no_new_privs)
        process["user"] = {"uid": uid, "gid": uid, "additionalGids": [uid]}
        process.pop("rlimits", None)
        config["mounts"] = [mount for mount in config["mounts"] if mount["destination"] in ("/proc", "/dev")]
        linux["namespaces"] = [{"type": kind} for kind in ("pid", "network", "ipc", "uts", "mount")]
        linux["seccomp"] = self.seccomp
        (self.folder / "config.json").write_text(json.dumps(config), encoding="utf-8")

    def words(self, *words):
        return ["unshare", "-m", "sh", "-c", WITHOUT_HYBRID, "sh", *self.runtime_words(*words)]

    def runtime_words(self, *words):
        return [self.runtime.command, "--root", str(self.folder / "state"), *words]

    def start(self, *words, trace=None):
        command = self.words(*words)
        if trace:
            at = command.index(self.runtime.command)
            command[at:at] = ["strace", "-f", "-s0", "--decode-pids=pidns", "--quiet=attach,exit", "-o", str(trace)]
        # Output goes to a file: a container that stays would hold a pipe open.
        self.output = self.folder / "output"
        with open(self.output, "ab") as output:
            return subprocess.Popen(
                command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )

    def finish(self, process):
        try:
            status = process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            status = "no end"
        if status:
            text = self.output.read_text(encoding="utf-8", errors="replace")
            raise Failed(f"{self.runtime.name} ended with {status}: {' '.join(text[-300:].split())}")

    def await_that(self, what, happens):
        deadline = time.monotonic() + TIMEOUT
        while not happens():
            if time.monotonic() > deadline:
                raise Failed(f"{self.runtime.name}: waited in vain until {what}")
            time.sleep(0.02)

    def is_created(self):
        state = subprocess.run(self.words("state", self.name), capture_output=True, text=True, check=False).stdout
        return '"created"' in state

    def has_run(self):
        return "ran" in self.output.read_text(encoding="utf-8", errors="replace")

    def play(self, mode, trace=None):
        """Runs the program in a container that is new (run, user, start) or runs already (exec)."""
        program = ([INIT, "--"] if self.init else []) + [PROGRAM]
        if mode in ("run", "user"):
            self.configure(program, uid=1000 if mode == "user" else 0)
            self.finish(self.start("run", self.name, trace=trace))
        elif mode == "start":
            self.configure(program)
            creating = self.start("create", self.name, trace=trace)
            if not trace:
                self.finish(creating)
            self.await_that("the container is created", self.is_created)
            self.finish(self.start("start", self.name))
            if trace:
                self.finish(creating)
            self.await_that("the program runs", self.has_run)
        else:
            self.configure([PROGRAM, "stay"])
            self.finish(self.start("run", "-d", self.name))
            self.output.unlink()
            extra = ["--no-new-privs"] if self.no_new_privs else []
            self.finish(self.start("exec", *extra, self.name, PROGRAM, trace=trace))
        if not self.has_run():
            raise Failed(f"{self.runtime.name}: the program did not run")
