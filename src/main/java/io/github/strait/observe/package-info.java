/**
 * What a trace shows: reads {@link io.github.strait.trace.Line}s, follows every task from fork to exit, decides the ABI
 * of each call, and makes an {@link io.github.strait.observe.Observation}: a mergeable value with the evidence for each
 * syscall. {@link io.github.strait.observe.EvidenceReader} is where to start.
 */
@NullMarked
package io.github.strait.observe;

import org.jspecify.annotations.NullMarked;
