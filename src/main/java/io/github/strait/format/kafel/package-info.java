/**
 * Policies in Kafel, the language of nsjail. Uses {@link io.github.strait.profile.Profile}; makes text. {@link
 * io.github.strait.format.kafel.KafelFormat} is where to start.
 */
@NullMarked
package io.github.strait.format.kafel;

import org.jspecify.annotations.NullMarked;
