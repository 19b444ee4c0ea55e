package io.github.strait.cli;

import com.google.common.collect.Iterables;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.profile.Profile;
import io.github.strait.runtime.Start;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Capability;
import io.github.strait.syscall.KernelVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The machine for which the rules of a document in Docker's extended form are chosen. */
final class MachineOptions {
    @Option(
            names = "--caps",
            paramLabel = "CAP",
            split = ",",
            description =
                    "The capabilities of the container, for rules that ask for them: names, none, or default, which"
                            + " stands for Docker's (default: default).")
    private List<String> caps = new ArrayList<>();

    @Option(
            names = "--kernel",
            paramLabel = "VERSION",
            description = "The kernel, for rules that ask for one (default: newer than any).")
    private @Nullable String kernel;

    /** What was said already; a command may resolve one document several times. */
    private final Set<Diagnostic> said = new HashSet<>();

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

    /** The profile without scopes, and with the machine's own ABI where it lists none; says for what it was chosen. */
    Profile resolve(String file, Profile profile, Optional<Arch> declared, Console console) {
        Arch machine = declared.orElseGet(EvidenceOptions::here).nativeArch();
        if (isScoped(profile)) {
            Set<String> held = capabilities();
            Profile resolved = profile.resolve(machine, held, version());
            warn(
                    Diagnostic.warning(
                            "resolved-for-a-machine",
                            SourcePosition.ofFile(file),
                            "some rules count on some machines only; taken for " + machine.label() + ", "
                                    + (kernel == null ? "the newest kernel" : "kernel " + version()) + " and "
                                    + (held.equals(Capability.ofDocker())
                                            ? "Docker's default capabilities"
                                            : held.isEmpty() ? "no capabilities" : String.join(" ", held))
                                    + "; --arch, --kernel and --caps choose others"),
                    console);
            return resolved;
        }
        if (isMixed(profile)) {
            warn(
                    Diagnostic.warning(
                            "resolved-for-a-machine",
                            SourcePosition.ofFile(file),
                            "lists machines of both byte orders, which no filter serves; taken for " + machine.label()
                                    + "; --arch chooses another"),
                    console);
            return profile.on(machine);
        }
        if (profile.architectures().isEmpty()) {
            warn(
                    Diagnostic.warning(
                            "resolved-for-a-machine",
                            SourcePosition.ofFile(file),
                            "lists no architectures, which means the machine's own; taken for " + machine.label()
                                    + "; --arch chooses another"),
                    console);
            return profile.toBuilder().architectures(machine).build();
        }
        return profile;
    }

    private void warn(Diagnostic diagnostic, Console console) {
        if (said.add(diagnostic)) {
            console.diagnostic(diagnostic);
        }
    }

    /** Those that the container has. */
    Set<String> capabilities() {
        Set<String> held = new TreeSet<>();
        for (String cap : caps.isEmpty() ? List.of("default") : caps) {
            if (cap.equals("default")) {
                held.addAll(Capability.ofDocker());
            } else if (!cap.equals("none")) {
                held.add(Capability.find(cap)
                        .orElseThrow(() -> RefusalException.usage("there is no capability '" + cap
                                + "'; known are: default none " + String.join(" ", Capability.all()))));
            }
        }
        return held;
    }

    /** Of {@code 6.1.0-18-amd64} the numbers count. */
    KernelVersion version() {
        if (kernel == null) {
            return Start.NEWEST_KERNEL;
        }
        try {
            return KernelVersion.parse(kernel.replaceFirst("[-+_~ ].*", ""));
        } catch (RefusalException e) {
            throw RefusalException.usage(e.getMessage() + "; write it as 6.1, or as uname -r does");
        }
    }
}
