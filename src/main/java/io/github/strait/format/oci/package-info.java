/**
 * The runtime specification's {@code linux.seccomp}, and Docker's extended form of it. Reads JSON into a {@link
 * io.github.strait.profile.Profile} and writes it. Every command parses a document into a {@link
 * io.github.strait.format.oci.Draft}. Lint shows its faults; other commands refuse the document for the first fault
 * with which the engine cannot start a container. {@link io.github.strait.format.oci.ContainerConfig} finds the document
 * in a {@code config.json}, and puts it there.
 */
@NullMarked
package io.github.strait.format.oci;

import org.jspecify.annotations.NullMarked;
