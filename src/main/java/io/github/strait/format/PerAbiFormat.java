package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import io.github.strait.bpf.FilterStack;
import io.github.strait.bpf.Frequencies;
import io.github.strait.bpf.Layout;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.syscall.Arch;
import java.util.Optional;
import java.util.Set;

/** A format that can hold different rules for each ABI; in others, all ABIs share them. */
public interface PerAbiFormat {
    /**
     * The document of a profile for each ABI.
     *
     * @param layout in which order a filter looks for a call
     * @param frequencies how often each call was made
     * @throws RefusalException when the format cannot express one of the profiles
     */
    byte[] write(AbiProfiles profiles, Layout layout, Frequencies frequencies);

    /** Notes on what the document costs when the kernel runs it. */
    default ImmutableList<Diagnostic> costs(AbiProfiles profiles, Layout layout, Frequencies frequencies) {
        return ImmutableList.of();
    }

    /**
     * The document of filters as they are; empty when the format says what they decide instead.
     *
     * @param abis those whose calls they look at
     */
    default Optional<byte[]> list(FilterStack filters, Set<Arch> abis) {
        return Optional.empty();
    }
}
