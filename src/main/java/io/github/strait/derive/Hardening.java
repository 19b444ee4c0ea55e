package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.ValueNames;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.format.Limits;
import io.github.strait.observation.Completeness;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.observation.RunMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The directives of a unit for arguments that refuse nothing of what the evidence shows. They refuse more than their names
 * say, as measured: see the page on systemd. One value that is not known, or one run that is not whole, proves nothing.
 *
 * @param limits the directives that are safe
 * @param notes what speaks against the others
 */
public record Hardening(Limits limits, ImmutableList<Diagnostic> notes) {
    /** None is asked for. */
    public static final Hardening NONE = new Hardening(Limits.NONE, ImmutableList.of());

    private static final String CODE = "no-hardening";

    /** {@code AF_XDP}: older systemds do not know the names of later families, and would refuse them. */
    private static final long LAST_FAMILY = 44;

    /** {@code CLONE_NEWNS} and the other flags of namespaces that clone has. */
    private static final long NAMESPACES = 0x7e020000L;

    /** {@code CLONE_NEWTIME}: in the flags of clone the bit belongs to the signal. */
    private static final long NEW_TIME = 0x80;

    private static final long PROT_WRITE = 2;
    private static final long PROT_EXEC = 4;
    private static final long SHM_EXEC = 0x8000;

    /** With it, memory that a program asks to read is executable too. */
    private static final long READ_IMPLIES_EXEC = 0x400000;

    /** {@code personality(0xffffffff)} asks and changes nothing. */
    private static final long QUERY = 0xffffffffL;

    /** Decides by the evidence that a derivation was made of. */
    public static Hardening of(Observation observation, Derivation derivation) {
        Optional<Diagnostic> gap = gap(observation, derivation);
        if (gap.isPresent()) {
            return new Hardening(Limits.NONE, ImmutableList.of(gap.get()));
        }
        List<Diagnostic> notes = new ArrayList<>();
        TreeSet<String> families = new TreeSet<>();
        boolean areFamiliesKnown =
                isSafe("RestrictAddressFamilies=", families(new Objections(observation, derivation), families), notes);
        Limits limits = new Limits(
                areFamiliesKnown ? Optional.of(withRelated(families)) : Optional.empty(),
                isSafe("RestrictNamespaces=", namespaces(new Objections(observation, derivation)), notes),
                isSafe("MemoryDenyWriteExecute=", memory(new Objections(observation, derivation)), notes),
                isSafe(
                        "LockPersonality=",
                        new Objections(observation, derivation)
                                .never("personality", "personality is called, and even to ask for it would be refused"),
                        notes));
        return new Hardening(limits, ImmutableList.copyOf(notes));
    }

    private static boolean isSafe(String directive, Objections objections, List<Diagnostic> notes) {
        Optional<Objections.Objection> first = objections.first();
        first.ifPresent(objection -> notes.add(note(
                objection.at(),
                directive + " is not written, for the evidence does not prove it safe: " + objection.why())));
        return first.isEmpty();
    }

    private static Diagnostic note(Optional<SourcePosition> at, String message) {
        return Diagnostic.note(CODE, at.orElse(null), message);
    }

    private static Optional<Diagnostic> gap(Observation observation, Derivation derivation) {
        if (!derivation.derived().isEmpty()) {
            String arch = derivation.derived().firstKey().label();
            return Optional.of(none(Optional.empty(), arch + " has no evidence of its own"));
        }
        for (Run run : observation.runs()) {
            Optional<SourcePosition> file = Optional.of(SourcePosition.ofFile(run.source()));
            Optional<Completeness> completeness = run.completeness();
            if (run.isPartial() || run.marks().contains(RunMark.SUMMARY_ONLY)) {
                return Optional.of(none(file, "the run does not show all calls and their arguments"));
            }
            if (run.lines().unparsed() > 0) {
                Optional<SourcePosition> line = run.unparsedAt().stream().findFirst();
                return Optional.of(none(line.or(() -> file), "a line is not understood"));
            }
            if (completeness.isEmpty()) {
                return Optional.of(none(file, "nothing says whether the run is whole; summarize its trace again"));
            }
            if (!completeness.get().isWhole()) {
                Completeness.Sign sign =
                        completeness.get().signs().values().iterator().next();
                return Optional.of(none(Optional.of(sign.place().at()), "the run is not whole"));
            }
        }
        return Optional.empty();
    }

    private static Diagnostic none(Optional<SourcePosition> at, String why) {
        return note(at, "no directive of --hardening is written, for the evidence does not prove any safe: " + why);
    }

    /** @param families where the names of the families are put */
    private static Objections families(Objections objections, TreeSet<String> families) {
        for (String call : List.of("socket", "socketpair")) {
            objections.values(call, call + " is called for a family that not every systemd knows", (arch, family) -> {
                if (family == 0) {
                    return false; // AF_UNSPEC: the kernel has no such sockets, and returns the same error
                }
                String name = new ValueNames(call, arch).of(0, family, Map.of());
                families.add(name);
                return family < 0 || family > LAST_FAMILY || !name.startsWith("AF_");
            });
        }
        return objections;
    }

    /** With the families that a program turns to on another machine: libcs to AF_UNIX, for nscd and syslog. */
    private static ImmutableSortedSet<String> withRelated(TreeSet<String> families) {
        TreeSet<String> all = new TreeSet<>(families);
        if (families.contains("AF_INET") || families.contains("AF_INET6")) {
            all.addAll(List.of("AF_INET", "AF_INET6"));
        }
        if (!families.isEmpty()) {
            all.add("AF_UNIX");
        }
        return ImmutableSortedSet.copyOfSorted(all);
    }

    private static Objections namespaces(Objections objections) {
        objections.never("setns", "setns is called, and all calls of it would be refused");
        objections.values("clone", "clone makes a namespace", (arch, flags) -> (flags & NAMESPACES) != 0);
        objections.values(
                "unshare", "unshare makes a namespace", (arch, flags) -> (flags & (NAMESPACES | NEW_TIME)) != 0);
        objections.values(
                "clone3",
                "clone3 makes a namespace, or does what clone cannot, which callers would use instead",
                (arch, flags) -> !CloneFlags.isPlain(flags, arch));
        objections.replaced("clone3", "clone");
        return objections;
    }

    private static Objections memory(Objections objections) {
        for (String call : List.of("mmap", "mmap2")) {
            objections.values(
                    call,
                    call + " asks for memory that is writable and executable",
                    (arch, bits) -> (bits & PROT_WRITE) != 0 && (bits & PROT_EXEC) != 0);
        }
        for (String call : List.of("mprotect", "pkey_mprotect")) {
            objections.values(call, call + " makes memory executable", (arch, bits) -> (bits & PROT_EXEC) != 0);
        }
        objections.values("shmat", "shmat asks for executable memory", (arch, flags) -> (flags & SHM_EXEC) != 0);
        objections.values(
                "personality",
                "personality makes all readable memory executable",
                (arch, persona) -> persona != QUERY && (persona & READ_IMPLIES_EXEC) != 0);
        return objections;
    }
}
