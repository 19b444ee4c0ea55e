package io.github.strait.format.filter;

import com.google.common.collect.ImmutableList;
import io.github.strait.bpf.Disassembler;
import io.github.strait.bpf.FilterCompiler;
import io.github.strait.bpf.Frequencies;
import io.github.strait.bpf.Layout;
import io.github.strait.bpf.Program;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.format.Ability;
import io.github.strait.format.PerAbiFormat;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.Traits;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The formats for the compiled filter itself. A filter can hold different rules for each ABI, so it is the narrowest of
 * all formats.
 */
public final class FilterFormat extends ProfileFormat implements PerAbiFormat {
    /** {@code struct sock_filter[]} in the byte order of the target, as {@code bwrap --seccomp} takes it. */
    public static final FilterFormat BPF = new FilterFormat(
            "bpf",
            "the compiled filter, as bwrap --seccomp takes it",
            Traits.of(Sharing.NONE, Ability.ACTIONS, Ability.ERRNOS, Ability.COMPILED, Ability.BINARY));

    /** A listing of the filter. */
    public static final ProfileFormat BPF_ASM = new FilterFormat(
            "bpf-asm", "a listing of it", Traits.of(Sharing.NONE, Ability.ACTIONS, Ability.ERRNOS, Ability.COMPILED));

    private final String purpose;

    private FilterFormat(String name, String purpose, Traits traits) {
        super(name, traits);
        this.purpose = purpose;
    }

    @Override
    public String purpose() {
        return purpose;
    }

    @Override
    public String asText() {
        return BPF_ASM.name();
    }

    @Override
    protected byte[] print(Profile profile) {
        return print(FilterCompiler.compile(profile), profile.architectures());
    }

    @Override
    public byte[] write(AbiProfiles profiles, Layout layout, Frequencies frequencies) {
        return print(FilterCompiler.compile(profiles, layout, frequencies), profiles.abis());
    }

    private byte[] print(Program program, Set<Arch> abis) {
        if (!traits().has(Ability.BINARY)) {
            return (Disassembler.print(program) + CacheComment.of(program, abis)).getBytes(StandardCharsets.UTF_8);
        }
        boolean isBigEndian = abis.stream().anyMatch(Arch::isBigEndian);
        return program.encode(isBigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public ImmutableList<Diagnostic> costs(AbiProfiles profiles, Layout layout, Frequencies frequencies) {
        return FilterCosts.of(FilterCompiler.compile(profiles, layout, frequencies), frequencies);
    }
}
