package io.github.strait.format.filter;

import com.google.common.collect.ImmutableList;
import io.github.strait.bpf.Disassembler;
import io.github.strait.bpf.FilterCompiler;
import io.github.strait.bpf.FilterStack;
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
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** A listing of the compiled filter. */
public final class ListingFormat extends ProfileFormat implements PerAbiFormat {
    public static final ProfileFormat BPF_ASM = new ListingFormat();

    private ListingFormat() {
        super("bpf-asm", Traits.of(Sharing.NONE, Ability.ACTIONS, Ability.ERRNOS, Ability.COMPILED));
    }

    @Override
    public String purpose() {
        return "a listing of it";
    }

    @Override
    protected byte[] print(Profile profile) {
        return print(FilterCompiler.compile(profile), profile.architectures());
    }

    @Override
    public byte[] write(AbiProfiles profiles, Layout layout, Frequencies frequencies) {
        return print(FilterCompiler.compile(profiles, layout, frequencies), profiles.abis());
    }

    @Override
    public Optional<byte[]> list(FilterStack stack, Set<Arch> abis) {
        if (stack.programs().size() == 1) {
            return Optional.of(print(stack.newest(), abis));
        }
        StringBuilder text = new StringBuilder();
        int place = 0;
        for (Program program : stack.programs()) {
            place++;
            text.append("; filter ")
                    .append(place)
                    .append(" of ")
                    .append(stack.programs().size());
            text.append(place == 1 ? ", the oldest\n" : "\n").append(Disassembler.print(program));
        }
        return Optional.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] print(Program program, Set<Arch> abis) {
        return (Disassembler.print(program) + CacheComment.of(program, abis)).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public ImmutableList<Diagnostic> costs(AbiProfiles profiles, Layout layout, Frequencies frequencies) {
        return FilterCosts.of(FilterCompiler.compile(profiles, layout, frequencies), frequencies);
    }
}
