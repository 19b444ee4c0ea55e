/**
 * Policies of minijail, in the dialects of its two readers. Uses {@link io.github.strait.profile.CallRules}; makes text,
 * a line for each call. {@link io.github.strait.format.minijail.MinijailFormat} is where to start.
 */
@NullMarked
package io.github.strait.format.minijail;

import org.jspecify.annotations.NullMarked;
