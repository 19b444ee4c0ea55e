package io.github.strait.lint;

import io.github.strait.format.Engine;
import io.github.strait.format.oci.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reports the faults that the reader found. Each kind of fault has an instance, and thus an id, of its own. */
record DocumentCheck(Fault.Kind kind) implements Check {
    @Override
    public String id() {
        return kind.id();
    }

    @Override
    public String source() {
        return switch (kind) {
            case SYMBOLIC_ERRNO -> "measured: Podman 4.3; read: containers-common pkg/seccomp";
            case BAD_SCOPE, UNKNOWN_MACHINE, UNREAD_ENTRY, ARCHITECTURES_TWICE ->
                "measured: Docker 20.10; read: moby profiles/seccomp";
            case CONTRADICTING_CONDITIONS, MIXED_BYTE_ORDER -> "measured: libseccomp 2.5.4 (EEXIST, EDOM)";
            case YOUNG_ARCHITECTURE, RUNC_FLAGS -> RUNTIMES;
            default -> "measured: runc 1.1.5, crun 1.8.1, Docker 20.10, Podman 4.3";
        };
    }

    @Override
    public void check(Subject subject, Findings findings) {
        Engine engine = subject.draft().reader().engine();
        Map<String, List<Fault>> byCause = new LinkedHashMap<>();
        for (Fault fault : subject.draft().faults()) {
            if (fault.kind() == kind) {
                // faults that every rule has in the same way are one cause; other faults each have their own
                String cause = kind == Fault.Kind.SINGULAR_NAME ? fault.what() : fault.toString();
                byCause.computeIfAbsent(cause, key -> new ArrayList<>()).add(fault);
            }
        }
        byCause.values().forEach(faults -> {
            Fault first = faults.get(0);
            findings.add(
                    first.severity(engine),
                    first.line(),
                    first.rule(),
                    first.syscalls(),
                    first.what()
                            + Wording.places(faults.stream().map(Fault::line).toList()),
                    first.fix());
        });
    }
}
