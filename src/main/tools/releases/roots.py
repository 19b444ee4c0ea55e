"""Unpacks Debian packages with all that they depend on into a folder that a program can have as its root; installs nothing."""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tables"))
from debian import apt, mirror

# In a merged system these are links, which the packages of Debian 12 do not bring along.
MERGED = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
PASSWD = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\nwww-data:x:33:33:www:/:/bin/sh\n"
GROUP = "root:x:0:\nnogroup:x:65534:\nwww-data:x:33:\nadm:x:4:\ntty:x:5:\n"


def packages(folder, suite, arch, wanted):
    """Downloads the packages and what they need; their files."""
    installed = folder / "status"
    installed.touch()
    settings = [f"Dir::State::status={installed}", f"APT::Architecture={arch}", f"APT::Architectures::={arch}"]
    command = [*apt(folder), *(word for setting in settings for word in ("-o", setting))]
    uri, key = mirror()
    signed = f"[arch={arch} signed-by={key}] " if key else f"[arch={arch}] "
    (folder / "apt/sources.list").write_text(f"deb {signed}{uri} {suite} main\n", encoding="utf-8")
    get = ["install", "--download-only", "--no-install-recommends", "-y", *wanted]
    for words in (["update"], get):
        if subprocess.run(command + words, stdout=sys.stderr, check=False).returncode:
            sys.exit(f"apt-get {words[0]} failed for {suite} {arch}")
    return sorted((folder / "apt/cache/archives").glob("*.deb"))


def root(folder, suite, arch, wanted):
    """The root of a suite, made when it is not there."""
    tree = folder / f"{suite}-{arch}"
    if (tree / "made").exists():
        return tree
    state = folder / f"{suite}-{arch}.packages"
    state.mkdir(parents=True, exist_ok=True)
    for name in MERGED:
        (tree / "usr" / name).mkdir(parents=True, exist_ok=True)
        if not (tree / name).is_symlink():
            (tree / name).symlink_to(f"usr/{name}")
    for deb in packages(state, suite, arch, wanted):
        with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", deb], stdout=subprocess.PIPE) as tar:
            subprocess.run(["tar", "-x", "--keep-directory-symlink", "-C", tree], stdin=tar.stdout, check=True)
    for name in ("dev", "proc", "tmp", "run", "host", "out", "root", "usr/local/bin", "workloads"):
        (tree / name).mkdir(parents=True, exist_ok=True)
    (tree / "etc/passwd").write_text(PASSWD, encoding="utf-8")
    (tree / "etc/group").write_text(GROUP, encoding="utf-8")
    (tree / "etc/hosts").write_text("127.0.0.1 localhost\n", encoding="utf-8")
    (tree / "etc/nsswitch.conf").write_text("passwd: files\ngroup: files\nhosts: files\n", encoding="utf-8")
    subprocess.run(["chroot", tree, "/sbin/ldconfig"], check=False)
    subprocess.run(["chroot", tree, "python3", "-c", "import asyncio, http.server, sqlite3, ssl"], check=False)
    (tree / "made").touch()
    return tree
