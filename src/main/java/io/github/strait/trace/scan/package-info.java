/**
 * The fast path: a second recogniser of the trace grammar beside the parser of {@link io.github.strait.trace}. Nearly every
 * line of a long trace repeats what earlier ones said. {@link io.github.strait.trace.scan.LineScanner} recognises such a line
 * in one pass over its bytes and allocates nothing for it.
 *
 * <p><b>What it recognises:</b> whole calls, halves of calls, stack frames and lines of dumps, after a tid, one time and the
 * number of {@code -n}, each of which may be missing. It packs their kind, name, ending and errno into an {@code int},
 * {@link io.github.strait.trace.scan.ScanSummary}.
 *
 * <p><b>What it must never do:</b> read a line in another way than the parser does, recognise one that the parser finds in
 * any doubt, or keep anything from one line to the next but the numbers of words. Every other line is left to the parser.
 * So a new form of line belongs in the parser; here only when traces are full of it.
 *
 * <p><b>What holds it to that:</b> {@code LineScannerProperties} compares each summary with the parsed line, for recorded
 * lines with random damage; {@code RepeatCounterProperties} and {@code RepeatCounterTest} compare all that is observed of random,
 * damaged and recorded traces with the scan and without.
 *
 * <p><b>The switch:</b> {@code -Dstrait.scan=off} turns it off, for strait itself as
 * {@code STRAIT_JAVA_OPTS=-Dstrait.scan=off}. {@code mvn verify} runs the tests of the readers a second time that way. A
 * difference between the two is a fault of this package.
 */
@NullMarked
package io.github.strait.trace.scan;

import org.jspecify.annotations.NullMarked;
