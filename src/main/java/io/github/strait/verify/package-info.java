/**
 * Checks a profile against evidence. Reads an {@link io.github.strait.observation.Observation}, the arguments that an
 * {@link io.github.strait.observation.ArgumentSamples} collected with it, and a
 * {@link io.github.strait.profile.Profile}; makes {@link io.github.strait.verify.Verdict}s by running the compiled
 * filter for every observed call; uses {@code bpf}. Where no arguments were collected, those count that the observation
 * keeps. It does not guess: a call with two possible decisions is undecided.
 * {@link io.github.strait.verify.Verification#of} is where to start.
 *
 * <p>strace prints an argument as the kernel reads it. For an int that is the low half of the register, but a filter
 * sees the whole register. The high half may hold anything, so a call that depends on it is undecided.
 */
@NullMarked
package io.github.strait.verify;

import org.jspecify.annotations.NullMarked;
