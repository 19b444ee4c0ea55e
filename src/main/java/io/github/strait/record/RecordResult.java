package io.github.strait.record;

import java.nio.file.Path;

/**
 * What came of a recording.
 *
 * @param exitStatus the traced program's own, 128+N when signal N killed it; 0 after attaching
 * @param trace the trace that was written
 */
public record RecordResult(int exitStatus, Path trace) {}
