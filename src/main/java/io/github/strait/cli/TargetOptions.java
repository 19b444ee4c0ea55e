package io.github.strait.cli;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.api.Targets;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.record.CallerEnvironment;
import io.github.strait.record.ImagePlatforms;
import io.github.strait.syscall.Arch;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The architectures that a profile is for, and what becomes of those without evidence. */
final class TargetOptions extends Options {
    private static final String ALL_OF = "all-of:";

    private final Parameter<String> targets;

    private final Parameter<Boolean> derive = flag(
            "--derive",
            "Derive targets without evidence from the architecture that was observed: what its calls are there.");

    private final Parameter<String> libc = option(
            "--libc",
            "RELEASE",
            ValueType.TEXT,
            "What the targets run on, to warn of evidence from another, and for --layer siblings, which has the calls of"
                    + " that one alone: a release (debian-13, alpine-3.20) or a libc (glibc-2.41, musl).");

    /** Once they were asked for: an engine knows those of an image. */
    private @Nullable Targets known;

    /** @param description what the targets are for */
    TargetOptions(String description) {
        targets = option("--target", "ARCH", ValueType.TARGET, description).commaSeparated();
    }

    /** Whether the word stands for the architectures of an image. */
    static boolean isOfImage(String word) {
        return word.startsWith(ALL_OF);
    }

    /**
     * The targets.
     *
     * @throws RefusalException when no engine knows the architectures of an image, or there is no such libc
     */
    Targets targets() {
        if (known == null) {
            known = asked();
        }
        return known;
    }

    private Targets asked() {
        TreeSet<Arch> arches = new TreeSet<>();
        Optional<String> osRelease = Optional.empty();
        for (String word : targets.values()) {
            if (isOfImage(word)) {
                ImagePlatforms platforms =
                        ImagePlatforms.of(word.substring(ALL_OF.length()), CallerEnvironment.ofThisProcess(false));
                arches.addAll(platforms.arches());
                osRelease = platforms.osRelease();
            } else {
                arches.add(Arch.parse(word));
            }
        }
        Targets all = new Targets(ImmutableSortedSet.copyOfSorted(arches), derive.isGiven(), Optional.empty());
        return libc.isGiven()
                ? all.on(libc.value())
                : osRelease.map(all::onFile).orElse(all);
    }
}
