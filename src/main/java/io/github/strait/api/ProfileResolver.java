package io.github.strait.api;

import com.google.common.collect.Iterables;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Resolves a document to the profile for one machine, and says once for which. */
public final class ProfileResolver {
    private final Machine machine;
    private final DiagnosticListener listener;
    private final Set<Diagnostic> said = new HashSet<>();

    public ProfileResolver(Machine machine, DiagnosticListener listener) {
        this.machine = machine;
        this.listener = listener;
    }

    DiagnosticListener listener() {
        return listener;
    }

    /** The machine. */
    Machine machine() {
        return machine;
    }

    /** Whether some rules count on some machines only. */
    static boolean isScoped(Profile profile) {
        return !Iterables.all(profile.rules(), rule -> rule.scope().isEverywhere());
    }

    /** Whether it is for machines of both byte orders, which no filter serves at once. */
    static boolean isMixed(Profile profile) {
        return profile.architectures().stream()
                        .map(Arch::isBigEndian)
                        .distinct()
                        .count()
                > 1;
    }

    /**
     * The profile without scopes, and with the machine's own ABI where it lists none.
     *
     * @param file the document, as a place in a diagnostic
     * @param declared the machine that the user names; empty for this one
     */
    Profile resolve(String file, Profile profile, Optional<Arch> declared) {
        Arch arch = declared.orElseGet(Machine::here).nativeArch();
        if (isScoped(profile)) {
            warn(
                    file,
                    "some rules count on some machines only; taken for " + arch.label() + ", " + machine.words()
                            + "; --arch, --kernel and --caps choose others");
            return profile.resolve(arch, machine.capabilities(), machine.newest());
        }
        if (isMixed(profile)) {
            warn(
                    file,
                    "lists machines of both byte orders, which no filter serves; taken for " + arch.label()
                            + "; --arch chooses another");
            return profile.on(arch);
        }
        if (profile.architectures().isEmpty()) {
            warn(
                    file,
                    "lists no architectures, which means the machine's own; taken for " + arch.label()
                            + "; --arch chooses another");
            return profile.toBuilder().architectures(arch).build();
        }
        return profile;
    }

    private void warn(String file, String message) {
        Diagnostic warning = Diagnostic.warning("resolved-for-a-machine", SourcePosition.ofFile(file), message);
        if (said.add(warning)) {
            listener.diagnostic(warning);
        }
    }
}
