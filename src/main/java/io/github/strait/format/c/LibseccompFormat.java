package io.github.strait.format.c;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Ability;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.Settings;
import io.github.strait.format.Traits;
import io.github.strait.profile.Merge;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Sharing;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * C source that has libseccomp make the filter when the program runs, as runc and crun have it make theirs: the document
 * means what it means to them. What libseccomp would compile in an order that it does not promise is written in a form
 * that depends on none, and what it compiles wrong is refused.
 */
public final class LibseccompFormat extends ProfileFormat {
    public static final ProfileFormat LIBSECCOMP_C = new LibseccompFormat(Settings.USUAL);

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
        this.name = CName.of(settings);
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
        Clauses clauses = Clauses.of(profile);
        if (clauses.areOrdered()) {
            clauses = Clauses.of(apart(profile));
        }
        clauses.miscompiled().ifPresent(call -> {
            throw inexpressible("cannot trust libseccomp with the conditions on '" + call + "': of several rules with"
                    + " ranges or NE it compiles some wrong, mostly too open; list values with SCMP_CMP_EQ or"
                    + " SCMP_CMP_MASKED_EQ, or use c");
        });
        return new LibseccompText(name, profile, clauses).text().getBytes(StandardCharsets.UTF_8);
    }

    /** The same meaning by rules for a call of which no two match the same arguments. */
    private Profile apart(Profile profile) {
        try {
            return Merge.of(List.of(new Merge.Source("the profile", profile))).profile();
        } catch (RefusalException e) {
            throw inexpressible("needs rules that exclude each other, but " + e.getMessage());
        }
    }
}
