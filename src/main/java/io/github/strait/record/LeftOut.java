package io.github.strait.record;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Multimaps;
import com.google.common.collect.SetMultimap;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.Tier;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The calls that a recording leaves out because other evidence settles them: strace does not stop the program for them.
 *
 * @param calls by ABI of this machine, each a name that is spelt alike by strace and libseccomp
 */
public record LeftOut(ImmutableSetMultimap<Arch, String> calls) {
    /** Nothing is left out. */
    public static final LeftOut NOTHING = new LeftOut(ImmutableSetMultimap.of());

    /** Calls that every recording shows, each with its reason, and words that are classes of calls to strace. */
    private static final ImmutableSortedSet<String> ALWAYS_TRACED = alwaysTraced();

    private static ImmutableSortedSet<String> alwaysTraced() {
        ImmutableSortedSet.Builder<String> names = ImmutableSortedSet.naturalOrder();
        for (List<String> row :
                TableResource.read(LeftOut.class, "always-traced.tsv").rows()) {
            names.addAll(TableResource.words(row.get(0)));
        }
        return names.build();
    }

    /**
     * Chooses the calls to leave out: those that are settled on an ABI, but for those that a reader needs to follow tasks,
     * and those whose values a profile compares.
     *
     * @param settled calls by ABI that evidence allows, whatever their arguments are
     * @param machine the native ABI of this machine; calls of other machines cannot occur
     * @param compared which arguments the profile is to compare; empty for none
     */
    public static LeftOut of(SetMultimap<Arch, String> settled, Arch machine, Optional<Tier> compared) {
        ImmutableSetMultimap.Builder<Arch, String> calls = ImmutableSetMultimap.builder();
        calls.orderKeysBy(Arch::compareTo).orderValuesBy(String::compareTo);
        for (Map.Entry<Arch, Set<String>> each : Multimaps.asMap(settled).entrySet()) {
            Arch arch = each.getKey();
            if (!machine.personalities().contains(arch)) {
                continue;
            }
            for (String name : each.getValue()) {
                boolean isWanted = ALWAYS_TRACED.contains(name)
                        || !SyscallTable.of(arch).contains(name)
                        || (compared.isPresent() && Catalogue.has(name, arch, compared.get()));
                if (!isWanted) {
                    calls.put(arch, name);
                }
            }
        }
        return new LeftOut(calls.build());
    }

    /** Whether all calls are traced. */
    public boolean isNothing() {
        return calls.isEmpty();
    }

    /** The names on any ABI. */
    public ImmutableSortedSet<String> names() {
        return ImmutableSortedSet.copyOf(calls.values());
    }

    /**
     * The options that select the calls for strace; none for all calls. With {@code --seccomp-bpf} a filter in the kernel
     * lets the calls through that are left out, and the program runs at its own speed. strace sets no_new_privs for it.
     */
    ImmutableList<String> straceOptions() {
        TreeSet<String> words = new TreeSet<>();
        calls.forEach((arch, name) -> words.add("?" + name + "@" + personality(arch)));
        return words.isEmpty()
                ? ImmutableList.of()
                : ImmutableList.of("--seccomp-bpf", "-e", "trace=!" + String.join(",", words));
    }

    /** The word of strace for an ABI of its machine. */
    private static String personality(Arch arch) {
        return arch == Arch.X32 ? arch.label() : String.valueOf(arch.pointerBits());
    }
}
