/**
 * Records evidence. It starts a command under strace, or attaches strace to running processes. The trace proves the ABI
 * of each call and contains none of the program's data. The recorder passes signals on and returns the program's own
 * exit status. It reads {@link io.github.strait.record.RecordOptions}, makes a trace file and a
 * {@link io.github.strait.record.RecordResult}, and prints nothing itself. {@link io.github.strait.record.Recorder} is
 * where to start; {@link io.github.strait.record.Confinement} puts the command under a filter, and
 * {@link io.github.strait.record.Runner} then only runs it; {@link io.github.strait.record.LiveFilters} reads the filters
 * of a running process.
 */
@NullMarked
package io.github.strait.record;

import org.jspecify.annotations.NullMarked;
