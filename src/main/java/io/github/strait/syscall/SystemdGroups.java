package io.github.strait.syscall;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The groups of calls, such as {@code @system-service}, that systemd's {@code SystemCallFilter=} names. They differ from
 * release to release: the built-in ones are those of 252, and {@code systemd-analyze syscall-filter} prints a machine's.
 */
public final class SystemdGroups {
    /** The calls that are in every list of allowed calls. */
    public static final String DEFAULT = "@default";

    /** Every call that the release knows. */
    public static final String KNOWN = "@known";

    private static @Nullable SystemdGroups builtIn;

    private final String origin;
    private final ImmutableMap<String, ImmutableSet<String>> calls;

    private SystemdGroups(String origin, ImmutableMap<String, ImmutableSet<String>> calls) {
        this.origin = origin;
        this.calls = calls;
    }

    /** Those of systemd 252; the resource {@code systemd-groups.tsv} holds them. */
    public static synchronized SystemdGroups builtIn() {
        if (builtIn == null) {
            Map<String, Set<String>> members = new LinkedHashMap<>();
            TableResource.read(SystemdGroups.class, "systemd-groups.tsv")
                    .rows()
                    .forEach(row -> members.put(row.get(0), new TreeSet<>(TableResource.words(row.get(1)))));
            builtIn = new SystemdGroups("the built-in table of systemd 252", flat(members));
        }
        return builtIn;
    }

    /**
     * The groups in what {@code systemd-analyze syscall-filter} prints: a group, its members below it, indented, and
     * comments. Empty when that is something else.
     */
    public static Optional<SystemdGroups> parse(String listing) {
        Map<String, Set<String>> members = new LinkedHashMap<>();
        Set<String> group = new TreeSet<>();
        for (String line : listing.lines().toList()) {
            String word = line.strip();
            if (line.startsWith("@")) {
                group = new TreeSet<>();
                members.put(word, group);
            } else if (line.startsWith(" ") && !word.startsWith("#")) {
                group.add(word);
            }
        }
        return members.containsKey(DEFAULT) && members.containsKey(KNOWN)
                ? Optional.of(new SystemdGroups("this machine's systemd-analyze", flat(members)))
                : Optional.empty();
    }

    /** Where they are from, for a message. */
    public String origin() {
        return origin;
    }

    /** The names of all groups, each beginning with {@code @}. */
    public ImmutableSet<String> names() {
        return calls.keySet();
    }

    /** The calls of a group, those of the groups in it too; empty when there is no such group. */
    public Optional<ImmutableSet<String>> calls(String group) {
        return Optional.ofNullable(calls.get(group));
    }

    private static ImmutableMap<String, ImmutableSet<String>> flat(Map<String, Set<String>> members) {
        ImmutableMap.Builder<String, ImmutableSet<String>> flat = ImmutableMap.builder();
        members.keySet().forEach(group -> flat.put(group, flat(group, members)));
        return flat.buildOrThrow();
    }

    private static ImmutableSet<String> flat(String group, Map<String, Set<String>> members) {
        Set<String> groups = new TreeSet<>(List.of(group));
        Deque<String> open = new ArrayDeque<>(groups);
        Set<String> found = new TreeSet<>();
        while (!open.isEmpty()) {
            for (String member : members.getOrDefault(open.remove(), Set.of())) {
                if (!member.startsWith("@")) {
                    found.add(member);
                } else if (groups.add(member)) {
                    open.add(member);
                }
            }
        }
        return ImmutableSet.copyOf(found);
    }
}
