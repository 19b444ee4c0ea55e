/**
 * Evidence against a profile: reads an {@link io.github.strait.observe.Observation}, the arguments that an
 * {@link io.github.strait.observe.ArgumentWatch} collected beside it, and a {@link io.github.strait.profile.Profile}; makes
 * {@link io.github.strait.verify.Verdict}s by running the compiled filter for every observed call; uses {@code bpf}.
 * What the evidence does not say is not guessed: a call that could be answered in two ways is undecided.
 * {@link io.github.strait.verify.Verification#of} is where to start.
 *
 * <p>Of an argument strace prints what the kernel makes of it. A number of 32 bits may have been extended with its sign
 * or with zeros; where these differ, both are tried. That nothing else stands in the upper half of a register is taken
 * for granted.
 */
@NullMarked
package io.github.strait.verify;

import org.jspecify.annotations.NullMarked;
