package io.github.strait.record;

import io.github.strait.syscall.SystemdGroups;
import java.util.List;
import java.util.Optional;

/** The program {@code systemd-analyze} of this machine, which needs no running systemd. */
public final class SystemdAnalyze {
    private SystemdAnalyze() {}

    /** The groups of calls that this machine's systemd knows; empty when the program is not there or does not say. */
    public static Optional<SystemdGroups> groups() {
        EngineClient client = new EngineProcess(CallerEnvironment.ofThisProcess(true));
        try {
            EngineClient.Answer answer = client.ask(List.of("systemd-analyze", "--no-pager", "syscall-filter"));
            return answer.status() == 0 ? SystemdGroups.parse(answer.out()) : Optional.empty();
        } catch (EngineException e) {
            return Optional.empty();
        }
    }
}
