/**
 * The content of traces as a value: an {@link io.github.strait.observation.Observation} is a mergeable set of runs with
 * the evidence for each syscall. Reads and writes it as JSON ({@link io.github.strait.observation.ObservationReader},
 * {@link io.github.strait.observation.ObservationWriter}) and words the warnings that need nothing else. It does not
 * depend on how traces are read.
 */
@NullMarked
package io.github.strait.observation;

import org.jspecify.annotations.NullMarked;
