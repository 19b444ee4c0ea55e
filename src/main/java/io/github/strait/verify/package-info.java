/**
 * Evidence against a profile: reads an {@link io.github.strait.observation.Observation}, the arguments that an
 * {@link io.github.strait.observation.ArgumentSamples} collected beside it, and a {@link io.github.strait.profile.Profile}; makes
 * {@link io.github.strait.verify.Verdict}s by running the compiled filter for every observed call; uses {@code bpf}.
 * What the evidence does not say is not guessed: a call that could be answered in two ways is undecided.
 * {@link io.github.strait.verify.Verification#of} is where to start.
 *
 * <p>Of an argument strace prints what the kernel makes of it, which for an int is the low half of the register, while a
 * filter looks at all of it. The other half may be anything, so a call that it decides about is undecided.
 */
@NullMarked
package io.github.strait.verify;

import org.jspecify.annotations.NullMarked;
