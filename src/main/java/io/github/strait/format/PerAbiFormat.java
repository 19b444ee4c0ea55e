package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import io.github.strait.bpf.Frequencies;
import io.github.strait.bpf.Layout;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.AbiProfiles;

/** A format that can say something else for each ABI, where others share their rules. */
public interface PerAbiFormat {
    /**
     * The document of a profile for each ABI.
     *
     * @param layout in which order a filter looks for a call
     * @param frequencies how often each call was made
     * @throws RefusalException when the format cannot express one of the profiles
     */
    byte[] write(AbiProfiles profiles, Layout layout, Frequencies frequencies);

    /** What the document costs when the kernel follows it, as notes. */
    default ImmutableList<Diagnostic> costs(AbiProfiles profiles, Layout layout, Frequencies frequencies) {
        return ImmutableList.of();
    }
}
