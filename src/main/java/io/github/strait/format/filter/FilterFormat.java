package io.github.strait.format.filter;

import com.google.common.collect.ImmutableList;
import io.github.strait.bpf.Decompiler;
import io.github.strait.bpf.FilterCompiler;
import io.github.strait.bpf.Frequencies;
import io.github.strait.bpf.Layout;
import io.github.strait.bpf.Program;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.format.Ability;
import io.github.strait.format.PerAbiFormat;
import io.github.strait.format.ReadableFormat;
import io.github.strait.format.Reader;
import io.github.strait.format.Reading;
import io.github.strait.format.Traits;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * The compiled filter itself: {@code struct sock_filter[]} in the byte order of the target, as {@code bwrap --seccomp}
 * takes it. A filter can hold different rules for each ABI, so it is the narrowest of all formats. Filters of any origin
 * are read: what they decide is found by running them for all arguments at once.
 */
public final class FilterFormat extends ReadableFormat implements PerAbiFormat {
    public static final FilterFormat BPF = new FilterFormat();

    private FilterFormat() {
        super("bpf", Traits.of(Sharing.NONE, Ability.ACTIONS, Ability.ERRNOS, Ability.COMPILED, Ability.BINARY));
    }

    @Override
    public String purpose() {
        return "the compiled filter, as bwrap --seccomp takes it";
    }

    @Override
    public String asText() {
        return ListingFormat.BPF_ASM.name();
    }

    @Override
    public boolean recognises(String start) {
        return FilterDocument.begins(start);
    }

    @Override
    public Reading read(String file, byte[] content, Reader reader) {
        FilterDocument document = FilterDocument.of(file, content);
        SourcePosition position = SourcePosition.ofFile(file);
        boolean isBigEndian = document.order() == ByteOrder.BIG_ENDIAN;
        try {
            return Reading.of(
                    Decompiler.decompile(document.stack(), isBigEndian, reader.machine()), position, document.notes());
        } catch (RefusalException e) {
            throw e.at(position);
        }
    }

    @Override
    protected byte[] print(Profile profile) {
        return print(FilterCompiler.compile(profile), profile.architectures());
    }

    @Override
    public byte[] write(AbiProfiles profiles, Layout layout, Frequencies frequencies) {
        return print(FilterCompiler.compile(profiles, layout, frequencies), profiles.abis());
    }

    private static byte[] print(Program program, Set<Arch> abis) {
        boolean isBigEndian = abis.stream().anyMatch(Arch::isBigEndian);
        return program.encode(isBigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public ImmutableList<Diagnostic> costs(AbiProfiles profiles, Layout layout, Frequencies frequencies) {
        return FilterCosts.of(FilterCompiler.compile(profiles, layout, frequencies), frequencies);
    }
}
