package io.github.strait.observation;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads what an observation says of a call on one ABI, and refuses what no trace can show. */
final class CallReader {
    private static final List<String> KEYS = List.of(
            "count",
            "succeeded",
            "unreturned",
            "errors",
            SharedRows.FIRST,
            "programs",
            "morePrograms",
            "alternatives",
            ArgumentsJson.KEY);
    private static final List<String> ROW_KEYS = List.of(
            SharedRows.NAME,
            "count",
            "succeeded",
            "unreturned",
            "errors",
            "programs",
            "morePrograms",
            "alternatives",
            ArgumentsJson.KEY);
    private final ObservedNames names;
    private final Consumer<ObservationNode> unknown;

    /** @param unknown called for keys that this version does not know */
    CallReader(ObservedNames names, Consumer<ObservationNode> unknown) {
        this.names = names;
        this.unknown = unknown;
    }

    /** A call of one run. */
    SyscallObservation read(ObservationNode call, String name, Arch arch) {
        call.expect(KEYS, unknown);
        return counts(call, name, arch, Optional.of(position(call.get(SharedRows.FIRST))));
    }

    /** A call of several runs, without a position. */
    SyscallObservation readRow(ObservationNode call, String name, Arch arch) {
        call.expect(ROW_KEYS, unknown);
        return counts(call, name, arch, Optional.empty());
    }

    private SyscallObservation counts(ObservationNode syscall, String name, Arch arch, Optional<SourcePosition> first) {
        TreeMap<String, Long> errors = new TreeMap<>();
        if (syscall.has("errors")) {
            syscall.get("errors").properties().forEach(error -> errors.put(errno(error), positive(error)));
        }
        long count = positive(syscall.get("count"));
        long succeeded = syscall.get("succeeded").count();
        long unreturned = syscall.has("unreturned") ? syscall.get("unreturned").count() : 0;
        long results = errors.values().stream().mapToLong(Long::longValue).sum() + succeeded + unreturned;
        if (results != count) {
            throw syscall.fault("has \"count\" " + count + ", and the results add up to " + results);
        }
        List<ObservationNode> programs = syscall.optionalTexts("programs");
        if (programs.size() > SyscallObservation.PROGRAMS) {
            throw syscall.get("programs").fault("lists more than " + SyscallObservation.PROGRAMS + " programs");
        }
        return new SyscallObservation(
                count,
                succeeded,
                unreturned,
                ImmutableSortedMap.copyOf(errors),
                first.orElse(SharedRows.NOWHERE),
                programs.stream()
                        .map(ObservationNode::text)
                        .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo)),
                syscall.has("morePrograms") && syscall.get("morePrograms").flag(),
                syscall.optionalTexts("alternatives").stream()
                        .map(alternative -> alternative(alternative, name, arch))
                        .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo)),
                new ArgumentsJson.Reader(syscall, name, arch, first.isPresent(), unknown).read(count));
    }

    /** Alternatives are allowed like the call itself, so only those that some strace leaves open are accepted. */
    private String alternative(ObservationNode at, String name, Arch arch) {
        String alternative = names.name(at, at.text(), arch);
        if (!names.isAmbiguous(name, alternative, arch)) {
            throw at.fault(
                    "says '" + alternative + "', which strace on " + arch.label() + " never prints for '" + name + "'");
        }
        return alternative;
    }

    static long positive(ObservationNode at) {
        if (at.count() == 0) {
            throw at.fault("counts what never happened");
        }
        return at.count();
    }

    /** An errno as strace prints it, by name or by number; {@code other} for all that were too many or too long. */
    private static String errno(ObservationNode at) {
        if (!at.key().matches("E\\w{0,31}|\\d{0,32}|other")) {
            throw at.fault("is not an errno");
        }
        return at.key();
    }

    /** {@code FILE:LINE}, or a file alone. */
    static SourcePosition position(ObservationNode at) {
        String text = at.text();
        int colon = text.lastIndexOf(':');
        if (colon < 0 || !text.substring(colon + 1).matches("\\d{1,18}")) {
            return SourcePosition.ofFile(text);
        }
        return new SourcePosition(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
    }
}
