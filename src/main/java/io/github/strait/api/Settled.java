package io.github.strait.api;

import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.Sets;
import io.github.strait.evidence.Evidence;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.AllowedCalls;
import io.github.strait.record.LeftOut;
import io.github.strait.syscall.Arch;
import io.github.strait.verify.Filter;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Finds the calls that evidence and profiles settle. Another recording need not show them. */
public final class Settled {
    private Settled() {}

    /**
     * The calls that a recording on this machine can leave out.
     *
     * @param evidence reads evidence
     * @param compared which arguments the profile is to compare
     */
    public static LeftOut leftOut(
            List<ProfileOrEvidence> known,
            BiFunction<List<String>, InputStream, Evidence> evidence,
            ProfileResolver resolver,
            Arguments compared) {
        Arch here = Machine.here();
        ImmutableSetMultimap.Builder<Arch, String> settled = ImmutableSetMultimap.builder();
        for (ProfileOrEvidence each : known) {
            settled.putAll(each.isProfile() ? of(each.claim(resolver), here) : of(each.evidence(evidence)));
        }
        return LeftOut.of(settled.build(), here, compared.tier());
    }

    /** Calls that succeeded: one that only ever failed may be denied, and may succeed another time. */
    static ImmutableSetMultimap<Arch, String> of(Evidence evidence) {
        ImmutableSetMultimap.Builder<Arch, String> calls = ImmutableSetMultimap.builder();
        evidence.observation()
                .architectures()
                .forEach((arch, seen) -> seen.syscalls().forEach((name, call) -> {
                    if (call.succeeded() > 0 && call.alternatives().isEmpty()) {
                        calls.put(arch, name);
                    }
                }));
        return calls.build();
    }

    /** Calls that a rule allows, whatever their arguments are; a default action that lets calls through settles none. */
    static ImmutableSetMultimap<Arch, String> of(Claim claim, Arch machine) {
        AbiProfiles profiles = claim.profiles(Set.copyOf(machine.personalities()));
        ImmutableSetMultimap<Arch, String> allowed = AllowedCalls.of(profiles);
        ImmutableSetMultimap.Builder<Arch, String> calls = ImmutableSetMultimap.builder();
        for (Map.Entry<Arch, Filter> filter : claim.filters(profiles).entrySet()) {
            Arch arch = filter.getKey();
            calls.putAll(arch, Sets.intersection(filter.getValue().alwaysAllowed(arch), allowed.get(arch)));
        }
        return calls.build();
    }
}
