package io.github.strait.start;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.profile.Profile;
import io.github.strait.runtime.Launch;
import io.github.strait.runtime.RuntimeCall;
import io.github.strait.runtime.RuntimeCall.Need;
import io.github.strait.runtime.Start;
import io.github.strait.start.Obstacle.Kind;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Fallback;
import io.github.strait.syscall.TableResource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decides whether a container starts under a profile. Only certain failures are obstacles. Conditions on arguments
 * count where the values that a runtime needs are known; supervisors, errors of 0, and ENOSYS where a runtime may fall back
 * do not.
 */
public final class Startability {
    /** The machines that a profile is for when it does not say so, the commonest first. */
    public static final ImmutableList<Arch> USUAL = ImmutableList.of(Arch.X86_64, Arch.AARCH64);

    private static final String EXECVE = "execve";

    /** The runtime whose stub returns ENOSYS above the highest number that a profile names. */
    private static final String WITH_STUB = "runc";

    private static final ImmutableMap<String, String> SYMPTOMS =
            TableResource.read(Startability.class, "symptoms.tsv").index(row -> row.get(1));

    private final Start start;
    private final Arch machine;
    private final Replies replies;

    private Startability(Start start, Arch machine, Profile profile) {
        this.start = start;
        this.machine = machine;
        this.replies = new Replies(profile, machine, start);
    }

    /**
     * The obstacles on these machines, the worst first.
     *
     * @param machines native ABIs; for a profile that lists none they are {@link #USUAL}, and the first one counts
     */
    public static ImmutableList<Obstacle> of(Profile profile, Collection<Arch> machines, Start start) {
        if (machines.isEmpty()) {
            return of(profile, USUAL, start).stream()
                    .filter(obstacle -> obstacle.machines().contains(USUAL.get(0)))
                    .collect(ImmutableList.toImmutableList());
        }
        Map<Kind, Obstacle> all = new EnumMap<>(Kind.class);
        for (Arch machine : machines) {
            new Startability(start, machine, profile)
                    .obstacles()
                    .forEach(obstacle -> all.merge(obstacle.kind(), obstacle, Obstacle::and));
        }
        return ImmutableList.copyOf(all.values());
    }

    private List<Obstacle> obstacles() {
        Map<Kind, Obstacle> found = new EnumMap<>(Kind.class);
        addProgram(found);
        addRuntime(found);
        addLoader(found);
        return List.copyOf(found.values());
    }

    private void addProgram(Map<Kind, Obstacle> found) {
        if (replies.to(List.of(EXECVE), false) != Reply.OPEN) {
            put(
                    found,
                    Kind.NO_PROGRAM,
                    List.of(EXECVE),
                    "no container starts under this profile: 'execve' is denied, with which the runtime starts the program"
                            + " when the filter is in place already",
                    "allow it");
            return;
        }
        for (ProgramNeed need : ProgramNeed.ALL) {
            if (!need.isOfLoader() && need.isDenied(machine, replies)) {
                String name = need.names().get(0);
                put(
                        found,
                        Kind.NO_PROGRAM,
                        List.of(name),
                        "no program of glibc, musl or Go starts under this profile: '" + name
                                + "' is denied, with which each "
                                + need.purpose() + " before anything else",
                        "allow it");
            }
        }
    }

    private void addRuntime(Map<Kind, Obstacle> found) {
        ImmutableList<Launch> launches = start.calls().launches();
        List<Launch> blocked =
                launches.stream().filter(launch -> isBlocked(launch)).toList();
        if (!launches.isEmpty() && blocked.size() == launches.size()) {
            addBlocked(found, launches);
            return;
        }
        if (!blocked.isEmpty()) {
            String labels = blocked.stream().map(Launch::label).distinct().collect(Collectors.joining(" and "));
            Demand.Unmet missing = missing(blocked, this::isFatal);
            put(
                    found,
                    Kind.SOME_VERSIONS,
                    missing.calls(),
                    "no container starts under this profile with " + labels + ", which "
                            + (blocked.size() == 1 ? "makes" : "make") + " calls of its own that are denied: "
                            + missing.words(),
                    remedy());
        }
        addRest(
                found,
                launches.stream().filter(launch -> !blocked.contains(launch)).toList());
    }

    private void addBlocked(Map<Kind, Obstacle> found, ImmutableList<Launch> launches) {
        Demand.Unmet missing = missing(launches, this::isWanted);
        String makers = makers(launches);
        String calls = "before the program, " + makers + " itself makes calls that are denied: " + missing.words();
        String symptom = SYMPTOMS.getOrDefault(launches.get(0).runtime(), "an error");
        if (!start.noNewPrivileges() && startsWith(start.withNoNewPrivileges(true))) {
            put(
                    found,
                    Kind.ONLY_WITH_NO_NEW_PRIVILEGES,
                    missing.calls(),
                    "containers start under this profile with no-new-privileges only; without it, " + calls
                            + "; you see " + symptom,
                    "start them with no-new-privileges and say --no-new-privs here, or " + remedy());
            return;
        }
        put(
                found,
                Kind.NO_RUNTIME,
                missing.calls(),
                "no container starts under this profile: " + calls + "; you see " + symptom,
                remedy());
    }

    private boolean startsWith(Start other) {
        return other.calls().launches().stream().anyMatch(launch -> !isBlocked(launch));
    }

    private void addRest(Map<Kind, Obstacle> found, List<Launch> launches) {
        Demand.Unmet exec = missing(launches, demand -> demand.isOfExec() && isRefused(demand) && isHard(demand));
        if (!exec.isEmpty()) {
            put(
                    found,
                    Kind.NO_EXEC,
                    exec.calls(),
                    "no further program starts in a container under this profile (exec, probes): " + makers(launches)
                            + " itself makes calls that are denied: " + exec.words(),
                    remedy());
        }
        Demand.Unmet risks = missing(launches, this::isRisk);
        if (!risks.isEmpty()) {
            put(
                    found,
                    Kind.AT_TIMES,
                    risks.calls(),
                    "containers fail to start now and then under this profile: " + makers(launches) + " itself calls "
                            + risks.words() + ", depending on how its threads are scheduled",
                    remedy());
        }
    }

    private void addLoader(Map<Kind, Obstacle> found) {
        Set<String> named = found.values().stream()
                .flatMap(obstacle -> obstacle.calls().stream())
                .collect(Collectors.toSet());
        List<ProgramNeed> denied = ProgramNeed.ALL.stream()
                .filter(need -> need.isOfLoader() && need.isDenied(machine, replies))
                .filter(need -> need.names().stream().noneMatch(named::contains))
                .toList();
        boolean isFinal = found.keySet().stream().anyMatch(Kind::isFinal);
        if (denied.isEmpty() || found.containsKey(Kind.NO_PROGRAM)) {
            return;
        }
        Set<String> names = denied.stream()
                .map(need -> need.names().stream()
                        .filter(replies::exists)
                        .findFirst()
                        .orElseThrow())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Kind kind = isForLoader(names) ? Kind.NO_LOADER : Kind.NO_LOADER_PERHAPS;
        if (isFinal && kind == Kind.NO_LOADER_PERHAPS) {
            return; // an aside beside that
        }
        String why = denied.stream().map(ProgramNeed::purpose).collect(Collectors.joining(", "));
        put(
                found,
                kind,
                names,
                "dynamically linked programs of glibc do not start under this profile: " + words(names)
                        + (names.size() == 1 ? " is denied, with which" : " are denied, with which") + " the loader "
                        + why + "; they end with \"error while loading shared libraries\"",
                "allow " + (names.size() == 1 ? "it" : "them") + ", or link the program statically");
    }

    /** Whether the profile was made for a program with a loader, judged by calls that no static program makes. */
    private boolean isForLoader(Set<String> missing) {
        boolean maps = replies.to(List.of("mmap", "mmap2"), false) == Reply.OPEN
                && replies.to(List.of("mprotect"), false) == Reply.OPEN;
        return maps
                && (!missing.equals(Set.of("pread64"))
                        || replies.to(List.of("access", "faccessat"), false) == Reply.OPEN);
    }

    private boolean isBlocked(Launch launch) {
        return Demand.of(launch).anyMatch(this::isFatal);
    }

    private boolean isFatal(Demand demand) {
        return !demand.isOfExec() && isHard(demand) && isRefused(demand);
    }

    /** Whether a profile that is mended should allow it, certain or not. */
    private boolean isWanted(Demand demand) {
        return demand.need() != Need.SEEN
                && !demand.isOfExec()
                && !demand.call().syscall().equals(EXECVE)
                && (demand.value().isPresent()
                        ? isRefused(demand)
                        : replies.to(demand.call().names(), false) != Reply.OPEN);
    }

    private boolean isHard(Demand demand) {
        return demand.need() == Need.MUST || (demand.need() == Need.IN_SOME_WAYS && start.isInTwoSteps());
    }

    private boolean isRisk(Demand demand) {
        return demand.need() == Need.AT_TIMES && isRefused(demand);
    }

    private boolean isRefused(Demand demand) {
        RuntimeCall call = demand.call();
        if (call.syscall().equals(EXECVE)) {
            return false; // said of the program
        }
        Reply reply = replies.to(call.names(), call.runtime().equals(WITH_STUB));
        if (demand.value().isPresent()) {
            // a call that is refused with any values is a demand of its own
            return reply == Reply.OPEN
                    && replies.to(call.names(), demand.value().get()) != Reply.OPEN;
        }
        boolean fallsBack =
                Fallback.find(call.syscall()).filter(Fallback::isOfRuntimes).isPresent();
        return reply == Reply.REFUSED || (reply == Reply.NO_SUCH_CALL && !fallsBack);
    }

    private Demand.Unmet missing(Collection<Launch> launches, Predicate<Demand> isUnmet) {
        return Demand.Unmet.of(launches, isUnmet, replies::exists);
    }

    private static String makers(List<Launch> launches) {
        return launches.stream()
                .map(launch -> launch.runtime() + (launch.init().isEmpty() ? "" : " or " + launch.init()))
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    private static String words(Collection<String> calls) {
        return String.join(" ", calls);
    }

    private String remedy() {
        return "allow them, or generate the profile with --runtime " + start.runtime()
                + (start.noNewPrivileges() ? " --no-new-privs" : "") + (start.init() ? " --init" : "")
                + (start.exec() ? " --exec" : "");
    }

    private void put(Map<Kind, Obstacle> found, Kind kind, Collection<String> calls, String what, String remedy) {
        found.merge(
                kind,
                new Obstacle(kind, ImmutableSortedSet.of(machine), ImmutableSet.copyOf(calls), what, remedy),
                Obstacle::and);
    }
}
