/**
 * Profiles as C sources: a header with the compiled filter, which needs no library, and a source that has libseccomp
 * make the filter where the program runs. Uses {@link io.github.strait.profile.AbiProfiles} and what {@link
 * io.github.strait.bpf} compiles; makes text. {@link io.github.strait.format.c.CFormat} is where to start.
 */
@NullMarked
package io.github.strait.format.c;

import org.jspecify.annotations.NullMarked;
