/**
 * Profiles as documents: reads and writes each format, from and to {@link io.github.strait.profile.Profile}. A format
 * is a pure function of the profile. What it cannot express is an error, never dropped. What it cannot understand is an
 * error with its place, or a warning if runtimes ignore it too. {@link io.github.strait.format.Formats} is where to
 * start: it lists the formats. Each is a package of its own, and declares what it can express in its {@link
 * io.github.strait.format.Traits}.
 */
@NullMarked
package io.github.strait.format;

import org.jspecify.annotations.NullMarked;
