"""Fetches the pinned packages of packages.tsv with apt-get, checks them, and unpacks them; installs nothing."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def rows(path):
    """The rows of a table file as dictionaries; lines that begin with # are comments."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    table = []
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(header):
            sys.exit(f"{path}: expected {len(header)} columns: {line}")
        table.append(dict(zip(header, cells)))
    return table


def mirror():
    """The archive that this machine's own apt uses, with its keyring: the project names no host."""
    sources = Path("/etc/apt")
    for path in [sources / "sources.list", *sorted((sources / "sources.list.d").glob("*"))]:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        for stanza in re.split(r"\n\s*\n", text):
            uri = re.search(r"^URIs:\s*(\S+/debian)/?\s*$", stanza, re.M)
            key = re.search(r"^Signed-By:\s*(\S+)", stanza, re.M)
            if uri:
                return uri[1], key[1] if key else ""
        uri = re.search(r"^deb\s+(?:\[([^]]*)\]\s+)?(\S+/debian)/?\s", text, re.M)
        if uri:
            key = re.search(r"signed-by=(\S+)", uri[1] or "")
            return uri[2], key[1] if key else ""
    sys.exit("no Debian archive among this machine's apt sources; put the packages into the folder by hand")


def apt(folder):
    """An apt-get that keeps its lists and packages in a folder of its own and sees no installed package."""
    state = folder / "apt"
    (state / "lists/partial").mkdir(parents=True, exist_ok=True)
    (state / "cache/archives/partial").mkdir(parents=True, exist_ok=True)
    options = {
        "Dir::Etc::sourcelist": state / "sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State::lists": state / "lists",
        "Dir::State::status": "/dev/null",
        "Dir::Cache": state / "cache",
        "APT::Sandbox::User": "root",
    }
    return ["apt-get", "-q", *(word for key, value in options.items() for word in ("-o", f"{key}={value}"))]


def fetch(folder, pins):
    """Downloads what the folder lacks."""
    wanted = [pin for pin in pins if not deb(folder, pin).exists()]
    if not wanted:
        return
    command = apt(folder)
    uri, key = mirror()
    signed = f"[signed-by={key}] " if key else ""
    suites = sorted({pin["suite"] for pin in wanted})
    (folder / "apt/sources.list").write_text("".join(f"deb {signed}{uri} {suite} main\n" for suite in suites))
    packages = [f"{pin['package']}={pin['version']}" for pin in wanted]
    for words in (["update"], ["download", *packages]):
        if subprocess.run(command + words, cwd=folder, stdout=sys.stderr, check=False).returncode:
            sys.exit(f"apt-get {' '.join(words)} failed; a superseded version has to be put into {folder} by hand")


def deb(folder, pin):
    """Where a package is or will be: most are for all architectures."""
    name = f"{pin['package']}_{pin['version'].replace(':', '%3a')}"
    return next(folder.glob(f"{name}_*.deb"), folder / f"{name}_all.deb")


def unpacked(folder, keys):
    """Each package's key with the folder that holds its files, and the lines that name the packages."""
    folder.mkdir(parents=True, exist_ok=True)
    pins = [pin for pin in rows(HERE / "packages.tsv") if pin["key"] in keys]
    fetch(folder, pins)
    trees = {}
    for pin in pins:
        file = deb(folder, pin)
        found = hashlib.sha256(file.read_bytes()).hexdigest()
        if found != pin["sha256"]:
            sys.exit(f"{file}: sha256 is {found}, packages.tsv says {pin['sha256']}")
        tree = trees[pin["key"]] = folder / file.stem
        if not tree.exists():
            subprocess.run(["dpkg-deb", "-x", file, tree], check=True)
    return trees, [f"{pin['package']} {pin['version']}: {pin['used for']}" for pin in pins]
