package io.github.strait.api;

import com.google.common.collect.ImmutableList;
import io.github.strait.start.Obstacle;
import io.github.strait.verify.CrossValidation;
import io.github.strait.verify.LayerNames;
import io.github.strait.verify.Minimality;
import io.github.strait.verify.Verdict;
import io.github.strait.verify.Verification;
import java.util.Optional;

/**
 * What became of evidence under a profile.
 *
 * @param obstacles what keeps a container from starting
 * @param verification a verdict for each observed call
 * @param layers the layer of each call that the evidence need not show
 * @param minimality what nothing needs, when it was asked for
 * @param validation which runs a profile of the others would have refused, when it was asked for
 */
public record VerifyResult(
        ImmutableList<Obstacle> obstacles,
        Verification verification,
        LayerNames layers,
        Optional<Minimality> minimality,
        Optional<CrossValidation> validation) {
    /** Whether nothing is denied, a container starts, and, when that was asked for, nothing is allowed in vain. */
    public boolean isClean() {
        boolean denies = !verification.verdicts(Verdict.Kind.GAP).isEmpty();
        boolean isWide =
                minimality.filter(parts -> !parts.superfluous().isEmpty()).isPresent();
        boolean starts =
                obstacles.stream().noneMatch(obstacle -> obstacle.kind().isFinal());
        return !denies && !isWide && starts;
    }
}
