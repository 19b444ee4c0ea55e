package io.github.strait.observation;

import io.github.strait.observation.Completeness.Place;
import io.github.strait.observation.Completeness.Sign;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an omission means in a log of qemu-user, and how to record without. */
final class EmulatedOmissions {
    private static final String RECORD = "record again with: strait record --qemu ARCH -o FILE -- COMMAND";

    private EmulatedOmissions() {}

    /** The words of a warning; empty for what such a log cannot show. */
    static Optional<String> words(Omission omission, Sign sign) {
        return switch (omission) {
            case START_MISSING ->
                Optional.of("qemu does not show the execve that starts the program, which a profile needs that is"
                        + " installed before it; " + RECORD + ", or allow it with: --allow execve");
            case CHILDREN_MISSING ->
                Optional.of(processes(sign) + " executed another program here, and the log has no call of it:"
                        + " qemu-user does not run it unless the kernel does so for it"
                        + " (binfmt_misc); record that program as well, with: strait record --qemu ARCH -o FILE --"
                        + " PROGRAM");
            case TASKS_UNENDED ->
                Optional.of(processes(sign) + " had not ended when the log ends: qemu was killed, or the"
                        + " log was cut; " + RECORD);
            case LINES_CUT -> Optional.of("this line ends in the middle: the log was cut or damaged; " + RECORD);
            default -> Optional.empty();
        };
    }

    /** {@code processes 7, 8 and 4 more}. */
    private static String processes(Sign sign) {
        long more = sign.count() - sign.first().size();
        return (sign.count() == 1 ? "process " : "processes ")
                + sign.first().stream().map(Place::what).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
