package io.github.strait.format.systemd;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.strait.format.DocumentText;
import io.github.strait.format.Reading;
import io.github.strait.format.systemd.Assignment.Word;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.SystemdGroups;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the filter of a unit, of a drop-in, or of a unit with its drop-ins in the order of {@code systemctl cat}. The
 * result means what systemd 252 makes of it, its own additions included; see {@link CallList} for the grammar. What keeps
 * 252 from starting the service is refused.
 *
 * <p>The model knows no calls that only systemd does not know. So where a list returns ENOSYS for those, as 256 and newer
 * always do, and something else for all that it knows, the latter is the default of the profile; a note says so.
 */
final class UnitReader {
    private static final String FILTER = "SystemCallFilter";
    private static final String LOG = "SystemCallLog";
    private static final String ARCHITECTURES = "SystemCallArchitectures";
    private static final String ERROR = "SystemCallErrorNumber";
    private static final ImmutableSet<String> KEYS = ImmutableSet.of(FILTER, LOG, ARCHITECTURES, ERROR);

    /** What every key of a filter by names begins with; another one is misspelt, and systemd ignores it. */
    private static final String PREFIX = "systemcall";

    /** The sections whose programs have a filter. */
    private static final ImmutableSet<String> SECTIONS = ImmutableSet.of("Service", "Socket", "Mount", "Swap");

    private static final Comparator<Decision> ORDER = Comparator.comparing(
                    (Decision decision) -> !decision.action().permits())
            .thenComparing(decision -> decision.action() == Action.LOG)
            .thenComparing(decision -> decision.action() == Action.KILL_PROCESS)
            .thenComparing(Decision::errno);

    private final DocumentText document;
    private final Arch machine;
    private final CallList filter;
    private final CallList log;
    private final Set<Arch> architectures = new TreeSet<>();
    private final UnitRemarks remarks;
    private int error = CallList.KILL;
    private @Nullable Assignment errorLine;

    private UnitReader(DocumentText document, Arch machine, SystemdGroups groups) {
        this.document = document;
        this.machine = machine;
        this.filter = new CallList(true, groups, machine);
        this.log = new CallList(false, groups, machine);
        this.remarks = new UnitRemarks(document, groups);
    }

    /**
     * The filter of a unit.
     *
     * @param machine the native ABI of the machine that runs it
     * @param groups what its systemd calls groups
     */
    static Reading read(DocumentText document, Arch machine, SystemdGroups groups) {
        return new UnitReader(document, machine, groups).read();
    }

    private Reading read() {
        String section = "";
        boolean hasFilter = false;
        for (Assignment line : UnitText.assignments(document, UnitReader::isWanted)) {
            if (isOfFilter(line.key())) {
                check(line, section);
                section = line.section();
                hasFilter |= !line.key().equals(ERROR);
                take(line);
            }
            remarks.add(line);
        }
        if (!hasFilter) {
            throw document.error(
                    0, "sets no SystemCallFilter=, SystemCallLog= or SystemCallArchitectures=, so it has no filter");
        }
        Set<Arch> abis = abis();
        Profile profile = profile(abis);
        return Reading.of(profile, remarks.of(profile, filter, log));
    }

    private static boolean isWanted(String key) {
        return isOfFilter(key) || UnitRemarks.concerns(key);
    }

    private static boolean isOfFilter(String key) {
        return key.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    /** @param other the section of the lines before; empty when there are none */
    private static void check(Assignment line, String other) {
        if (!KEYS.contains(line.key())) {
            throw line.error("unknown key '" + CallList.shown(line.key()) + "'; systemd ignores the line"
                    + CallList.nearest(line.key(), KEYS));
        }
        if (!SECTIONS.contains(line.section())) {
            throw line.error("'" + line.key() + "=' stands in [" + CallList.shown(line.section())
                    + "], where systemd ignores it; move it to [Service]");
        }
        if (!other.isEmpty() && !other.equals(line.section())) {
            throw line.error("the filters of [" + other + "] and [" + line.section()
                    + "] are for different programs; read one of them alone");
        }
    }

    private void take(Assignment line) {
        switch (line.key()) {
            case FILTER -> filter.add(line);
            case LOG -> log.add(line);
            case ARCHITECTURES -> architectures(line);
            default -> error(line);
        }
    }

    private void architectures(Assignment line) {
        if (line.value().isEmpty()) {
            architectures.clear();
        }
        for (Word word : line.value()) {
            architectures.add(
                    word.text().equals(UnitArch.NATIVE)
                            ? machine
                            : UnitArch.find(word.text())
                                    .orElseThrow(() -> word.error("unknown architecture '"
                                            + CallList.shown(word.text()) + "'; systemd ignores the word"
                                            + CallList.nearest(word.text(), UnitArch.names()))));
        }
    }

    private void error(Assignment line) {
        errorLine = line;
        if (line.value().isEmpty()) {
            error = CallList.KILL;
            return;
        }
        Word word = line.value().get(0);
        if (line.value().size() > 1) {
            throw line.value().get(1).error("one error is expected; systemd ignores the line");
        }
        error = CallList.error(word.text(), machine, word);
        if (error == 0) {
            throw word.error("0 is not an error; systemd ignores the line, so denied calls kill");
        }
    }

    /** The listed ABIs, and the native one of each, which systemd never blocks; all of the machine when none is. */
    private Set<Arch> abis() {
        Set<Arch> abis = new TreeSet<>(architectures);
        architectures.forEach(abi -> abis.add(abi.nativeArch()));
        return abis.isEmpty() ? Set.copyOf(machine.personalities()) : abis;
    }

    private Profile profile(Set<Arch> abis) {
        Map<String, Decision> decisions = new TreeMap<>();
        Decision denial = decision(error);
        filter.entries()
                .forEach((call, entry) -> decisions.put(
                        call,
                        entry != CallList.LISTED
                                ? decision(entry)
                                : filter.isAllowlist() ? Decision.of(Action.ALLOW) : denial));
        Decision byDefault = filter.isAllowlist() ? denial : Decision.of(Action.ALLOW);
        checkStart(decisions, byDefault);
        if (isEnosys(byDefault) && filter.known().isPresent()) {
            remarks.deniesUnknownCallsApart();
            filter.takenFromKnown().forEach(call -> decisions.put(call, denial));
            byDefault = decision(filter.known().getAsInt());
        }
        Decision logged = logged(byDefault, log.exists() && !log.isAllowlist());
        Map<String, Decision> all = new TreeMap<>();
        for (String call : Sets.union(decisions.keySet(), log.entries().keySet())) {
            boolean isLogged =
                    log.exists() && log.isAllowlist() == log.entries().containsKey(call);
            Decision decision = logged(decisions.getOrDefault(call, byDefault), isLogged);
            if (!decision.equals(logged) && (isNamed(call) || isOf(abis, call))) {
                all.put(call, decision);
            }
        }
        return profile(abis, logged, all);
    }

    private static Profile profile(Set<Arch> abis, Decision byDefault, Map<String, Decision> decisions) {
        Map<Decision, Set<String>> calls = new TreeMap<>(ORDER);
        decisions.forEach((call, decision) ->
                calls.computeIfAbsent(decision, key -> new TreeSet<>()).add(call));
        Profile.Builder profile = Profile.builder(byDefault.action()).architectures(abis);
        if (byDefault.action().takesErrno()) {
            profile.defaultErrnoRet(byDefault.errno());
        }
        calls.forEach((decision, names) -> {
            Rule.Builder rule = Rule.builder(decision.action()).names(names);
            if (decision.action().takesErrno()) {
                rule.errnoRet(decision.errno());
            }
            profile.rule(rule.build());
        });
        return profile.build();
    }

    /** What else a filter of its own does with a call that runs: of two filters, the stricter one counts. */
    private static Decision logged(Decision decision, boolean isLogged) {
        return isLogged && decision.action() == Action.ALLOW ? Decision.of(Action.LOG) : decision;
    }

    /** Whether a line names the call; of the calls of groups only those of the unit's ABIs count. */
    private boolean isNamed(String call) {
        return filter.names(call) || log.names(call);
    }

    private static boolean isOf(Set<Arch> abis, String call) {
        return abis.stream().anyMatch(abi -> SyscallTable.of(abi).contains(call));
    }

    private static Decision decision(int error) {
        return error == CallList.KILL ? Decision.of(Action.KILL_PROCESS) : new Decision(Action.ERRNO, error);
    }

    private boolean isEnosys(Decision decision) {
        return decision.action() == Action.ERRNO
                && decision.errno() == Errno.number("ENOSYS", machine).orElseThrow();
    }

    /**
     * Refuses a list with an entry that repeats its default, which libseccomp does not compile. 256 and newer have ENOSYS
     * as the default of every list of allowed calls.
     */
    private void checkStart(Map<String, Decision> decisions, Decision byDefault) {
        boolean isWarned = false;
        for (Map.Entry<String, Decision> entry : decisions.entrySet()) {
            Word word = filter.origin(entry.getKey());
            if (word == null || entry.getValue().action() == Action.ALLOW) {
                continue;
            }
            String denial = "'" + CallList.shown(word.text()) + "' repeats what the list returns in any case";
            if (entry.getValue().equals(byDefault)) {
                throw word.error(denial + (errorLine == null ? "" : " by SystemCallErrorNumber=")
                        + ", and systemd 252 does not start such a service (228/SECCOMP); leave it out");
            }
            if (!isWarned && filter.isAllowlist() && isEnosys(entry.getValue())) {
                isWarned = true;
                remarks.noStart(word);
            }
        }
    }
}
