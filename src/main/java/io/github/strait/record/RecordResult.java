package io.github.strait.record;

import java.nio.file.Path;

/**
 * The result of a recording.
 *
 * @param exitStatus the traced program's own, 128+N when signal N killed it; 0 after attaching; 125 when it is incomplete
 * @param trace the trace that was written
 * @param isComplete whether it covers the program, or the requested part, to the end
 */
public record RecordResult(int exitStatus, Path trace, boolean isComplete) {}
