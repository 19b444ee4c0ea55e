package io.github.strait.follow;

import com.google.common.collect.Sets;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Nearest;
import io.github.strait.diagnostic.Printable;
import io.github.strait.trace.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The programs that were executed, collected only when evidence of chosen programs is wanted. */
final class ExecutedPrograms implements RunWatcher {
    /** More than a trace runs unless it is made to fill memory. */
    private static final int LIMIT = 1 << 12;

    private static final int SHOWN = 12;
    private static final int LENGTH = 100;

    private final ProgramChoice choice;
    private final Set<String> programs = new TreeSet<>();
    private final Set<String> chosen = new TreeSet<>();

    ExecutedPrograms(ProgramChoice choice) {
        this.choice = choice;
    }

    @Override
    public void programStarts(Image before, String program, Line line) {
        add(program);
    }

    /** A program was executed. */
    void add(String program) {
        if (!choice.isAll() && !program.equals(Image.UNKNOWN_PROGRAM)) {
            if (programs.size() < LIMIT) {
                programs.add(program);
            }
            if (chosen.size() < LIMIT && choice.isChosen(program)) {
                chosen.add(program);
            }
        }
    }

    /** Adds the programs of another run. */
    void add(ExecutedPrograms other) {
        programs.addAll(other.programs);
        chosen.addAll(other.chosen);
    }

    /** The diagnostic for a name that matches no executed program, or several. */
    Optional<Diagnostic> mistake() {
        for (String name : Sets.union(choice.only(), choice.from())) {
            List<String> meant = chosen.stream()
                    .filter(program -> ProgramChoice.isMeant(name, program))
                    .toList();
            if (meant.isEmpty()) {
                return Optional.of(Diagnostic.error("no-such-program", null, unknown(name)));
            }
            if (meant.size() > 1) {
                return Optional.of(Diagnostic.error(
                        "no-such-program",
                        null,
                        "'" + Printable.of(name, LENGTH) + "' may be any of " + list(meant)
                                + "; name one of them in full"));
            }
        }
        return Optional.empty();
    }

    private String unknown(String name) {
        Set<String> names = new TreeSet<>(programs);
        programs.forEach(program -> names.add(ProgramChoice.lastPart(program)));
        String hint = Nearest.of(name.contains("/") ? name : ProgramChoice.lastPart(name), names)
                .or(() -> Nearest.of(ProgramChoice.lastPart(name), names))
                .map(near -> "; did you mean '" + Printable.of(near, LENGTH) + "'?")
                .orElse(";");
        return "no trace here executes '" + Printable.of(name, LENGTH) + "'" + hint
                + (programs.isEmpty() ? " no execve is shown" : " executed: " + list(new ArrayList<>(programs)));
    }

    private static String list(List<String> programs) {
        String more = programs.size() > SHOWN ? " and " + (programs.size() - SHOWN) + " more" : "";
        return programs.stream()
                        .limit(SHOWN)
                        .map(program -> Printable.of(program, LENGTH))
                        .collect(Collectors.joining(", "))
                + more;
    }
}
