package io.github.strait.format.names;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import com.google.common.collect.TreeMultimap;
import io.github.strait.bpf.Frequencies;
import io.github.strait.bpf.Layout;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Ability;
import io.github.strait.format.DocumentText;
import io.github.strait.format.PerAbiFormat;
import io.github.strait.format.ReadableFormat;
import io.github.strait.format.Reader;
import io.github.strait.format.Reading;
import io.github.strait.format.Traits;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The allowed calls, {@code ARCH<TAB>NAME} each, in the order of the ABIs and then of the names.
 *
 * <p>Losses: the format does not say how a call is denied; a list that is read back denies with EPERM. A name that no
 * ABI of the profile has is listed under each of them. Blank lines and lines that begin with {@code #} are ignored.
 *
 * <p>A profile allows a name on all of its ABIs; a document may list a name under only one of two ABIs that have it. No
 * single profile is as narrow as that, so reading it gives a profile for each ABI.
 */
public final class NamesFormat extends ReadableFormat implements PerAbiFormat {
    public static final ReadableFormat NAMES = new NamesFormat();

    private static final Pattern LINE = Pattern.compile("\\A\\s*+[A-Za-z0-9_]++\t");

    /** The beginning of a JSON or YAML document, or of a unit. */
    private static final Pattern OTHER_LINE = Pattern.compile("\\A\\s*+([{\\[/;]|[A-Za-z]++:|---)");

    private NamesFormat() {
        super(
                "names",
                Traits.of(Sharing.NONE, Ability.BOTH_BYTE_ORDERS, Ability.READABLE)
                        .withOperators()
                        .withFlags());
    }

    @Override
    public String purpose() {
        return "ARCH<TAB>NAME";
    }

    @Override
    protected byte[] print(Profile profile) {
        Set<String> allowed = allowed(profile);
        StringBuilder out = new StringBuilder();
        for (Arch arch : profile.architectures()) {
            Set<String> here = Sets.filter(allowed, name -> belongs(name, arch, profile.architectures()));
            if (here.isEmpty()) {
                throw inexpressible("has no line for " + arch.label() + ", which allows nothing");
            }
            here.forEach(
                    name -> out.append(arch.label()).append('\t').append(name).append('\n'));
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] write(AbiProfiles profiles, Layout layout, Frequencies frequencies) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        profiles.forEach((abi, profile) -> lines.writeBytes(write(profile)));
        return lines.toByteArray();
    }

    @Override
    public boolean recognises(String start) {
        boolean comment = false;
        for (String line : start.lines().filter(text -> !text.isBlank()).toList()) {
            if (!line.startsWith("#")) {
                return LINE.matcher(line).find()
                        || (comment && !OTHER_LINE.matcher(line).find());
            }
            comment = true;
        }
        return comment;
    }

    @Override
    public Reading read(String file, byte[] content, Reader reader) {
        DocumentText source = DocumentText.of(file, content);
        TreeMultimap<Arch, String> calls = calls(source);
        AbiProfiles byAbi = AbiProfiles.allowing(calls);
        Optional<RefusalException> gap = gap(source, calls);
        if (gap.isPresent()) {
            return Reading.of(byAbi, gap.get());
        }
        Profile profile = Profile.builder(Action.ERRNO)
                .defaultErrnoRet(1)
                .architectures(calls.keySet())
                .rule(Rule.builder(Action.ALLOW).names(calls.values()).build())
                .build();
        return Reading.of(byAbi, profile, source.warnings());
    }

    private static TreeMultimap<Arch, String> calls(DocumentText source) {
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

    private static void line(DocumentText source, int number, String line, TreeMultimap<Arch, String> calls) {
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

    /** Why no profile is as narrow as these lines; empty when one is. Warns of lines without effect in it. */
    private static Optional<RefusalException> gap(DocumentText source, TreeMultimap<Arch, String> calls) {
        ImmutableSortedSet<Arch> arches = ImmutableSortedSet.copyOf(calls.keySet());
        for (String name : new TreeSet<>(calls.values())) {
            for (Arch arch : arches) {
                if (!calls.containsEntry(arch, name) && belongs(name, arch, arches)) {
                    return Optional.of(source.error(
                            0,
                            "'" + name + "' is listed for another architecture but not for " + arch.label()
                                    + ", and a profile allows it on both; add the line or split the document"));
                }
                if (calls.containsEntry(arch, name) && !belongs(name, arch, arches)) {
                    source.warn(0, "unknown-syscall", arch.label() + " has no call '" + name + "'; remove the line");
                }
            }
        }
        return Optional.empty();
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
