/**
 * Profiles for gVisor's runsc. Uses {@link io.github.strait.profile.Profile}; makes JSON by the writer of {@link
 * io.github.strait.format.oci}. {@link io.github.strait.format.gvisor.GvisorFormat} is all of it.
 */
@NullMarked
package io.github.strait.format.gvisor;

import org.jspecify.annotations.NullMarked;
