"""systemd for the measurement: as process 1 of namespaces of its own, with the program as its only service."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from calls import INSTALLS
from containers import PROGRAM, Failed

TIMEOUT = 60
SUFFIX = "/usr/lib/systemd/systemd"
# Where the program is: a folder that no option of a unit hides.
HERE = "/run/program"
STRACE = ["strace", "-f", "-s0", "--decode-pids=pidns", "--quiet=attach,exit"]
BOOT = """
while umount -R /sys/fs/cgroup 2>/dev/null; do :; done
if [ -n "$1" ]; then
    mount --bind "$1" "$1" && mount -t proc proc "$1/proc" && mount --rbind /sys "$1/sys" && mount --rbind /dev "$1/dev"
fi
mount -t cgroup2 none "$1/sys/fs/cgroup" && mount -t tmpfs -o mode=755 tmpfs "$1/run" || exit 90
mkdir -p "$1/run/systemd/system" && cp "$2/measured.service" "$1/run/systemd/system/" && cp "$2/program" "$1/run/"
touch "$1/run/output" && mount --bind "$2/output" "$1/run/output"
export container=other
exec ${1:+chroot "$1"} /usr/lib/systemd/systemd --system --unit=measured.service --log-level=err --show-status=false
"""
UNIT = """[Unit]
DefaultDependencies=no
SuccessAction=exit-force
FailureAction=exit-force
[Service]
ExecStart={program}
StandardOutput=file:/run/output
NoNewPrivileges={flag}
SystemCallArchitectures=native
"""


def filters(seccomp):
    """An OCI document as lines of a unit: names that are allowed, or that fail with EPERM. There are no conditions."""
    if seccomp["defaultAction"] == "SCMP_ACT_ALLOW":
        names = [name for rule in seccomp["syscalls"] if not rule.get("args") for name in rule["names"]]
        return [f"SystemCallFilter=~{name}:EPERM" for name in names or ["swapon"]]
    names = {name for rule in seccomp["syscalls"] if rule["action"] == "SCMP_ACT_ALLOW" for name in rule["names"]}
    lists = ["execve", "~@known:EPERM", " ".join(sorted(names))]
    return ["SystemCallErrorNumber=ENOSYS", *(f"SystemCallFilter={each}" for each in lists)]


class Systemd:
    """A systemd: this machine's, or that of another release unpacked into a folder."""

    # The ways to start a service. With a user, newer ones change capabilities under the filter.
    WAYS = {"run": ["simple", "exec", "user", "sandbox", "bounded"]}
    LINES = {
        "simple": ["Type=simple"],
        "exec": ["Type=exec"],
        "user": ["Type=exec", "User=nobody"],
        "sandbox": ["Type=exec", "User=nobody", "PrivateDevices=yes", "ProtectSystem=strict"],
        "bounded": ["Type=exec", "User=nobody", "CapabilityBoundingSet=CAP_CHOWN"],
    }

    def __init__(self, name, command, program):
        self.name, self.root, self.program = name, command.removesuffix(SUFFIX), program
        line = ["chroot", self.root or "/", SUFFIX, "--version"]
        text = subprocess.run(line, capture_output=True, text=True, check=True).stdout
        self.version = re.match(r"systemd (\d+)", text)[1]

    def session(self, no_new_privs, seccomp, init=None):
        if init:
            raise Failed("systemd has no --init")
        return Session(self, no_new_privs, seccomp)


class Session:
    """One start of systemd, and the folder that holds everything of it."""

    def __init__(self, systemd, no_new_privs, seccomp):
        self.systemd, self.no_new_privs, self.seccomp = systemd, no_new_privs, seccomp

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="strait-systemd-"))
        shutil.copy(self.systemd.program, self.folder / "program")
        (self.folder / "output").touch()
        return self

    def __exit__(self, *ignored):
        shutil.rmtree(self.folder)

    def play(self, way, trace=None):
        unit = UNIT.format(program=HERE, flag="yes" if self.no_new_privs else "no")
        lines = [*self.systemd.LINES[way], *filters(self.seccomp)]
        (self.folder / "measured.service").write_text(unit + "\n".join(lines) + "\n", encoding="ascii")
        words = [*(STRACE + ["-o", str(trace)] if trace else [])]
        words += ["unshare", "-m", "-u", "-i", "-n", "-p", "--fork", "--kill-child", "--mount-proc"]
        words += ["sh", "-c", BOOT, "sh", self.systemd.root, str(self.folder)]
        status = subprocess.run(words, stdin=subprocess.DEVNULL, timeout=TIMEOUT, check=False).returncode
        if status or (self.folder / "output").read_text(encoding="ascii") != "ran\n":
            raise Failed(f"systemd: the service ended with {status}")
        if trace:
            trace.write_text(last_filter_alone(trace.read_text(encoding="utf-8", errors="replace")), encoding="utf-8")


def last_filter_alone(text):
    """A trace without the filters before the last: those for other ABIs, and those of other directives of the unit."""
    lines = text.replace(f'("{HERE}"', f'("{PROGRAM}"').splitlines()
    begun = next(line.split()[0] for line in lines if f'execve("{PROGRAM}"' in line)
    installs = [
        place for place, line in enumerate(lines) if line.split()[0] == begun and INSTALLS.search(line)
    ]
    return "\n".join(line for place, line in enumerate(lines) if place not in installs[:-1]) + "\n"
