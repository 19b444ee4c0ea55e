package io.github.strait.format.c;

import com.google.common.collect.ImmutableList;
import io.github.strait.format.Ability;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.Settings;
import io.github.strait.format.Traits;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.PlainRules;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Sharing;
import java.nio.charset.StandardCharsets;

/**
 * C source that has libseccomp make the filter when the program runs, as runc and crun have it make theirs: the document
 * means what it means to them. What libseccomp would compile in an order that it does not promise is written in a form
 * that depends on none, and what it compiles wrong is refused.
 */
public final class LibseccompFormat extends ProfileFormat {
    public static final ProfileFormat LIBSECCOMP_C = new LibseccompFormat(Settings.USUAL);

    /** libseccomp refuses the kernel's last one (measured with 2.5.4). */
    private static final int MAX_ERRNO = 4094;

    private final CName name;

    private LibseccompFormat(Settings settings) {
        super(
                "libseccomp-c",
                CFormat.unsupervised(Traits.of(
                        Sharing.ALL,
                        Ability.ACTIONS,
                        Ability.ERRNOS,
                        Ability.ANY_MACHINE,
                        Ability.MACHINES,
                        Ability.BOTH_BYTE_ORDERS,
                        Ability.LIBSECCOMP,
                        Ability.NAME)));
        this.name = new CName(settings.identifier());
    }

    @Override
    public String purpose() {
        return "C source that has libseccomp make the filter";
    }

    @Override
    public ProfileFormat with(Settings settings) {
        return new LibseccompFormat(settings);
    }

    @Override
    protected byte[] print(Profile profile) {
        Profile plain = PlainRules.areOrdered(profile) ? disjoint(profile) : profile;
        ImmutableList<Rule> rules = PlainRules.of(plain);
        RangeFault.find(rules).ifPresent(call -> {
            throw inexpressible("cannot trust libseccomp with the conditions on '" + call + "': of several rules with"
                    + " ranges or NE it compiles some wrong, mostly too open; list values with SCMP_CMP_EQ or"
                    + " SCMP_CMP_MASKED_EQ, or use c");
        });
        checkErrno(profile.defaultDecision());
        rules.forEach(rule -> checkErrno(rule.decision()));
        return new LibseccompText(name, profile, rules).text().getBytes(StandardCharsets.UTF_8);
    }

    private void checkErrno(Decision decision) {
        if (decision.action() == Action.ERRNO && decision.errno() > MAX_ERRNO) {
            throw inexpressible("has errors up to " + MAX_ERRNO + ", for libseccomp refuses " + decision.errno());
        }
    }
}
