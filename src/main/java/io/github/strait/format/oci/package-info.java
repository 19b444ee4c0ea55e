/**
 * The runtime specification's {@code linux.seccomp}, and Docker's extended form of it. Reads and makes JSON; makes and
 * uses {@link io.github.strait.profile.Profile}. Every command reads a document by one parse,
 * {@link io.github.strait.format.oci.Draft}: lint shows its faults, and the others refuse the document for the first one
 * with which the engine starts no container.
 */
@NullMarked
package io.github.strait.format.oci;

import org.jspecify.annotations.NullMarked;
