package io.github.strait.audit;

import io.github.strait.evidence.Evidence;
import io.github.strait.evidence.EvidenceReader;
import io.github.strait.observation.Observation;
import io.github.strait.syscall.Arch;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Logs as this kernel, journalctl, dmesg and ausearch write them. */
final class Logs {
    /** Of a program that calls getppid, the number 500, and getpid as x32. */
    static final List<String> MESSAGES = List.of(
            message("trig", "/srv/audits/trig", "c000003e", 110, "0x7ffc0000"),
            message("trig", "/srv/audits/trig", "c000003e", 500, "0x5000d"),
            message("trig", "/srv/audits/trig", "c000003e", 1073741863, "0x80000000"));

    private Logs() {}

    static String message(String comm, String exe, String arch, long syscall, String code) {
        return "audit: type=1326 audit(1795912388.420:103295): " + fields(comm, exe, arch, syscall, code);
    }

    static String fields(String comm, String exe, String arch, long syscall, String code) {
        return fields("auid=4294967295 uid=0 gid=0 ses=4294967295 pid=19727", comm, exe, arch, syscall, code);
    }

    static String fields(String task, String comm, String exe, String arch, long syscall, String code) {
        return task + " comm=\"" + comm + "\" exe=\"" + exe + "\" sig=0 arch=" + arch + " syscall=" + syscall
                + " compat=0 ip=0x7fb5904fa829 code=" + code;
    }

    static Evidence read(String log) {
        return read(log.getBytes(StandardCharsets.UTF_8), Selection.ALL);
    }

    static Evidence read(byte[] log, Selection selection) {
        EvidenceReader reader = new EvidenceReader(Optional.empty(), Arch.X86_64, new ByteArrayInputStream(log));
        return (selection.isAll() ? reader : reader.selecting(selection)).read(List.of("-"));
    }

    /** Every call with its count, as {@code x86_64 getppid 1}, by name. */
    static List<String> calls(Observation observation) {
        List<String> calls = new ArrayList<>();
        observation
                .architectures()
                .forEach((arch, seen) -> seen.syscalls()
                        .forEach((name, call) -> calls.add(arch.label() + " " + name + " " + call.count())));
        return calls;
    }
}
