/**
 * From evidence to a profile: reads an {@link io.github.strait.observation.Observation} and options, makes a
 * {@link io.github.strait.derive.Derivation}, which knows for each allowed call why it is allowed and gives the
 * {@link io.github.strait.profile.Profile} that a format can express. {@link io.github.strait.derive.Derivation#of} is
 * where to start.
 */
@NullMarked
package io.github.strait.derive;

import org.jspecify.annotations.NullMarked;
