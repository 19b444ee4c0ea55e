"""Which calls a container runtime makes under a filter before the program begins, read from a trace of the runtime."""

import re

LINE = re.compile(r"(\d+) +(.*)")
BEGIN = re.compile(r"(?P<name>\w+)\((?P<rest>.*)")
RESUMED = re.compile(r"<\.\.\. \w+ resumed>(?P<rest>.*)")
UNFINISHED = "<unfinished ...>"
INSTALLS = re.compile(r"\((PR_SET_SECCOMP, SECCOMP_MODE_FILTER, \{|SECCOMP_SET_MODE_FILTER, [^{]*\{)")
# What strace -f --decode-pids=pidns says of a child in a pid namespace, and what it says of any other child.
CHILD = re.compile(r" = (?:\d+ /\* (?P<outer>\d+) in strace's PID NS \*/|(?P<plain>\d+))$")


def stitched(lines):
    """(tid, name, begun, text): each call as it begins (its text may be cut), and once more when it has ended."""
    open_calls = {}
    for line in lines:
        match = LINE.match(line)
        if not match:
            continue
        tid, text = int(match[1]), match[2].rstrip()
        resumed, begun = RESUMED.match(text), BEGIN.match(text)
        if resumed:
            name, head = open_calls.pop(tid, None) or superseded(open_calls, text)
            if name:
                yield tid, name, False, head + resumed["rest"]
        elif begun and text.endswith(UNFINISHED):
            head = text[: -len(UNFINISHED)]
            open_calls[tid] = begun["name"], head
            yield tid, begun["name"], True, head
        elif begun:
            yield tid, begun["name"], True, text
            yield tid, begun["name"], False, text


def superseded(open_calls, text):
    """A thread's successful execve ends under the leader's id."""
    for tid, (name, head) in open_calls.items():
        if name == "execve" and text.startswith("<... execve resumed>"):
            del open_calls[tid]
            return name, head
    return None, ""


def threads(lines):
    """The leader of each task, as far as the trace shows who is whose thread."""
    leader = {}
    for tid, name, begun, text in stitched(lines):
        child = CHILD.search(text)
        if name in ("clone", "clone3") and not begun and "CLONE_THREAD" in text and child:
            leader[int(child["outer"] or child["plain"])] = leader.get(tid, tid)
    return leader


def under_filter(lines, program, init=None):
    """The calls between the installation of a filter and the successful execve of the program, each with the texts that
    strace printed of it, by any task under the filter: the one that installed it, all threads when it said so (TSYNC),
    and whatever these tasks clone later. With an init that runs the program, its calls alone."""
    lines = list(lines)
    leader = threads(lines)
    filtered, calls, begun_program = set(), {}, set()
    for tid, name, begun, text in stitched(lines):
        process = leader.get(tid, tid)
        if process in begun_program:
            continue
        if begun:
            if tid in filtered:
                calls.setdefault(name, set()).add(text)
            continue
        if name in ("seccomp", "prctl") and INSTALLS.search(text) and text.endswith("= 0"):
            filtered.add(tid)
            if "FLAG_TSYNC" in text:
                filtered |= {other for other in leader if leader[other] == process} | {process}
        elif name in ("clone", "clone3", "fork", "vfork") and tid in filtered:
            child = CHILD.search(text)
            if child:
                filtered.add(int(child["outer"] or child["plain"]))
        elif name == "execve" and tid in filtered and text.endswith("= 0"):
            if f'("{program}"' in text:
                begun_program.add(process)
            elif f'("{init}"' in text:
                calls = {"execve": {text}}
    if not begun_program:
        raise RuntimeError(f"{program} did not begin under a filter")
    return calls
