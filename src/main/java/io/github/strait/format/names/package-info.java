/**
 * Lists of allowed calls, a line each, for shell scripts. Reads and makes text; makes and uses
 * {@link io.github.strait.profile.AbiProfiles}. {@link io.github.strait.format.names.NamesFormat} is all of it.
 */
@NullMarked
package io.github.strait.format.names;

import org.jspecify.annotations.NullMarked;
