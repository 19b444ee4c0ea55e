/**
 * Decides whether a container starts under a profile. Reads a {@link io.github.strait.profile.Profile} and a
 * {@link io.github.strait.runtime.Start}, makes {@link io.github.strait.start.Obstacle}s out of tables of measured
 * calls. {@link io.github.strait.start.Startability#of} is where to start.
 */
@NullMarked
package io.github.strait.start;

import org.jspecify.annotations.NullMarked;
