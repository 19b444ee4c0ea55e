package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.start.Obstacle;
import io.github.strait.syscall.Arch;
import io.github.strait.verify.CrossValidation;
import io.github.strait.verify.LayerNames;
import io.github.strait.verify.Minimality;
import io.github.strait.verify.Verdict;
import io.github.strait.verify.Verification;
import java.util.Optional;

/**
 * The result of {@code verify}.
 *
 * @param file the profile, as the user named it
 * @param derived the architectures without evidence, whose calls follow from that of another
 * @param obstacles the obstacles that keep containers from starting, and those that might
 * @param layers divides what the evidence does not need among the layers that name it
 * @param minimality which parts of the profile the evidence needs, when that was asked for
 * @param validation how far the runs cover each other, when that was asked for
 */
public record VerificationReport(
        String file,
        ImmutableSortedSet<Arch> derived,
        ImmutableList<Obstacle> obstacles,
        Verification verification,
        LayerNames layers,
        Optional<Minimality> minimality,
        Optional<CrossValidation> validation) {
    /** Whether a container starts under the profile, as far as strait knows. */
    boolean starts() {
        return obstacles.stream().noneMatch(obstacle -> obstacle.kind().isFinal());
    }

    /** Whether nothing is denied, a container starts, and, when that was asked for, nothing is allowed that the evidence does not need. */
    public boolean isClean() {
        boolean denies = !verification.verdicts(Verdict.Kind.GAP).isEmpty();
        boolean isWide =
                minimality.filter(parts -> !parts.superfluous().isEmpty()).isPresent();
        return !denies && !isWide && starts();
    }
}
