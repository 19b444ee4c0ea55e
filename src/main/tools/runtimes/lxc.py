"""LXC for the measurement: lxc-start, and lxc-attach for a further program in the container."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from containers import PROGRAM, Failed

# A container that lacks a call often hangs and does not fail.
TIMEOUT = 3
STRACE = ["strace", "-f", "-s0", "--decode-pids=pidns", "--quiet=attach,exit"]
USER = ["lxc.init.uid = 1000", "lxc.init.gid = 1000"]
CONFIG = """lxc.rootfs.path = dir:{root}
lxc.uts.name = measure
lxc.net.0.type = empty
lxc.apparmor.profile = unchanged
lxc.console.path = none
lxc.init.cmd = {program}
lxc.seccomp.profile = {policy}
lxc.no_new_privs = {flag}
"""


def policy(seccomp):
    """An OCI document as LXC's text: ALLOW and EPERM, and conditions under a mask and of equality."""
    is_open = seccomp["defaultAction"] == "SCMP_ACT_ALLOW"
    lines = ["2", "denylist" if is_open else "allowlist errno 1", "[all]"]
    for rule in seccomp["syscalls"]:
        action = "allow" if rule["action"] == "SCMP_ACT_ALLOW" else "errno 1"
        tests = "".join(
            f"[{test['index']},{test['valueTwo']},{test['op']},{test['value']}]"
            if "valueTwo" in test
            else f"[{test['index']},{test['value']},{test['op']}]"
            for test in rule.get("args", [])
        )
        lines += [f"{name} {action} {tests}".rstrip() for name in rule["names"]]
    return "\n".join(lines) + "\n"


class Lxc:
    """The installed LXC, by its lxc-start."""

    # The ways to start a program, by the mode that has their rows: in the foreground, with ttys and a working directory, as
    # a user, with IDs of its own, and in the background; lxc-attach, as a user too.
    WAYS = {"run": ["foreground", "ttys", "user", "mapped", "background"], "exec": ["attach", "attach-user"]}

    def __init__(self, name, command, program):
        self.name, self.command, self.program = name, command, program
        text = subprocess.run([command, "--version"], capture_output=True, text=True, check=True).stdout
        self.version = re.match(r"\d+(\.\d+)*", text)[0]

    def session(self, no_new_privs, seccomp, init=None):
        if init:
            raise Failed("LXC has no --init")
        return Session(self, no_new_privs, seccomp)


class Session:
    """One container, and the folder that holds everything of it."""

    def __init__(self, lxc, no_new_privs, seccomp):
        self.lxc, self.no_new_privs, self.seccomp = lxc, no_new_privs, seccomp

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="strait-lxc-"))
        os.chmod(self.folder, 0o755)
        self.output = self.folder / "output"
        self.output.touch()
        root = self.folder / "rootfs"
        for name in ("proc", "dev", "sys", "tmp"):
            (root / name).mkdir(parents=True)
        shutil.copy(self.lxc.program, str(root) + PROGRAM)
        (self.folder / "policy").write_text(policy(self.seccomp), encoding="ascii")
        return self

    def __exit__(self, *ignored):
        self.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def place(self):
        return ["-n", self.folder.name, "-P", str(self.folder)]

    def configure(self, program, *more):
        text = CONFIG.format(
            root=self.folder / "rootfs", policy=self.folder / "policy", program=program, flag=int(self.no_new_privs)
        )
        (self.folder / "config").write_text(text + "\n".join(more) + "\n", encoding="ascii")

    def begin(self, command, *words, trace=None):
        program = str(Path(self.lxc.command).with_name(command))
        line = [*(STRACE + ["-o", str(trace)] if trace else []), program, *self.place(), *words]
        with open(self.output, "wb") as output:
            return subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=output, stderr=output)

    def finish(self, process):
        try:
            status = process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise Failed("lxc hangs")
        if status:
            raise Failed(f"lxc ended with {status}: {' '.join(self.printed()[-300:].split())}")

    def stop(self):
        stop = [str(Path(self.lxc.command).with_name("lxc-stop")), "-k", *self.place()]
        subprocess.run(["timeout", "-k1", "1", *stop], capture_output=True, check=False)

    def end(self):
        """Of a container that hangs, the monitor does not listen: whoever has the name of this one ends."""
        self.stop()
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if self.folder.name.encode() in (process / "cmdline").read_bytes():
                    os.kill(int(process.name), signal.SIGKILL)
            except OSError:
                continue

    def printed(self):
        return self.output.read_text(encoding="utf-8", errors="replace")

    def play(self, way, trace=None):
        """Runs the program in a container that is new, or runs already (attach)."""
        config = str(self.folder / "config")
        more = {
            "ttys": ["lxc.tty.max = 2", "lxc.pty.max = 8", "lxc.init.cwd = /tmp"],
            "user": USER,
            "mapped": ["lxc.idmap = u 0 100000 65536", "lxc.idmap = g 0 100000 65536"],
        }.get(way, [])
        if way in ("background", "attach", "attach-user"):
            self.background(config, trace if way == "background" else None)
            if way != "background":
                user = ["-u", "1000", "-g", "1000"] if way == "attach-user" else []
                self.finish(self.begin("lxc-attach", "-f", config, *user, "--", PROGRAM, trace=trace))
                self.check()
            return
        if way == "mapped":
            self.give_away()
        self.configure(PROGRAM, *more)
        self.finish(self.begin("lxc-start", "-f", config, "-F", trace=trace))
        self.check()

    def give_away(self):
        """The IDs of the container own its root file system."""
        for path in [self.folder / "rootfs", *(self.folder / "rootfs").rglob("*")]:
            os.chown(path, 100000, 100000)

    def background(self, config, trace):
        """Starts the program to stay. What it prints is lost, so that it runs is seen by the name of the first process."""
        self.configure(PROGRAM + " stay")
        starting = self.begin("lxc-start", "-f", config, "-d", trace=trace)
        if not trace:
            self.finish(starting)
        deadline = time.monotonic() + TIMEOUT
        while not self.stays():
            if time.monotonic() > deadline:
                raise Failed("the program did not run in the background")
            time.sleep(0.02)
        if trace:  # strace stays as long as the container
            self.stop()
            self.finish(starting)

    def stays(self):
        info = [str(Path(self.lxc.command).with_name("lxc-info")), "-pH", *self.place()]
        answer = subprocess.run(["timeout", "2", *info], capture_output=True, text=True, check=False).stdout.strip()
        try:
            return Path(f"/proc/{answer}/comm").read_text(encoding="ascii").strip() == Path(PROGRAM).name
        except OSError:
            return False

    def check(self):
        if "ran" not in self.printed():
            raise Failed("lxc: the program did not run")
