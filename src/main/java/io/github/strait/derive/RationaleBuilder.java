package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Sets;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Fallback;
import io.github.strait.syscall.NamelessCall;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.Syscalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Collects why calls are allowed on one ABI: the evidence, what it may mean instead, then each layer; and how calls that
 * nothing allows are denied.
 */
final class RationaleBuilder {
    private static final String CLONE = "clone";
    private static final String ENOSYS = "ENOSYS";

    private final Arch arch;
    private final List<Diagnostic> diagnostics;
    private final TreeMap<String, List<Reason>> reasons = new TreeMap<>();
    private final TreeSet<String> shown = new TreeSet<>();
    private final TreeMap<String, Denial> denials = new TreeMap<>();
    private final TreeMap<String, Denial> elided = new TreeMap<>();
    private final TreeMap<String, Denial> refused = new TreeMap<>();

    /** Begins with nothing; the diagnostics are added to the list. */
    RationaleBuilder(Arch arch, List<Diagnostic> diagnostics) {
        this.arch = arch;
        this.diagnostics = diagnostics;
    }

    /** Adds the evidence, with the number of runs that show each call. */
    void observed(ArchObservation seen, Map<String, Integer> runs) {
        seen.syscalls().forEach((name, call) -> {
            if (NamelessCall.isOne(name)) {
                diagnostics.add(nameless(name, call));
            } else {
                if (!Syscalls.names().contains(name)) {
                    diagnostics.add(unknown(name, call));
                }
                shown.add(name);
                add(name, new Reason.Observed(call, runs.getOrDefault(name, 0)));
            }
        });
        seen.syscalls()
                .forEach(
                        (name, call) -> call.alternatives().forEach(other -> add(other, new Reason.Alternative(name))));
    }

    /** Adds the calls that follow from evidence of another ABI. */
    void derived(Layer layer) {
        layer(layer);
        shown.addAll(layer.on(arch).keySet());
    }

    /** The calls that were observed or follow from that, without what is elided. */
    Set<String> shown() {
        return Sets.difference(shown, elided.keySet());
    }

    /** How these calls are denied, unless something allows them. */
    void denied(Map<String, Denial> answers) {
        denials.putAll(answers);
    }

    /** Denies these observed calls with an error, unless something other than the evidence allows them. */
    void elided(Map<String, Denial> answers) {
        answers.forEach((name, answer) -> {
            if (isObservedOnly(name)) {
                elided.put(name, answer);
            }
        });
    }

    /** Adds a layer, after the evidence and what is elided of it. */
    void layer(Layer layer) {
        layer.on(arch).forEach((name, why) -> add(name, new Reason.Layered(layer.name(), why)));
    }

    /**
     * Applies the user's overrides after all layers. A call that they deny is not allowed, even where a layer needs it.
     *
     * @param usual the error of calls that nothing names
     */
    void refused(Overrides overrides, String usual) {
        overrides.denied().forEach((name, refusal) -> {
            Denial before = denials.get(name);
            String errno = refusal.errno().orElse(before == null ? usual : before.errno());
            refused.put(name, new Denial(errno, refusal.reason(), Denial.Cause.ASKED));
        });
        overrides.denied().keySet().forEach(name -> {
            List<Reason> why = reasons.getOrDefault(name, List.of());
            why.forEach(reason -> diagnostics.add(overruled(name, reason)));
        });
        overrides.allowed().keySet().stream()
                .filter(name -> !SyscallTable.of(arch).contains(name))
                .forEach(name -> diagnostics.add(Diagnostic.warning(
                        "allow-elsewhere", null, arch.label() + " has no call '" + name + "', which --allow names")));
    }

    Rationale build() {
        reasons.keySet().removeAll(refused.keySet());
        elided.keySet().removeAll(refused.keySet());
        denials.putAll(refused);
        elided.forEach((name, answer) -> {
            if (isObservedOnly(name)) {
                reasons.remove(name);
                denials.put(name, answer);
            }
        });
        denials.keySet().removeAll(reasons.keySet());
        TreeMap<String, ImmutableList<Reason>> sealed = new TreeMap<>();
        reasons.forEach((name, why) -> sealed.put(name, ImmutableList.copyOf(why)));
        return new Rationale(ImmutableSortedMap.copyOf(sealed), ImmutableSortedMap.copyOf(denials));
    }

    private boolean isObservedOnly(String name) {
        List<Reason> why = reasons.getOrDefault(name, List.of());
        return why.size() == 1 && why.get(0) instanceof Reason.Observed;
    }

    private void add(String name, Reason reason) {
        reasons.computeIfAbsent(name, key -> new ArrayList<>()).add(reason);
    }

    /** The warning about a call that the user's overrides remove, with the reason to allow it. */
    private Diagnostic overruled(String name, Reason why) {
        if (why instanceof Reason.Layered layered) {
            return Diagnostic.warning(
                    "denied-layer",
                    null,
                    "'" + name + "' is denied by --deny, but the layer " + layered.layer() + " asks for it on "
                            + arch.label() + ": " + layered.why());
        }
        SourcePosition first =
                why instanceof Reason.Observed observed ? observed.seen().first() : null;
        String said = "'" + name + "' is denied by --deny, but the evidence shows it on " + arch.label() + ": ";
        if (isReplaced(name, why)) {
            reasons.put(CLONE, List.of(new Reason.Fallback(name)));
            return Diagnostic.note(
                    "denied-observed", first, said + "callers use clone instead, which is allowed for that");
        }
        return Diagnostic.warning("denied-observed", first, said + consequence(name));
    }

    /** Whether clone can stand in for clone3, and nothing says otherwise. */
    private boolean isReplaced(String name, Reason why) {
        return name.equals("clone3")
                && denied(name).equals(ENOSYS)
                && !reasons.containsKey(CLONE)
                && !refused.containsKey(CLONE)
                && why instanceof Reason.Observed observed
                && CloneFlags.arePlain(observed.seen(), arch);
    }

    private String denied(String name) {
        Denial denial = refused.get(name);
        return denial == null ? "" : denial.errno();
    }

    /** What the program does about a refusal, and how to let it. */
    private String consequence(String name) {
        Optional<Fallback> fallback = Fallback.find(name);
        List<String> instead = fallback.map(Fallback::instead).orElse(ImmutableList.of()).stream()
                .filter(SyscallTable.of(arch)::contains)
                .toList();
        if (instead.isEmpty()) {
            return "the program meets the error there";
        }
        if (!denied(name).equals(ENOSYS)) {
            return fallback.get().failure() + "; callers fall back to " + String.join(" or ", instead)
                    + " on ENOSYS only, with: --deny " + name;
        }
        boolean isAllowed =
                instead.stream().anyMatch(other -> reasons.containsKey(other) && !refused.containsKey(other));
        return "callers fall back to " + String.join(" or ", instead)
                + (isAllowed ? ", which is allowed" : ", which nothing allows; add: --allow " + instead.get(0));
    }

    private Diagnostic nameless(String name, SyscallObservation call) {
        return Diagnostic.warning(
                "nameless-call",
                call.first(),
                "number " + NamelessCall.digits(name) + " has no name on " + arch.label() + " (" + call.count()
                        + (call.count() == 1 ? " call" : " calls") + "): a profile cannot name it, so it stays denied");
    }

    private Diagnostic unknown(String name, SyscallObservation call) {
        return Diagnostic.warning(
                "unknown-call",
                call.first(),
                "'" + name + "' is in no table of strait; it is allowed by name on " + arch.label()
                        + ", which only a runtime that knows it heeds");
    }
}
