"""setpriv for the measurement: the last line of an entrypoint, exec setpriv --nnp --seccomp-filter FILE PROGRAM."""

import re
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path

from arguments import call_numbers
from containers import PROGRAM, Failed

TIMEOUT = 20
SUFFIX = "/usr/bin/setpriv"
STRACE = ["strace", "-f", "-s0", "--quiet=attach,exit"]
# In a mount namespace of its own: the program, the users that it knows, and /proc.
START = """
root=$1 from=$2; shift 2
mount -t tmpfs none "$root/run" && cp "$from/program" "$from/filter" "$root/run/" && chmod -R a+rX "$root/run" || exit 90
mount --bind "$from/etc" "$root/etc" || exit 91
[ "$root" = / ] || mount -t proc none "$root/proc" || exit 92
exec "$@"
"""
ETC = {
    "passwd": "root:x:0:0::/:/bin/sh\nuser:x:1000:1000::/:/bin/sh\n",
    "group": "root:x:0:\nuser:x:1000:\nmore:x:1001:user\n",
    "nsswitch.conf": "passwd: files\ngroup: files\n",
}
ALLOW, EPERM = 0x7FFF0000, 0x00050001
LOAD, MASK, EQUAL, RETURN = 0x20, 0x54, 0x15, 0x06
ARGUMENTS = 16  # where struct seccomp_data has them, on a little-endian machine the low half first


def test(condition):
    """Instructions that go on where a condition holds, and jump to a place that is filled in later where it does not."""
    mask, wanted = -1, condition["value"]
    if condition["op"] == "SCMP_CMP_MASKED_EQ":
        mask, wanted = condition["value"], condition["valueTwo"]
    differs = condition["op"] == "SCMP_CMP_NE"
    code = []
    for half in (0, 32):
        code.append((LOAD, 0, 0, ARGUMENTS + 8 * condition["index"] + half // 8))
        code.append((MASK, 0, 0, mask >> half & 0xFFFFFFFF))
        code.append((EQUAL, *(("next", "met") if differs else ("next", "miss")), wanted >> half & 0xFFFFFFFF))
    if differs:
        code[-1] = (EQUAL, "miss", "next", code[-1][3])
    return code


def compiled(seccomp):
    """An OCI document as the instructions that setpriv loads; rules with conditions are alternatives."""
    actions = {"SCMP_ACT_ALLOW": ALLOW, "SCMP_ACT_ERRNO": EPERM}
    numbers = call_numbers()
    program = [(LOAD, 0, 0, 0)]
    for rule in seccomp["syscalls"]:
        for name in rule["names"]:
            code = [part for condition in rule.get("args", []) for part in test(condition)]
            body = [*code, (RETURN, 0, 0, actions[rule["action"]])]
            # A jump has a byte for its distance; all that is met or missed comes to the end of its test or of the rule.
            program.append((EQUAL, 0, len(body) + 1, numbers[name]))
            for at, (operation, yes, no, operand) in enumerate(body):
                places = {"next": 0, "miss": len(body) - at - 1, "met": 3}
                program.append((operation, places.get(yes, yes), places.get(no, no), operand))
            program.append((LOAD, 0, 0, 0))
    program.append((RETURN, 0, 0, actions[seccomp["defaultAction"]]))
    return b"".join(struct.pack("<HBBI", *each) for each in program)


class Setpriv:
    """The setpriv of this machine, or of another release unpacked into a folder."""

    # The ways to start a program: by the options that make it call something under the filter.
    OPTIONS = {
        "plain": [],
        "user": ["--reuid", "1000", "--regid", "1000", "--clear-groups"],
        "named": ["--reuid", "user", "--regid", "user", "--init-groups"],
        "groups": ["--ruid", "1000", "--euid", "1000", "--groups", "1000,1001"],
        "keep": ["--reuid", "1000", "--regid", "1000", "--keep-groups", "--reset-env"],
        "bounded": ["--inh-caps=-all", "--bounding-set=-all", "--ambient-caps=-all"],
        "bits": ["--securebits", "+noroot", "--pdeathsig", "TERM"],
        "landlock": ["--landlock-access", "fs", "--landlock-rule", "path-beneath:execute,read-file,read-dir:/"],
        "unprivileged": [],
    }
    # setpriv alone loads the filter and executes the program; setpriv-user is also told to change what the program is.
    LOADS = ["plain", "unprivileged"]

    def __init__(self, name, command, program):
        self.name, self.root, self.program = name, command.removesuffix(SUFFIX) or "/", program
        self.WAYS = {"run": self.LOADS if name == "setpriv" else list(self.OPTIONS)}
        line = ["chroot", self.root, SUFFIX, "--version"]
        text = subprocess.run(line, capture_output=True, text=True, check=True).stdout
        self.version = re.search(r"util-linux (\d+(\.\d+)*)", text)[1]

    @staticmethod
    def installed():
        """This machine's, if it has --seccomp-filter, which came with 2.41."""
        command = shutil.which("setpriv")
        words = subprocess.run([command, "--help"], capture_output=True, text=True, check=False) if command else None
        return command if words and "--seccomp-filter" in words.stdout else None

    def session(self, no_new_privs, seccomp, init=None):
        if init:
            raise Failed("setpriv has no --init")
        return Session(self, no_new_privs, seccomp)


class Session:
    """One start, and the folder that holds everything of it."""

    def __init__(self, setpriv, no_new_privs, seccomp):
        self.setpriv, self.no_new_privs, self.seccomp = setpriv, no_new_privs, seccomp

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="strait-setpriv-"))
        shutil.copy(self.setpriv.program, self.folder / "program")
        (self.folder / "filter").write_bytes(compiled(self.seccomp))
        (self.folder / "etc").mkdir()
        for name, text in ETC.items():
            (self.folder / "etc" / name).write_text(text, encoding="ascii")
        return self

    def __exit__(self, *ignored):
        shutil.rmtree(self.folder)

    def play(self, way, trace=None):
        words = ["--nnp"] if self.no_new_privs else []
        words += [*self.setpriv.OPTIONS[way], "--seccomp-filter", "/run/filter", "/run/program"]
        user = ["--userspec=1000:1000"] if way == "unprivileged" else []
        line = [*(STRACE + ["-o", str(trace)] if trace else []), "chroot", *user, self.setpriv.root, SUFFIX, *words]
        line = ["unshare", "-m", "sh", "-c", START, "sh", self.setpriv.root, str(self.folder), *line]
        result = subprocess.run(line, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT, check=False)
        if result.returncode or result.stdout != b"ran\n":
            raise Failed(f"setpriv ended with {result.returncode}: {result.stderr.decode(errors='replace').strip()}")
        if trace:
            trace.write_text(trace.read_text(errors="replace").replace('("/run/program"', f'("{PROGRAM}"'))
