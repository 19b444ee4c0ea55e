package io.github.strait.api;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Risk;
import io.github.strait.syscall.RiskClass;
import io.github.strait.syscall.Syscalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The calls that nothing but a person's own edit allows: those of the class {@code critical}, which take over a machine, and
 * those that the user lists.
 *
 * @param file where the user lists them; empty when nowhere
 * @param listed the calls there
 */
public record NeverAllowed(Optional<Path> file, ImmutableSortedSet<String> listed) {
    private static final char COMMENT = '#';

    /** Those of the class alone. */
    public static final NeverAllowed CRITICAL = new NeverAllowed(Optional.empty(), ImmutableSortedSet.of());

    /**
     * Those of a file, too: a name a line, with comments after {@code #}.
     *
     * @throws RefusalException when it cannot be read, or names no call
     */
    public static NeverAllowed of(Path file) {
        ImmutableSortedSet.Builder<String> listed = ImmutableSortedSet.naturalOrder();
        int number = 0;
        for (String line : text(file).lines().toList()) {
            number++;
            int comment = line.indexOf(COMMENT);
            String name = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!name.isEmpty() && !Syscalls.names().contains(name)) {
                throw RefusalException.of(
                        "bad-list",
                        new SourcePosition(file.toString(), number),
                        "'" + name + "' is not the name of a call; write one a line");
            }
            if (!name.isEmpty()) {
                listed.add(name);
            }
        }
        return new NeverAllowed(Optional.of(file), listed.build());
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw RefusalException.of("unreadable", file, "cannot be read; name a file with a call a line");
        }
    }

    /** All of them. */
    ImmutableSortedSet<String> names() {
        ImmutableSortedSet.Builder<String> names = ImmutableSortedSet.naturalOrder();
        for (String name : Syscalls.names()) {
            if (reason(name).isPresent()) {
                names.add(name);
            }
        }
        return names.build();
    }

    /** Why a call is one of them; empty when it is none. */
    Optional<String> reason(String name) {
        if (listed.contains(name)) {
            return file.map(path -> "is listed in " + path);
        }
        return Risk.of(name)
                .filter(risk -> risk.riskClass() == RiskClass.CRITICAL)
                .map(risk -> "is critical: " + risk.reason());
    }
}
