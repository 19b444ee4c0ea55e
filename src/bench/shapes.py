"""shapes.py SHAPE BYTES TO: makes a trace of a shape from the recordings in traces/, the same for the same arguments.

Each copy of a recording has other tids, in its columns, results and arguments, and other addresses, as a run of its own
would. TO is a file, or for the shapes of many files a new folder.
"""
import pathlib
import random
import re
import shutil
import subprocess
import sys

from processes import HERE, ROOT, WORK, apart

TRACES = ROOT / "traces"
# The workload nginx of src/main/tools/traces, recorded with strace -f -y -yy -T -tt -k -o.
COLUMNS = HERE / "columns.strace.zst"
SMALL = "curl", "nginx", "node", "python", "redis"

TID = re.compile(rb"^\d+", re.MULTILINE)
NUMBER_COLUMN = re.compile(rb"^(\d+ +)\[ *\d+\] ", re.MULTILINE)
# the digits of an address that change from run to run
ADDRESS = rb"(?<=0x7f)[0-9a-f]{3}(?=[0-9a-f]{7}\b)|(?<=0x5[56])[0-9a-f]{3}(?=[0-9a-f]{7}\b)"
PROGRAM = re.compile(rb'(?<=execve\(")([^"]+)')
EXIT = re.compile(rb"exit_group| \+\+\+ ")


class Text:
    """Lines to be copied with other tids and addresses."""

    def __init__(self, text, kept=()):
        self.tids = sorted({int(tid) for tid in TID.findall(text)} - set(kept))
        numbers = b"|".join(b"%d" % tid for tid in self.tids) or b"(?!)"
        self.parts = re.split(rb"((?<![\w.])(?:%s)(?![\w.])|%s)" % (numbers, ADDRESS), text)
        self.places = {b"%d" % tid: i for i, tid in enumerate(self.tids)}

    def copy(self, base, chance):
        """The text with tids from base on, and addresses as chance has them."""
        shift = chance.randrange(1 << 12)
        parts = self.parts[:]
        known = {}
        for i in range(1, len(parts), 2):
            part = parts[i]
            if part not in known:
                place = self.places.get(part)
                known[part] = b"%03x" % ((int(part, 16) + shift) & 0xFFF) if place is None else b"%d" % (base + place)
            parts[i] = known[part]
        return b"".join(parts)


def recorded(path, numbers=False):
    """The text of a recording, without the column of -n unless it is wanted."""
    text = subprocess.run(["zstd", "-dcf", path], check=True, stdout=subprocess.PIPE).stdout
    return text if numbers else NUMBER_COLUMN.sub(rb"\1", text)


def named(*names, numbers=False):
    return [Text(recorded(TRACES / f"{name}.strace.zst", numbers)) for name in names]


def one_run(size, texts, chance):
    """Recordings one after the other as one run: the next begins before the last task of the one before exits."""
    exits, written = b"", 0
    while written < size:
        text = chance.choice(texts).copy(chance.randrange(1000, 4_000_000), chance)
        lines = text.splitlines(keepends=True)
        *_, survivor = (TID.match(line)[0] for line in lines if b" +++ " in line)
        end = next(i for i, line in enumerate(lines) if line.startswith(survivor) and EXIT.search(line))
        second = next(i for i, line in enumerate(lines) if i > 0 and TID.match(line))
        text = b"".join([*lines[:second], exits, *lines[second:end]])[: size - written]
        text = text[: text.rfind(b"\n") + 1]
        if not text:
            return
        yield text
        written += len(text)
        exits = b"".join(lines[end:])


def session(size, chance, rename=lambda text: text):
    """One shell that starts short processes as long as there is room."""
    lines = recorded(TRACES / "git.strace.zst").splitlines(keepends=True)
    shell = TID.match(lines[0])[0]
    own = [i for i, line in enumerate(lines) if line.startswith(shell)]
    first = next(i for i in own if b" fork(" in lines[i] or b"clone" in lines[i])
    last = next(i for i in own if b" exit_group(" in lines[i])
    body = Text(b"".join(lines[first:last]), kept=[int(shell)])
    yield b"".join(lines[:first])
    written, base = 0, int(shell) + 1
    while written < size:
        text = rename(body.copy(base, chance))
        yield text
        written += len(text)
        base += len(body.tids)
        if base > 4_000_000:
            base = int(shell) + 1
    yield b"".join(lines[last:])


def programs(size, chance):
    """A session in which nothing is executed twice."""
    count = iter(range(1_000_000))
    return session(size, chance, lambda text: PROGRAM.sub(lambda match: b"%s-%d" % (match[1], next(count)), text))


def fork_bomb(size, chance):
    """Tasks that each fork two more, all alive at once: 10^5 of them, four lines each, are 26 MB."""
    lines = recorded(TRACES / "nginx.strace.zst").splitlines()
    own = TID.match(lines[0])[0]
    execute, called, fork, *ends = (
        next(line[len(own) :] for line in lines if line.startswith(own) and part in line)
        for part in (b" execve(", b" set_robust_list(", b" clone(child_stack=NULL", b" exit_group(", b" +++ ")
    )
    fork = fork[: fork.rindex(b" = ") + 3]
    count = max(2, size // 258)
    tids = range(10_000, 10_000 + count)
    yield b"%d%s\n" % (tids[0], execute)
    for i, tid in enumerate(tids):
        yield b"%d%s\n" % (tid, called)
        for child in (2 * i + 1, 2 * i + 2):
            if child < count:
                yield b"%d%s%d\n" % (tid, fork, tids[child])
    order = list(tids)
    chance.shuffle(order)
    for tid in order:
        yield b"".join(b"%d%s\n" % (tid, end) for end in ends)


def copies(size, texts, chance):
    """Texts that follow one another, or are a file each."""
    written = 0
    while written < size:
        text = chance.choice(texts).copy(chance.randrange(1000, 4_000_000), chance)
        yield text
        written += len(text)


def runs(size, chance):
    """Whole recordings in one file, as strace -A appends them."""
    return copies(size, named(*SMALL, "java", "postgres-2"), chance)


def heads():
    """The first thousand lines of recordings."""
    texts = [recorded(TRACES / f"{name}.strace.zst") for name in ("nginx", "node", "python", "redis", "java", "git")]
    return [Text(b"".join(text.splitlines(keepends=True)[:1000])) for text in texts]


# What people bring, by the names that the tables show, and its share of the size that is asked for.
SHAPES = {
    "numbers": (1, lambda size, chance: one_run(size, named("postgres-1", "java", numbers=True), chance)),
    "server": (1 / 5, lambda size, chance: one_run(size, named("postgres-1"), chance)),
    "threads": (1 / 5, lambda size, chance: one_run(size, named("java"), chance)),
    "columns": (1 / 5, lambda size, chance: one_run(size, [Text(recorded(COLUMNS))], chance)),
    "session": (1 / 5, session),
    "programs": (1 / 5, programs),
    "fork-bomb": (1 / 40, fork_bomb),
    "runs": (1 / 5, runs),
    "files": (1 / 8, lambda size, chance: copies(size, named(*SMALL), chance)),
    "small-files": (2 / 5, lambda size, chance: copies(size, heads(), chance)),
}
# Those of many files.
FOLDERS = "files", "small-files"


def make(shape, size, to):
    share, lines_of = SHAPES[shape]
    texts = lines_of(int(size * share), random.Random(20260101))
    if shape in FOLDERS:
        to.mkdir()
        for i, text in enumerate(texts):
            (to / f"{i:04}.strace").write_bytes(text)
    else:
        with open(to, "wb") as file:
            file.writelines(texts)


def size(text):
    return int(text[:-1]) << {"k": 10, "M": 20, "G": 30}[text[-1]] if text[-1] in "kMG" else int(text)


def made(shape, wanted):
    """The trace of a shape under target/bench, a file or a folder, made unless it is there."""
    to = WORK / (f"{wanted}.{shape}" if shape in FOLDERS else f"{wanted}.{shape}.strace")
    if not to.exists():
        new = WORK / "new"
        shutil.rmtree(new) if new.is_dir() else new.unlink(missing_ok=True)
        apart(make, shape, wanted, new)
        new.rename(to)
    return to


if __name__ == "__main__":
    make(sys.argv[1], int(sys.argv[2]), pathlib.Path(sys.argv[3]))
