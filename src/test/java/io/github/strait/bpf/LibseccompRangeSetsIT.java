package io.github.strait.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Sets;
import io.github.strait.live.RequiresTool;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.profile.VerdictTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the installed libseccomp gets wrong of sets of ranges, down to the rules that show it. */
@RequiresTool("gcc")
class LibseccompRangeSetsIT {
    private static final int PROFILES = 300;

    @TempDir
    static Path folder;

    /**
     * A new fault of 2.5.4, or one that is listed and gone, fails here; another version may have others, and then only our
     * own answers are held to the reference.
     */
    @Test
    void everyDifferenceComesDownToAKnownOne() throws Exception {
        try (Libseccomp libseccomp = Libseccomp.start(folder)) {
            Set<Profile> smallest = new LinkedHashSet<>();
            int wrong = 0;
            int endless = 0;
            for (int seed = 0; seed < PROFILES; seed++) {
                Profile profile = LibseccompProfiles.rangeSet(new Random(seed));
                assertEquals(Optional.empty(), Differences.first(FilterCompiler.compile(profile), profile));
                try {
                    if (wrongAnswer(libseccomp, profile).isPresent()) {
                        wrong++;
                        smallest.add(Smallest.of(profile, part -> isWrong(libseccomp, part)));
                    }
                } catch (Libseccomp.EndlessException e) {
                    endless++;
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "libseccomp %s: %d of %d sets of ranges wrong, for %d reasons, and %d without end%n",
                    libseccomp.version(),
                    wrong,
                    PROFILES,
                    smallest.size(),
                    endless);
            if (libseccomp.version().equals("2.5.4")) {
                assertTrue(wrong > 0);
                Set<Profile> listed = profiles(VerdictTable.RANGE_SETS);
                Set<Profile> known = Sets.union(listed, profiles(VerdictTable.RANGES));
                assertEquals("", text(libseccomp, Sets.difference(smallest, known)), "not listed");
                assertEquals(Set.of(), Sets.difference(listed, smallest), "listed, and not found");
            }
        }
    }

    private static boolean isWrong(Libseccomp libseccomp, Profile profile) throws IOException {
        try {
            return wrongAnswer(libseccomp, profile).isPresent();
        } catch (Libseccomp.EndlessException e) {
            return false;
        }
    }

    private static Optional<SeccompData> wrongAnswer(Libseccomp libseccomp, Profile profile) throws IOException {
        return Differences.first(libseccomp.compile(profile, Libseccomp.Order.DEFAULT), profile);
    }

    private static Set<Profile> profiles(String table) {
        return VerdictTable.read(table).stream()
                .map(VerdictTable.Case::profile)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** As the table has them. */
    private static String text(Libseccomp libseccomp, Set<Profile> profiles) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Profile profile : profiles) {
            text.append("profile ERRNO x86_64\n");
            for (Rule rule : profile.rules()) {
                text.append("rule ALLOW read");
                for (Condition condition : rule.conditions()) {
                    text.append(
                            String.format(" | %d %s 0x%x", condition.index(), condition.operator(), condition.value()));
                }
                text.append('\n');
            }
            SeccompData call = wrongAnswer(libseccomp, profile).orElseThrow();
            text.append(String.format(
                            "x86_64 read 0x%x 0x%x -> ",
                            call.args().get(0), call.args().get(1)))
                    .append(profile.decide(call).action())
                    .append(profile.decide(call).action().takesErrno() ? ":1\n" : "\n");
        }
        return text.toString();
    }
}
