/**
 * The machine configuration of Talos Linux. Reads and writes {@link io.github.strait.profile.Profile}, by the reader and
 * the writer of {@link io.github.strait.format.oci}. {@link io.github.strait.format.talos.TalosFormat} is all of it.
 */
@NullMarked
package io.github.strait.format.talos;

import org.jspecify.annotations.NullMarked;
