/**
 * Profiles as documents. Reads and makes the bytes of each format; makes and uses
 * {@link io.github.strait.profile.Profile}. A format is a pure function of the profile: what it cannot express is an
 * error, never dropped, and what it cannot understand is an error with its place, or a warning where runtimes ignore it
 * too. {@link io.github.strait.format.Formats} is where to start: it lists the formats, each of which is a package of its
 * own that declares by {@link io.github.strait.format.Traits} what it can express.
 */
@NullMarked
package io.github.strait.format;

import org.jspecify.annotations.NullMarked;
