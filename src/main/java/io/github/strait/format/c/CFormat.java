package io.github.strait.format.c;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import io.github.strait.bpf.FilterCompiler;
import io.github.strait.bpf.Frequencies;
import io.github.strait.bpf.Layout;
import io.github.strait.bpf.Program;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.format.Ability;
import io.github.strait.format.PerAbiFormat;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.Settings;
import io.github.strait.format.Traits;
import io.github.strait.format.filter.FilterCosts;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Action;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Sharing;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * A C header with the compiled filter for each machine, chosen by the compiler, and a function that installs it.
 */
public final class CFormat extends ProfileFormat implements PerAbiFormat {
    public static final ProfileFormat C = new CFormat(Settings.USUAL);

    private final CName name;

    private CFormat(Settings settings) {
        super(
                "c",
                unsupervised(Traits.of(
                        Sharing.NONE,
                        Ability.ACTIONS,
                        Ability.ERRNOS,
                        Ability.COMPILED,
                        Ability.MACHINES,
                        Ability.BOTH_BYTE_ORDERS,
                        Ability.NAME)));
        this.name = new CName(settings.identifier());
    }

    /** The same without what a supervisor has to answer: the sources install a filter, and start none. */
    static Traits unsupervised(Traits traits) {
        return traits.withActions(
                        Action.KILL_PROCESS,
                        Action.KILL_THREAD,
                        Action.TRAP,
                        Action.ERRNO,
                        Action.TRACE,
                        Action.LOG,
                        Action.ALLOW)
                .withFlags(Flag.TSYNC, Flag.LOG, Flag.SPEC_ALLOW);
    }

    @Override
    public String purpose() {
        return "a C header with the compiled filter and a function that installs it";
    }

    @Override
    public ProfileFormat with(Settings settings) {
        return new CFormat(settings);
    }

    @Override
    protected byte[] print(Profile profile) {
        return header(AbiProfiles.of(profile), Layout.AUTO, Frequencies.UNKNOWN, profile.flags());
    }

    @Override
    public byte[] write(AbiProfiles profiles, Layout layout, Frequencies frequencies) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        profiles.forEach((abi, profile) -> {
            check(profile);
            flags.addAll(profile.flags());
        });
        return header(profiles, layout, frequencies, flags);
    }

    private byte[] header(AbiProfiles profiles, Layout layout, Frequencies frequencies, Set<Flag> flags) {
        ImmutableList<CMachine> machines = CMachine.of(profiles.abis());
        if (machines.isEmpty()) {
            throw inexpressible("has a filter for each architecture, and the profile lists none");
        }
        HeaderText header = new HeaderText(name, Sets.immutableEnumSet(flags));
        header.begin(machines);
        for (CMachine machine : machines) {
            header.filter(machine, program(machine, profiles, layout, frequencies));
        }
        header.end(machines);
        return header.text().getBytes(StandardCharsets.UTF_8);
    }

    private static Program program(CMachine machine, AbiProfiles profiles, Layout layout, Frequencies frequencies) {
        AbiProfiles own = AbiProfiles.of(Maps.filterKeys(profiles.byAbi(), machine.abis()::contains));
        return FilterCompiler.compile(own, layout, frequencies);
    }

    /** Those of the filter where there is one; several are not added up. */
    @Override
    public ImmutableList<Diagnostic> costs(AbiProfiles profiles, Layout layout, Frequencies frequencies) {
        ImmutableList<CMachine> machines = CMachine.of(profiles.abis());
        return machines.size() == 1
                ? FilterCosts.of(program(machines.get(0), profiles, layout, frequencies), frequencies)
                : ImmutableList.of();
    }
}
