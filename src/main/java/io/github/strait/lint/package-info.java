/**
 * Finds errors and risks in any seccomp profile. Reads a {@link io.github.strait.format.oci.Draft}, faults included;
 * makes {@link io.github.strait.lint.Finding}s with a stable id, a severity and a remediation; uses the syscall tables
 * and the facts measured with runc, crun and libseccomp that each {@link io.github.strait.lint.Check} names as its
 * source. {@link io.github.strait.lint.Lint} is where to start; one check is one class.
 */
@NullMarked
package io.github.strait.lint;

import org.jspecify.annotations.NullMarked;
