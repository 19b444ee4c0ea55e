package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import io.github.strait.bpf.Frequencies;
import io.github.strait.bpf.Layout;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.AbiProfiles;

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
}
