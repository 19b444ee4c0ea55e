/**
 * The fast path: a second recogniser of the trace grammar beside the parser of {@link io.github.strait.trace}. Nearly every
 * line of a long trace repeats what earlier ones said. {@link io.github.strait.trace.scan.LineScanner} recognises such a line
 * in one pass over its bytes and allocates nothing for it.
 *
 * <p><b>What it recognises:</b> whole calls, halves of calls, the ends of tasks that were not killed, SIGCHLD, stack frames
 * and lines of dumps, after an optional tid, time and syscall number ({@code -n}). It packs their kind, name, ending and errno
 * into an {@code int}, {@link io.github.strait.trace.scan.ScanSummary}. It vouches for the place after the name of a call, and
 * for a result that ends the line; a handler may read these in the {@link io.github.strait.trace.ScannedLine}. Where arguments
 * of a call count, {@link io.github.strait.trace.scan.SpanScanner} numbers name and arguments together.
 *
 * <p><b>What it must never do:</b> read a line differently from the parser, recognise one that the parser finds
 * doubtful, or keep any state between lines except the numbers of words, and where equal bytes stand in the same block. Every other line is left to the parser. So a
 * new form of line belongs in the parser, and here only if it is frequent in traces.
 *
 * <p><b>What enforces this:</b> {@code LineScannerProperties} compares each summary with the parsed line, for recorded
 * lines with random damage and for whole traces in any blocks; {@code RepeatCounterProperties} and {@code
 * RepeatCounterTest} compare all that is observed of random, damaged and recorded traces with the scan and without; {@code
 * SpanScannerProperties} and {@code ArgumentProperties} do both for arguments.
 *
 * <p><b>The switch:</b> {@code -Dstrait.scan=off} turns it off, for strait itself as {@code
 * STRAIT_JAVA_OPTS=-Dstrait.scan=off}. {@code mvn verify} runs the tests of the readers a second time that way. Any
 * difference is a bug in this package.
 */
@NullMarked
package io.github.strait.trace.scan;

import org.jspecify.annotations.NullMarked;
