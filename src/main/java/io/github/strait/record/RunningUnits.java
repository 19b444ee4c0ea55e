package io.github.strait.record;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.observation.Recording.Fact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the processes of a systemd unit: by {@code systemctl}, or by its control group where that is not there. */
final class RunningUnits {
    private static final String NAME = "[A-Za-z0-9:_.\\\\@][A-Za-z0-9:_.\\\\@-]{0,254}";
    private static final String WITH_TYPE = ".*\\.(service|scope|slice|socket|mount|swap)";

    private final EngineClient client;
    private final boolean hasSystemd;
    private final boolean hasSystemctl;

    /**
     * A search.
     *
     * @param hasSystemd whether systemd manages this system
     * @param hasSystemctl whether it can be asked
     */
    RunningUnits(EngineClient client, boolean hasSystemd, boolean hasSystemctl) {
        this.client = client;
        this.hasSystemd = hasSystemd;
        this.hasSystemctl = hasSystemctl;
    }

    /** Whether systemd manages this system, as {@code sd_booted(3)} finds out. */
    static boolean hasSystemd() {
        return Files.isDirectory(Path.of("/run/systemd/system"));
    }

    /**
     * The unit of that name, {@code .service} if it has no type.
     *
     * @throws RefusalException when it is not there, or has no process
     */
    Running find(String name) {
        if (!name.matches(NAME)) {
            throw RefusalException.usage("not a name of a unit: '" + Printable.of(name, 40) + "'");
        }
        if (!hasSystemd) {
            throw RefusalException.of(
                    "no-systemd",
                    "there are no units, because systemd does not manage this system; record a container with"
                            + " --container NAME, or a process with --attach PID");
        }
        String unit = name.matches(WITH_TYPE) ? name : name + ".service";
        return hasSystemctl ? asked(unit) : seen(unit);
    }

    private Running asked(String unit) {
        Map<String, String> shown = new HashMap<>();
        try {
            client.answer(List.of(
                            "systemctl",
                            "show",
                            "--property=Id,LoadState,ActiveState,MainPID,ControlGroup",
                            "--",
                            unit))
                    .lines()
                    .filter(line -> line.indexOf('=') > 0)
                    .forEach(line ->
                            shown.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        } catch (EngineException e) {
            throw RefusalException.of(
                    "no-systemd",
                    "systemctl cannot be asked: " + Printable.of(String.valueOf(e.getMessage()), 200)
                            + "; attach to the process with --attach PID");
        }
        if (shown.getOrDefault("LoadState", "").equals("not-found")) {
            throw missing(unit);
        }
        String group = shown.getOrDefault("ControlGroup", "");
        Optional<Path> folder = group.startsWith("/") && group.length() > 1 ? Cgroups.ofUnit(group) : Optional.empty();
        String main = shown.getOrDefault("MainPID", "");
        long pid = main.matches("[1-9][0-9]{0,8}") ? Long.parseLong(main) : 0;
        return running(unit, pid, folder).orElseThrow(() -> {
            String state = Printable.of(shown.getOrDefault("ActiveState", "unknown"), 40);
            return RefusalException.of(
                    "not-running",
                    "unit " + unit + " has no process (" + state + "); start it: systemctl start " + unit);
        });
    }

    private static Running seen(String unit) {
        return running(unit, 0, Cgroups.named(unit)).orElseThrow(() -> missing(unit));
    }

    private static RefusalException missing(String unit) {
        return RefusalException.of("no-unit", "no unit " + unit + "; see: systemctl list-units --type=service");
    }

    private static Optional<Running> running(String unit, long main, Optional<Path> folder) {
        Set<Long> all = folder.map(group -> Cgroups.processes(List.of(group))).orElse(Set.of());
        if (main == 0 && all.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Running(
                "unit " + unit,
                unit,
                main == 0 ? all.iterator().next() : main,
                folder.map(ImmutableList::of).orElse(ImmutableList.of()),
                ImmutableSortedMap.of(Fact.NAME, unit, Fact.ENGINE, "systemd"),
                "strait record -- CMD..., with the command of its ExecStart"));
    }
}
