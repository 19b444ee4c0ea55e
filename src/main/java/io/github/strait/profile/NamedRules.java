package io.github.strait.profile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.Syscalls;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A profile whose rules are found by name. The time for a hostile document of many rules is therefore linear in its
 * length.
 */
final class NamedRules {
    private final String label;
    private final Profile profile;
    private final ImmutableListMultimap<String, Rule> byName;

    NamedRules(String label, Profile profile) {
        this.label = label;
        this.profile = profile;
        ImmutableListMultimap.Builder<String, Rule> rules = ImmutableListMultimap.builder();
        for (Rule rule : profile.rules()) {
            rule.names().forEach(name -> rules.put(name, rule));
        }
        this.byName = rules.build();
    }

    String label() {
        return label;
    }

    Profile profile() {
        return profile;
    }

    /** The names that some rule has. */
    Set<String> names() {
        return byName.keySet();
    }

    /** Whether an ABI of the profile has the call; a name in no table may be that of a newer kernel's call. */
    boolean heeds(String name) {
        return !having(name, profile.architectures()).isEmpty();
    }

    /** The listed ABIs that have the call, or all that have it when none is listed. */
    static List<Arch> having(String name, Set<Arch> listed) {
        Set<Arch> among = listed.isEmpty() ? Set.copyOf(Arrays.asList(Arch.values())) : listed;
        boolean known = Syscalls.names().contains(name);
        return among.stream()
                .filter(arch -> !known || SyscallTable.of(arch).contains(name))
                .toList();
    }

    /** The decisions about a call that some ABI of the profile may have; the default for any other call. */
    DecisionRegions regions(String name, ArgumentSpace space) {
        ImmutableList<Rule> rules = heeds(name) ? byName.get(name) : ImmutableList.of();
        return DecisionRegions.of(profile.defaultDecision(), rules, space);
    }
}
