package io.github.strait.bpf;

import com.google.common.collect.ImmutableList;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Profile;
import java.util.Optional;

/**
 * The meaning of filters as rules.
 *
 * @param stack the filters
 * @param profiles what they decide on each ABI. Calls of an ABI that is missing end their thread. A call that no rules
 *     describe has the default here
 * @param gap which call no rules describe, and why; empty when the profiles say exactly what the filters do
 * @param profile the one profile that says the same on all of these ABIs; empty when there is none
 * @param difference why there is none
 * @param notes what profiles cannot say of the filters, a clause each
 */
public record Decompiled(
        FilterStack stack,
        AbiProfiles profiles,
        Optional<String> gap,
        Optional<Profile> profile,
        String difference,
        ImmutableList<String> notes) {}
