/**
 * Lines of a firejail profile. Uses {@link io.github.strait.profile.Profile}; makes what {@code firejail --profile} reads.
 * {@link io.github.strait.format.firejail.FirejailFormat} is all of it.
 */
@NullMarked
package io.github.strait.format.firejail;

import org.jspecify.annotations.NullMarked;
