"""The arguments of calls that profiles may compare, by the resources catalogue.tsv and constants.tsv."""

import platform
import re
from itertools import product
from pathlib import Path

RESOURCES = Path(__file__).resolve().parents[2] / "resources/io/github/strait/argument"
CALLS = RESOURCES.with_name("syscall") / "syscalls.tsv"
ABI = platform.machine()
LOW = 0xFFFFFFFF
MODE = re.compile(r"0[0-7]+$")
NAMED = re.compile(r"^[a-z_]+=")


def rows_of(table):
    lines = [line for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]


def counts(abis):
    """Whether a cell of ABIs has this machine's; all that runtimes run on here are generic and common."""
    if abis.startswith("!"):
        return ABI not in abis[1:].split(",")
    return abis in ("all", "generic", "common") or ABI in abis.split(",")


def catalogue():
    """The places of each call, each with the bits that the kernel reads."""
    places = {}
    for calls, at, abis, bits, *_ in rows_of(RESOURCES / "catalogue.tsv"):
        for call in calls.split(",") if counts(abis) and at != "flags" else []:
            places.setdefault(call, {})[at] = bits
    return places


PLACES = catalogue()


def call_numbers():
    """The numbers of this machine's calls."""
    lines = [line.split("\t") for line in CALLS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    here = lines[0].index(ABI)
    return {line[0]: int(line[here]) for line in lines[1:] if line[here] != "-"}


CONSTANTS = {name: int(value, 0) for name, value, *_ in rows_of(RESOURCES / "constants.tsv")}


def number(text):
    """The number of names and numbers that a bar divides."""
    bits = 0
    for word in text.split("|"):
        bits |= CONSTANTS[word] if word in CONSTANTS else int(word, 8 if MODE.match(word) else 0)
    return bits


def divided(text):
    """The arguments in what strace printed of a call, as far as it is there."""
    found, depth, quoted, word = [], 0, False, ""
    for char in text[text.index("(") + 1 :]:
        if char == '"':
            quoted = not quoted
        elif not quoted:
            depth += (char in "([{") - (char in ")]}")
        if depth < 0 or (char == "," and depth == 0 and not quoted):
            found.append(word.strip())
            word = ""
        else:
            word += char
        if depth < 0:
            return found
    return found + [word.strip()]


def values(call, text):
    """(place, value) of each place of the call; a value of several registers has spaces, as in runtime-arguments.tsv."""
    args = divided(text)
    # clone: by the register of x86_64 and aarch64
    flags = [arg for arg in args if arg.startswith("flags=")]
    args = [NAMED.sub("", arg) for arg in flags + [arg for arg in args if arg not in flags]]
    for at, bits in PLACES.get(call, {}).items():
        registers = [int(register) for register in at.split()]
        if call.startswith("open") and "O_CREAT" not in args[registers[0]] and "TMPFILE" not in args[registers[0]]:
            args.append("0")  # without these the kernel reads no mode
        if bits == "pointer":
            yield at, "0" if args[registers[0]] == "NULL" else "1"
        else:
            yield at, " ".join(args[register] for register in registers)


def conditions(call, at, value):
    """The value as an OCI document compares it, register by register."""
    bits = PLACES[call][at]
    tests = []
    for register, word in zip(at.split(), value.split()):
        index, wanted = int(register), number(word)
        if bits == "pointer":
            tests.append({"index": index, "value": 0, "op": "SCMP_CMP_NE" if wanted else "SCMP_CMP_EQ"})
            continue
        mask = LOW if int(bits) > 16 else 0xFFFF
        tests.append({"index": index, "value": mask, "valueTwo": wanted & mask, "op": "SCMP_CMP_MASKED_EQ"})
        if call.startswith("open"):
            break  # the mode, where there is none, is whatever was in the register
    return tests


def refusing(call, at, value):
    """A filter that refuses this value alone."""
    rule = {"names": [call], "action": "SCMP_ACT_ERRNO", "args": conditions(call, at, value)}
    return {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [rule]}


def narrowed(filter_, listed):
    """The same filter, where calls that have values in the list take no others."""
    rules = filter_["syscalls"]
    free = [name for name in rules[0]["names"] if name not in listed]
    alternatives = []
    for call in sorted(set(rules[0]["names"]) & set(listed)):
        for chosen in product(*(sorted(listed[call][at]) for at in sorted(listed[call]))):
            tests = [test for at, value in zip(sorted(listed[call]), chosen) for test in conditions(call, at, value)]
            alternatives.append({"names": [call], "action": "SCMP_ACT_ALLOW", "args": tests})
    return {**filter_, "syscalls": [{**rules[0], "names": free}, *rules[1:], *alternatives]}
