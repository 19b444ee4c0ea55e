package io.github.strait.format.oci;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.json.Json;
import io.github.strait.profile.Scope;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The scope of a rule as Docker and Podman read it. They compare text, so a misspelt machine or capability never
 * matches. Only Docker reads a kernel, as two numbers of 8 bits.
 *
 * @param isNever whether the rule includes only what never matches
 */
record DraftScope(Scope scope, boolean isNever) {
    private static final Pattern CAPABILITY = Pattern.compile("CAP_[A-Z0-9_]+");
    private static final Pattern KERNEL = Pattern.compile("([0-9]{1,9})\\.([0-9]{1,9})");
    private static final int MOST = 255;

    /** Whether the rule counts on some kernel of the machine with some capabilities. */
    boolean mayApply(Arch machine) {
        return !isNever && scope.mayApply(machine);
    }

    /** One of the two clauses, and whether it lists something that never matches. */
    private record WrittenClause(Scope.Clause clause, boolean hasUnknownCapability, boolean hasUnknownMachinesOnly) {}

    static DraftScope of(DraftFaults faults, DraftObject rule) {
        WrittenClause includes = clause(faults, rule, "includes");
        WrittenClause excludes = clause(faults, rule, "excludes");
        return new DraftScope(
                new Scope(includes.clause(), excludes.clause()),
                !faults.guesses() && (includes.hasUnknownCapability() || includes.hasUnknownMachinesOnly()));
    }

    private static WrittenClause clause(DraftFaults faults, DraftObject rule, String key) {
        Optional<DraftObject> object = rule.take(key).flatMap(json -> rule.object(key, "'" + key + "'", json));
        if (object.isEmpty()) {
            return new WrittenClause(Scope.Clause.NONE, false, false);
        }
        DraftObject clause = object.get();
        ImmutableSortedSet.Builder<Arch> arches = ImmutableSortedSet.naturalOrder();
        int machines = 0;
        for (Json json : clause.elements("arches")) {
            machines++;
            clause.token(
                            json.isNull() ? new Json.Text(json.line(), "") : json,
                            "arches",
                            Fault.Kind.UNKNOWN_MACHINE,
                            Engines.NONE,
                            Architectures::ofMobyName,
                            Guess::arch,
                            Arch::mobyName,
                            Arch.values())
                    .ifPresent(arch -> arches.add(arch.value()));
        }
        ImmutableSortedSet<Arch> known = arches.build();
        ImmutableSortedSet.Builder<String> caps = ImmutableSortedSet.naturalOrder();
        boolean unknown = false;
        for (Json json : clause.elements("caps")) {
            Optional<String> cap = clause.text("caps", json.isNull() ? new Json.Text(json.line(), "") : json)
                    .map(Located::value);
            boolean legal =
                    cap.filter(text -> CAPABILITY.matcher(text).matches()).isPresent();
            if (legal) {
                caps.add(cap.orElseThrow());
            } else {
                unknown = true;
                cap.ifPresent(text -> faults.warning(
                        Fault.Kind.BAD_SCOPE,
                        json.line(),
                        "'" + DraftObject.word(text) + "' is not a capability such as CAP_SYS_ADMIN, and never matches",
                        "write a capability such as CAP_SYS_ADMIN"));
            }
        }
        Optional<KernelVersion> kernel = clause.text("minKernel").flatMap(text -> kernel(faults, text));
        clause.noteTheRest(ImmutableSet.of("arches", "caps", "minKernel"));
        return new WrittenClause(
                new Scope.Clause(known, caps.build(), kernel), unknown, machines > 0 && known.isEmpty());
    }

    private static Optional<KernelVersion> kernel(DraftFaults faults, Located<String> text) {
        if (text.value().isEmpty()) {
            return Optional.empty();
        }
        var matcher = KERNEL.matcher(text.value());
        if (matcher.matches()) {
            int major = Integer.parseInt(matcher.group(1));
            int minor = Integer.parseInt(matcher.group(2));
            if (major <= MOST && minor <= MOST && major + minor > 0) {
                return Optional.of(new KernelVersion(major, minor));
            }
        }
        faults.refused(
                Fault.Kind.BAD_SCOPE,
                text.line(),
                Engines.ONLY_DOCKER,
                "'" + DraftObject.word(text.value())
                        + "' is not a kernel as MAJOR.MINOR, such as 5.3, and Docker refuses the document",
                "write a kernel as MAJOR.MINOR, such as 5.3");
        return Optional.empty();
    }
}
