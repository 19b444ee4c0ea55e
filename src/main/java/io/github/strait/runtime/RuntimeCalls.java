package io.github.strait.runtime;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import io.github.strait.diagnostic.Nearest;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.runtime.RuntimeCall.Mode;
import io.github.strait.syscall.TableResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The calls under the filter before the program runs. The runtime makes them between installing the filter and execve.
 * A trace recorded outside a container does not show them, and the container cannot start without them.
 *
 * @param purpose who makes them, for a comment in a profile
 * @param reasons why each is made, by libseccomp name
 * @param launches the ways to start the program that this covers: each selected version of a runtime, with each init
 */
public record RuntimeCalls(String purpose, ImmutableSortedMap<String, String> reasons, ImmutableList<Launch> launches) {
    private static final ImmutableListMultimap<String, String> EQUIVALENTS =
            TableResource.read(RuntimeCalls.class, "runtime-equivalents.tsv").rows().stream()
                    .collect(ImmutableListMultimap.toImmutableListMultimap(row -> row.get(0), row -> row.get(1)));

    /** The names that may stand before the {@code @}, without synonyms. */
    public static ImmutableSet<String> names() {
        return RuntimeName.ALL.stream()
                .filter(name -> !name.isSynonym())
                .map(RuntimeName::name)
                .collect(ImmutableSet.toImmutableSet());
    }

    /**
     * The calls for a runtime. Without a version they are the union over all measured versions. The same holds for
     * engines, because an engine's version does not determine its runtime's. An unmeasured version of a runtime is
     * refused.
     *
     * @param spec {@code NAME} or {@code NAME@VERSION}
     * @param noNewPrivileges whether the container has no_new_privs set: runtimes then install the filter last
     * @param init whether the program runs below the engine's {@code --init}
     * @param exec whether programs are also started in the running container
     * @throws RefusalException when there is no such runtime, version, init or exec
     */
    public static RuntimeCalls of(String spec, boolean noNewPrivileges, boolean init, boolean exec) {
        if (spec.equals("none") && !init && !exec) {
            return new RuntimeCalls("no runtime makes calls", ImmutableSortedMap.of(), ImmutableList.of());
        }
        if (spec.startsWith("none@")) {
            throw RefusalException.usage("'none' has no version");
        }
        int at = spec.indexOf('@');
        String name = at < 0 ? spec : spec.substring(0, at);
        Optional<Release> version =
                at < 0 ? Optional.empty() : Optional.of(version(known(name), spec.substring(at + 1)));
        ImmutableList<RuntimeName> uses = uses(name, version);
        ImmutableListMultimap.Builder<String, RuntimeCall> calls = ImmutableListMultimap.builder();
        ImmutableList.Builder<Launch> launches = ImmutableList.builder();
        for (RuntimeName use : uses) {
            if ((init && use.inits().isEmpty()) || (exec && !use.hasExec())) {
                throw RefusalException.usage("'" + name + "' has no " + (init ? "--init" : "--exec")
                        + "; leave it out, or name another --runtime");
            }
            Set<Mode> modes = exec ? Set.of(Mode.RUN, Mode.EXEC) : Set.of(Mode.RUN);
            Optional<Release> own = use.isRuntime() ? version : Optional.empty();
            ImmutableList<RuntimeCall> ofRuntime = select(use.runtime(), own, noNewPrivileges, modes);
            add(calls, ofRuntime);
            ListMultimap<String, RuntimeCall> ofInits =
                    MultimapBuilder.linkedHashKeys().arrayListValues().build();
            for (String program : init ? use.inits() : ImmutableList.<String>of()) {
                ofInits.putAll(program, select(program, Optional.empty(), noNewPrivileges, Set.of(Mode.INIT)));
            }
            add(calls, ofInits.values());
            launches.addAll(Launch.all(use.runtime(), ofRuntime, ofInits));
        }
        return new RuntimeCalls(purpose(uses, noNewPrivileges, init), reasons(calls.build()), launches.build());
    }

    /**
     * The values of arguments that are needed, by call under each of its names and by place. A place where those of one
     * maker are not known is left out, and so is a call without any.
     */
    public ImmutableMap<String, ImmutableMap<String, ImmutableSet<String>>> arguments() {
        Map<String, Map<String, Set<String>>> known = new TreeMap<>();
        for (Launch launch : launches) {
            for (RuntimeCall call : launch.calls()) {
                Map<String, Set<String>> own = new TreeMap<>();
                for (RuntimeArgument argument : call.arguments()) {
                    own.computeIfAbsent(argument.at(), at -> new TreeSet<>()).add(argument.value());
                }
                for (String name : call.names()) {
                    Map<String, Set<String>> others = known.get(name);
                    known.put(name, others == null ? own : both(others, own));
                }
            }
        }
        ImmutableMap.Builder<String, ImmutableMap<String, ImmutableSet<String>>> arguments = ImmutableMap.builder();
        for (Map.Entry<String, Map<String, Set<String>>> call : known.entrySet()) {
            if (!call.getValue().isEmpty()) {
                arguments.put(call.getKey(), frozen(call.getValue()));
            }
        }
        return arguments.buildOrThrow();
    }

    /** The values of either, at the places that both know. */
    private static Map<String, Set<String>> both(Map<String, Set<String>> one, Map<String, Set<String>> other) {
        Map<String, Set<String>> both = new TreeMap<>();
        for (Map.Entry<String, Set<String>> place : one.entrySet()) {
            Set<String> more = other.get(place.getKey());
            if (more != null) {
                Set<String> values = new TreeSet<>(place.getValue());
                values.addAll(more);
                both.put(place.getKey(), values);
            }
        }
        return both;
    }

    private static ImmutableMap<String, ImmutableSet<String>> frozen(Map<String, Set<String>> places) {
        ImmutableMap.Builder<String, ImmutableSet<String>> frozen = ImmutableMap.builder();
        for (Map.Entry<String, Set<String>> place : places.entrySet()) {
            frozen.put(place.getKey(), ImmutableSet.copyOf(place.getValue()));
        }
        return frozen.buildOrThrow();
    }

    private static String purpose(ImmutableList<RuntimeName> uses, boolean noNewPrivileges, boolean init) {
        Set<String> makers = new LinkedHashSet<>();
        uses.forEach(use -> makers.add(use.runtime()));
        if (init) {
            uses.forEach(use -> makers.addAll(use.inits()));
        }
        return String.join(" and ", makers) + (makers.size() == 1 ? " makes" : " make") + " these before execve"
                + (noNewPrivileges ? ", with no-new-privileges" : "");
    }

    /** The rows for a name: of several versions the one that is meant, or all. */
    private static ImmutableList<RuntimeName> uses(String name, Optional<Release> version) {
        ImmutableList<RuntimeName> named = known(name);
        Set<Release> starts = named.stream().map(RuntimeName::from).collect(Collectors.toSet());
        Set<Release> meant = version.isPresent() ? Set.of(startOf(version.get(), starts)) : starts;
        return named.stream().filter(row -> meant.contains(row.from())).collect(ImmutableList.toImmutableList());
    }

    /** The rows for a name. */
    private static ImmutableList<RuntimeName> known(String name) {
        ImmutableList<RuntimeName> named = RuntimeName.ALL.stream()
                .filter(row -> row.name().equals(name))
                .collect(ImmutableList.toImmutableList());
        if (named.isEmpty()) {
            throw RefusalException.usage(
                    "unknown runtime '" + name + "'" + nearest(name) + "; known are: " + String.join(" ", names()));
        }
        return named;
    }

    /** Reads a version of the runtime in these rows. Refuses a version whose calls are not known. */
    private static Release version(ImmutableList<RuntimeName> named, String text) {
        List<RuntimeVersions> versions = named.stream()
                .map(RuntimeName::runtime)
                .distinct()
                .flatMap(runtime -> RuntimeVersions.of(runtime).stream())
                .toList();
        Release version;
        try {
            version = Release.parse(text);
        } catch (RefusalException e) {
            String remedies =
                    versions.stream().map(known -> "; " + known.remedy()).collect(Collectors.joining());
            throw RefusalException.usage(e.getMessage() + remedies);
        }
        if (named.get(0).isRuntime()) {
            versions.forEach(known -> known.check(version));
        }
        return version;
    }

    private static ImmutableList<RuntimeCall> select(
            String runtime, Optional<Release> version, boolean noNewPrivileges, Set<Mode> modes) {
        ImmutableList<RuntimeCall> own = RuntimeCall.ALL.stream()
                .filter(call -> call.runtime().equals(runtime))
                .collect(ImmutableList.toImmutableList());
        Set<Release> starts = own.stream().map(RuntimeCall::from).collect(Collectors.toSet());
        Set<Release> meant = version.isPresent() && !starts.isEmpty() ? Set.of(startOf(version.get(), starts)) : starts;
        return own.stream()
                .filter(call -> meant.contains(call.from()))
                .filter(call -> call.noNewPrivileges() == noNewPrivileges && modes.contains(call.mode()))
                .collect(ImmutableList.toImmutableList());
    }

    /** The newest of the known starts that is not newer than the version. */
    private static Release startOf(Release version, Set<Release> starts) {
        return starts.stream()
                .filter(start -> start.compareTo(version) <= 0)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Adds the calls under the names that they have on the ABIs. */
    private static void add(
            ImmutableListMultimap.Builder<String, RuntimeCall> calls, Collection<RuntimeCall> selected) {
        for (RuntimeCall call : selected) {
            names(call.syscall()).forEach(name -> calls.put(name, call));
        }
    }

    /** The names that a call of the table has on the ABIs. */
    static ImmutableList<String> names(String syscall) {
        return ImmutableList.<String>builder()
                .add(syscall)
                .addAll(EQUIVALENTS.get(syscall))
                .build();
    }

    private static ImmutableSortedMap<String, String> reasons(ImmutableListMultimap<String, RuntimeCall> calls) {
        TreeMap<String, String> reasons = new TreeMap<>();
        calls.asMap().forEach((name, makers) -> reasons.put(name, reason(List.copyOf(makers))));
        return ImmutableSortedMap.copyOf(reasons);
    }

    /** Names who needs the call, or who was seen to make it when none needs it. */
    private static String reason(List<RuntimeCall> makers) {
        List<RuntimeCall> needing =
                makers.stream().filter(RuntimeCall::isNeeded).toList();
        List<RuntimeCall> named = needing.isEmpty() ? makers : needing;
        List<String> parts = new ArrayList<>();
        String starting =
                sources(named.stream().filter(call -> call.mode() != Mode.INIT).toList());
        if (!starting.isEmpty()) {
            parts.add("by " + starting + " before execve");
        }
        String inits =
                sources(named.stream().filter(call -> call.mode() == Mode.INIT).toList());
        if (!inits.isEmpty()) {
            parts.add("by " + inits + " as the container's init");
        }
        String why = named.get(named.size() - 1).why();
        return (needing.isEmpty() ? "seen, not always needed, " : "needed ") + String.join(" and ", parts) + ": " + why;
    }

    /** As in {@code runc 1.1, 1.2 and runc exec 1.2}. */
    private static String sources(List<RuntimeCall> calls) {
        Map<String, Set<String>> versions = new LinkedHashMap<>();
        for (RuntimeCall call : calls) {
            versions.computeIfAbsent(call.command(), key -> new LinkedHashSet<>())
                    .add(call.from().toString());
        }
        return versions.entrySet().stream()
                .map(entry -> (entry.getKey() + " " + String.join(", ", entry.getValue())).strip())
                .collect(Collectors.joining(" and "));
    }

    /** A suggestion when a known name is at most two letters away, or continues the given one. */
    private static String nearest(String name) {
        List<String> known = RuntimeName.ALL.stream().map(RuntimeName::name).toList();
        return Nearest.of(name, known, 2)
                .or(() -> known.stream()
                        .filter(other -> name.length() > 1 && other.startsWith(name))
                        .findFirst())
                .map(meant -> "; did you mean '" + meant + "'?")
                .orElse("");
    }
}
