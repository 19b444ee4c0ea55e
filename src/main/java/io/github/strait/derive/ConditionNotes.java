package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.condition.CallConditions;
import io.github.strait.condition.Obstacle;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Notes on calls that have no conditions although the catalogue has some for them, and on what undoes conditions. */
public final class ConditionNotes {
    private static final String CODE = "no-condition";

    /** What requests of io_uring can do in place of a call. */
    private static final ImmutableSet<String> BY_IO_URING = ImmutableSet.of(
            "accept4", "madvise", "open", "openat", "recvmsg", "recvfrom", "sendmsg", "sendto", "setsockopt", "socket");

    private final Derivation derivation;
    private final Sharing sharing;

    /** The calls of a kind of reason, with the words. */
    private final Map<Obstacle.Kind, TreeMap<String, String>> calls = new TreeMap<>();

    private final Map<Obstacle.Kind, SourcePosition> first = new TreeMap<>();
    private final List<Diagnostic> notes = new ArrayList<>();

    private ConditionNotes(Derivation derivation, Sharing sharing) {
        this.derivation = derivation;
        this.sharing = sharing;
    }

    /** The notes on a document with this sharing: at most one of a kind. */
    public static ImmutableList<Diagnostic> of(Derivation derivation, Sharing sharing) {
        ConditionNotes all = new ConditionNotes(derivation, sharing);
        all.collect();
        return ImmutableList.copyOf(all.notes);
    }

    private void collect() {
        TreeSet<String> conditional = new TreeSet<>();
        TreeSet<String> hidden = new TreeSet<>();
        for (Map.Entry<Arch, Rationale> each : derivation.rationales().entrySet()) {
            Arch arch = each.getKey();
            for (Map.Entry<String, CallConditions> call :
                    derivation.conditions(arch, sharing).entrySet()) {
                for (Obstacle obstacle : call.getValue().obstacles()) {
                    add(call.getKey(), obstacle);
                }
                if (call.getValue().isConditional()) {
                    conditional.add(call.getKey());
                    hidden(call.getKey(), arch, each.getValue(), hidden);
                }
            }
        }
        unknown();
        note(Obstacle.Kind.VALUES, Obstacle.Kind.RULES, "");
        note(Obstacle.Kind.CLONE3, Obstacle.Kind.MULTIPLEXER, "");
        note(Obstacle.Kind.ARCHITECTURES, Obstacle.Kind.ARCHITECTURES, "");
        if (!hidden.isEmpty()) {
            notes.add(Diagnostic.note(
                    "hidden-arguments",
                    null,
                    "conditions do not hold where another call hides the arguments: " + String.join(", ", hidden)));
        }
        conditional.retainAll(BY_IO_URING);
        if (!conditional.isEmpty() && isAllowed("io_uring_setup")) {
            notes.add(Diagnostic.note(
                    "hidden-arguments",
                    null,
                    "io_uring_setup is allowed, and its requests pass no filter: conditions on "
                            + String.join(", ", conditional) + " do not hold for them"));
        }
    }

    private static void hidden(String name, Arch arch, Rationale rationale, Set<String> hidden) {
        Optional<String> multiplexer = Multiplexer.of(name, arch);
        if (multiplexer.isPresent() && rationale.reasons().containsKey(multiplexer.get())) {
            hidden.add(name + " on " + arch.label() + " by " + multiplexer.get());
        }
    }

    private boolean isAllowed(String name) {
        for (Rationale rationale : derivation.rationales().values()) {
            if (rationale.reasons().containsKey(name)) {
                return true;
            }
        }
        return false;
    }

    private void add(String name, Obstacle obstacle) {
        calls.computeIfAbsent(obstacle.kind(), key -> new TreeMap<>()).putIfAbsent(name, obstacle.words());
        obstacle.at()
                .ifPresent(at ->
                        first.merge(obstacle.kind(), at, (one, other) -> one.compareTo(other) <= 0 ? one : other));
    }

    private void unknown() {
        TreeMap<String, String> unknown = calls.get(Obstacle.Kind.UNKNOWN);
        if (unknown != null) {
            notes.add(note(unknown, first.get(Obstacle.Kind.UNKNOWN), "; record with: strait record"));
        }
    }

    private void note(Obstacle.Kind one, Obstacle.Kind other, String fix) {
        TreeMap<String, String> both = new TreeMap<>(calls.getOrDefault(one, new TreeMap<>()));
        both.putAll(calls.getOrDefault(other, new TreeMap<>()));
        if (!both.isEmpty()) {
            notes.add(note(both, null, fix));
        }
    }

    private static Diagnostic note(Map<String, String> calls, @Nullable SourcePosition at, String fix) {
        List<String> words = new ArrayList<>();
        calls.forEach((name, why) -> words.add(name + " (" + why + ")"));
        return Diagnostic.note(CODE, at, "no condition on arguments of " + String.join(", ", words) + fix);
    }
}
