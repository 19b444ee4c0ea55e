package io.github.strait.follow;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.OtherMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Words in the place of a call's name that are in no table, each with its first line. Bounded. */
final class UnknownNames {
    private static final int NAMES = 64;
    private static final int LENGTH = 64;

    /** How often a name was seen, and where first. */
    private record Seen(long lines, SourcePosition first) {
        Seen plus(Seen more) {
            return new Seen(lines + more.lines, first);
        }
    }

    private final TreeMap<String, Seen> names = new TreeMap<>();

    void add(String word, SourcePosition position) {
        String name = word.substring(0, Math.min(word.length(), LENGTH));
        if (names.size() < NAMES || names.containsKey(name)) {
            names.merge(name, new Seen(1, position), Seen::plus);
        }
    }

    /** The machine whose strace alone shows such a call; empty for what a library's function is called, too. */
    static Optional<OtherMachine> machine(String name) {
        List<String> machines = OtherMachine.isOfLibc(name) ? List.of() : OtherMachine.ofCall(name);
        return machines.isEmpty() ? Optional.empty() : Optional.of(OtherMachine.unknown(anyOf(machines)));
    }

    private static String anyOf(List<String> machines) {
        int last = machines.size() - 1;
        return last == 0 ? machines.get(0) : String.join(", ", machines.subList(0, last)) + " or " + machines.get(last);
    }

    /** By name. */
    List<Diagnostic> diagnostics() {
        List<Diagnostic> diagnostics = new ArrayList<>();
        names.forEach((name, seen) -> diagnostics.add(diagnostic(name, seen)));
        return diagnostics;
    }

    private static Diagnostic diagnostic(String name, Seen seen) {
        List<String> machines = OtherMachine.ofCall(name);
        String what = "'" + name + "' looks like a call (" + seen.lines + " lines) ";
        return machines.isEmpty()
                ? Diagnostic.warning("unknown-name", seen.first, what + "and is in no syscall table: not counted")
                : Diagnostic.warning(
                        "no-table",
                        seen.first,
                        what + "of " + anyOf(machines) + ", which strait has no syscall table for: not counted");
    }
}
