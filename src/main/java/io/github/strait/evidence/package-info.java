/**
 * Reads evidence: finds files, directories and sets of files, decompresses them, recognises observations, logs and
 * the output of other tools, has traces followed, and makes an {@link io.github.strait.observation.Observation} of all runs.
 * {@link io.github.strait.evidence.EvidenceReader} is where to start.
 */
@NullMarked
package io.github.strait.evidence;

import org.jspecify.annotations.NullMarked;
