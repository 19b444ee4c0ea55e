package io.github.strait.format;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import com.google.common.collect.TreeMultimap;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The allowed calls, {@code ARCH<TAB>NAME} each, in the order of the ABIs and then of the names.
 *
 * <p>The losses: how a call is denied is not written, so that what is read back denies with EPERM. A name that no ABI
 * of the profile has stands under each of them. Blank lines and lines that begin with {@code #} are passed over.
 *
 * <p>A profile allows a name on all of its ABIs; a document that lists a name under one ABI only, though another one
 * has it too, has no profile that is as narrow, and is refused.
 */
final class NamesFormat implements ReadableFormat {
    @Override
    public String name() {
        return "names";
    }

    @Override
    public byte[] write(Profile profile) {
        NamesLosses.check(this, profile);
        Set<String> allowed = allowed(profile);
        StringBuilder out = new StringBuilder();
        for (Arch arch : profile.architectures()) {
            Set<String> here = Sets.filter(allowed, name -> belongs(name, arch, profile.architectures()));
            if (here.isEmpty()) {
                throw FormatRefusal.inexpressible(this, "has no line for " + arch.label() + ", which allows nothing");
            }
            here.forEach(
                    name -> out.append(arch.label()).append('\t').append(name).append('\n'));
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Reading read(String file, byte[] content, Reader reader) {
        Source source = Source.of(file, content);
        TreeMultimap<Arch, String> calls = calls(source);
        checkComplete(source, calls);
        Profile profile = Profile.builder(Action.ERRNO)
                .defaultErrnoRet(1)
                .architectures(calls.keySet())
                .rule(Rule.builder(Action.ALLOW).names(calls.values()).build())
                .build();
        return new Reading(profile, source.warnings());
    }

    /** The lines of a document, also of one that no profile is as narrow as. */
    static TreeMultimap<Arch, String> calls(Source source) {
        TreeMultimap<Arch, String> calls = TreeMultimap.create();
        int number = 0;
        for (String line : source.text().lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                line(source, number, line, calls);
            }
        }
        if (calls.isEmpty()) {
            throw source.error(0, "no call is listed; a line is ARCH<TAB>NAME, such as x86_64<TAB>read");
        }
        return calls;
    }

    @Override
    public String toString() {
        return name();
    }

    private static void line(Source source, int number, String line, TreeMultimap<Arch, String> calls) {
        int tab = line.indexOf('\t');
        if (tab < 0) {
            throw source.error(number, "a line is ARCH<TAB>NAME, and this one has no tab");
        }
        String label = line.substring(0, tab);
        Arch arch = Arch.find(label)
                .orElseThrow(() -> source.error(number, "unknown architecture '" + label + "' before the tab"));
        String name = line.substring(tab + 1);
        try {
            calls.put(arch, Rule.allow(name).names().first());
        } catch (RefusalException e) {
            throw source.error(number, e.getMessage());
        }
    }

    private static void checkComplete(Source source, TreeMultimap<Arch, String> calls) {
        ImmutableSortedSet<Arch> arches = ImmutableSortedSet.copyOf(calls.keySet());
        for (String name : new TreeSet<>(calls.values())) {
            for (Arch arch : arches) {
                if (!calls.containsEntry(arch, name) && belongs(name, arch, arches)) {
                    throw source.error(
                            0,
                            "'" + name + "' is listed for another architecture but not for " + arch.label()
                                    + ", and a profile allows it on both; add the line or split the document");
                }
                if (calls.containsEntry(arch, name) && !belongs(name, arch, arches)) {
                    source.warn(0, "unknown-syscall", arch.label() + " has no call '" + name + "'; remove the line");
                }
            }
        }
    }

    /** Whether a line for this name and ABI is written: the ABI has the call, or none of them does. */
    private static boolean belongs(String name, Arch arch, Set<Arch> arches) {
        return SyscallTable.of(arch).contains(name)
                || arches.stream().noneMatch(other -> SyscallTable.of(other).contains(name));
    }

    /** The first rule of a name decides, among those that do not merely repeat the default. */
    private static Set<String> allowed(Profile profile) {
        Set<String> allowed = new TreeSet<>();
        Set<String> decided = new HashSet<>();
        List<Rule> rules = profile.rules().stream()
                .filter(rule -> !rule.decision().equals(profile.defaultDecision()))
                .toList();
        for (Rule rule : rules) {
            for (String name : rule.names()) {
                if (decided.add(name) && rule.action() == Action.ALLOW) {
                    allowed.add(name);
                }
            }
        }
        return allowed;
    }
}
