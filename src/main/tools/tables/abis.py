"""The ABIs of the tables as a compiler for x86 sees them: it only has to know sizes and the macros that headers ask for."""

import re
import subprocess
OWN = ("__x86_64__", "__x86_64", "__amd64__", "__amd64", "__i386__", "__i386", "i386", "__ILP32__")
LONG = ("-m64",)
SHORT = ("-m32", "-malign-double")  # 64-bit numbers are aligned to 8 bytes everywhere but on x86
MIPS = ("__mips__", "__MIPSEB__", "__MIPSEB", "_ABIO32=1", "_ABIN32=2", "_ABI64=3")

# ABI: the folder below uapi/, the options that give its sizes, the macros of its compilers.
ABIS = {
    "x86_64": ("x86", ("-m64",), None),
    "x86": ("x86", ("-m32",), None),
    "x32": ("x86", ("-mx32",), None),
    "aarch64": ("arm64", LONG, ("__aarch64__",)),
    "arm": ("arm", SHORT, ("__arm__", "__ARM_EABI__")),
    "riscv64": ("riscv", LONG, ("__riscv", "__riscv_xlen=64")),
    "s390x": ("s390", LONG, ("__s390x__", "__s390__")),
    "s390": ("s390", SHORT, ("__s390__",)),
    "ppc64le": ("powerpc", LONG, ("__powerpc__", "__powerpc64__", "_CALL_ELF=2")),
    "ppc64": ("powerpc", LONG, ("__powerpc__", "__powerpc64__", "_CALL_ELF=1")),
    "ppc": ("powerpc", SHORT, ("__powerpc__",)),
    "mips": ("mips", SHORT, (*MIPS, "_MIPS_SIM=1", "_MIPS_SZLONG=32", "_MIPS_SZPTR=32")),
    "mips64": ("mips", LONG, (*MIPS, "__mips64", "_MIPS_SIM=3", "_MIPS_SZLONG=64", "_MIPS_SZPTR=64")),
    "mips64n32": ("mips", SHORT, (*MIPS, "__mips64", "_MIPS_SIM=2", "_MIPS_SZLONG=32", "_MIPS_SZPTR=32")),
    "loongarch64": ("loongarch", LONG, ("__loongarch__", "__loongarch_grlen=64")),
}
SAME = {"mipsel": "mips", "mipsel64": "mips64", "mipsel64n32": "mips64n32"}  # byte order does not move a number

EVERY = [*ABIS, *SAME]
GROUPS = {
    "all": EVERY,
    "64": [abi for abi in EVERY if ABIS[SAME.get(abi, abi)][1] == LONG],
    "32": [abi for abi in EVERY if ABIS[SAME.get(abi, abi)][1] != LONG],
    "mips*": [abi for abi in EVERY if abi.startswith("mips")],
    "ppc*": [abi for abi in EVERY if abi.startswith("ppc")],
}


def labels(cell):
    """The ABIs that a cell means."""
    chosen = [abi for item in cell.removeprefix("!").split(",") for abi in GROUPS.get(item, [item])]
    return [abi for abi in EVERY if abi not in chosen] if cell.startswith("!") else chosen


def cell(having):
    """The shortest way to write these ABIs."""
    texts = []
    for mark, wanted in (("", set(having)), ("!", set(EVERY) - set(having))):
        left = set(wanted)
        items = []
        for group, members in sorted(GROUPS.items(), key=lambda group: -len(group[1])):
            if set(members) <= wanted and set(members) & left:
                items.append(group)
                left -= set(members)
        items += [abi for abi in EVERY if abi in left]
        if items:
            texts.append(mark + ",".join(items))
    return min(texts, key=len)


class Compiler:
    """Evaluates constant expressions after the headers of one ABI."""

    def __init__(self, abi, includes, folder):
        self.abi = abi
        self.includes = includes
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        _, size, macros = ABIS[abi]
        own = () if macros is None else (*(f"-U{name}" for name in OWN), *(f"-D{name}" for name in macros))
        search = [word for path in includes for word in ("-isystem", str(path))]
        self.command = ["gcc", "-nostdinc", "-w", "-fno-diagnostics-color", "-fmax-errors=0", *size, *own, *search]

    def values(self, headers, names):
        """Name to number of those that the headers define and that are constants, and the names that are none."""
        prelude = [f"#include <{header}>" for header in headers]
        wanted = dict(names)
        dropped = {}
        while wanted:
            failed = self._compile(prelude, wanted)
            if not failed:
                break
            dropped |= {name: kind for name, kind in wanted.items() if name in failed}
            wanted = {name: kind for name, kind in wanted.items() if name not in failed}
        if not wanted:
            return {}, dropped
        binary = self.folder / "values"
        section = ["objcopy", "-O", "binary", "-j", ".numbers", str(self.folder / "a.o"), str(binary)]
        subprocess.run(section, check=True)
        data = binary.read_bytes()
        pairs = [int.from_bytes(data[i : i + 8], "little", signed=True) for i in range(0, len(data), 8)]
        return {name: pairs[2 * i + 1] for i, name in enumerate(wanted) if pairs[2 * i]}, dropped

    def _compile(self, prelude, names):
        """Compiles a pair of numbers for each name, a line each; the names of the lines that failed."""
        lines = [*prelude, 'const long long numbers[] __attribute__((section(".numbers"))) = {']
        at = {}
        for name, kind in names.items():
            if kind == "macro":
                lines += [f"#ifndef {name}", "0, 0,", "#else"]
            at[len(lines) + 1] = name
            lines.append(f"1, (long long)({name}),")
            if kind == "macro":
                lines.append("#endif")
        lines.append("};")
        source = self.folder / "a.c"
        source.write_text("\n".join(lines) + "\n")
        run = subprocess.run(
            [*self.command, "-c", "-o", str(self.folder / "a.o"), str(source)], capture_output=True, text=True, check=False
        )
        if run.returncode == 0:
            return set()
        failed = set()
        for line in run.stderr.splitlines():
            match = re.match(rf"{re.escape(str(source))}:(\d+):.*error", line)
            if match and int(match[1]) in at:
                failed.add(at[int(match[1])])
        if not failed:
            raise ValueError(next(line for line in run.stderr.splitlines() if "error" in line))
        return failed
