package io.github.strait.cli;

import io.github.strait.api.Arguments;
import io.github.strait.api.ProfileFile;
import io.github.strait.api.ProfileOrEvidence;
import io.github.strait.api.ProfileResolver;
import io.github.strait.api.Settled;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.record.LeftOut;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The evidence that settles calls before a recording. */
final class KnownOption extends Options {
    private final Parameter<String> known = option(
                    "--known",
                    "EVIDENCE",
                    ValueType.FILE,
                    "Record only what this evidence, or this profile, does not settle, and the rest at CMD's own speed"
                            + " (repeatable).")
            .repeatable();

    boolean isGiven() {
        return known.isGiven();
    }

    /** The files of the evidence, after new ones. */
    List<String> with(List<Path> recorded) {
        List<String> files = new ArrayList<>();
        recorded.forEach(file -> files.add(file.toString()));
        files.addAll(known.values());
        return files;
    }

    /**
     * The calls to leave out.
     *
     * @param isDeriving whether a profile is to be made of all the evidence
     * @param compared which arguments that compares
     */
    LeftOut leftOut(boolean isDeriving, Arguments compared, ProfileResolver resolver, Console console) {
        if (known.values().contains(ProfileFile.STDIN)) {
            throw RefusalException.usage("standard input belongs to CMD; give --known a file");
        }
        List<ProfileOrEvidence> operands = ProfileOrEvidence.of(known.values(), console.in());
        if (isDeriving && operands.stream().anyMatch(ProfileOrEvidence::isProfile)) {
            throw RefusalException.usage("--profile is made of evidence, and --known names a profile; leave --profile"
                    + " out, and unite the two with: strait generate, strait merge");
        }
        LeftOut chosen = Settled.leftOut(operands, new EvidenceOptions().reader(console), resolver, compared);
        console.note(
                chosen.isNothing()
                        ? "strait: --known settles no call, so all are traced\n"
                        : "strait: " + chosen.names().size() + " calls are settled by --known and not traced\n");
        return chosen;
    }
}
