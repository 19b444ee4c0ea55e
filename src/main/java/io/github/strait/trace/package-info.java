/**
 * The trace language: reads strace's output and parses each physical line into a {@link io.github.strait.trace.Line}.
 * {@link io.github.strait.trace.TraceReader} is where to start. Nothing here knows which names are system calls, which
 * ABI is in use or what a profile is.
 *
 * <p>A line passes these stages:
 *
 * <ol>
 *   <li>{@code BlockReader} divides the stream into blocks of whole lines, {@code BlockPipeline} moves them through threads.
 *   <li>A {@link io.github.strait.trace.BlockScanner} divides a block into lines. It may recognise lines that repeat
 *       known ones and need no parsing. The package {@link io.github.strait.trace.scan} does; this package does not
 *       depend on it.
 *   <li>{@code CommonPrefix} removes what another tool added to every line, if the first lines show it.
 *   <li>{@code Salvage} undoes copying, only on lines that show signs of it: {@code CleanText}, {@code StrippedLine}
 *       and {@code PrefixMarks} within a line, {@code HeldLine}, {@code Surroundings} and {@code WrappedCall} across
 *       lines. {@code Certainty} grades lines, {@code Missing} says what a call lacks.
 *   <li>{@code LineParser} and the parsers of the parts of a line read it as strace wrote it.
 *   <li>A {@link io.github.strait.trace.LineHandler} gets the line.
 * </ol>
 *
 * <p>The grammar of a line, in the order of its parts (strace's manual page and its source, 4.6 to 7.2; examples of
 * all of it are in {@code lines.txt} among the tests):
 *
 * <pre>
 * line      = prefix body | rest | message
 * prefix    = [tid] [secontext] [absolute-time] [relative-time] ["[" number "]"] ["[" instruction-pointer "]"]
 * body      = call | resumed | signal | exit | superseded | personality | frame | dump | summary
 * call      = name "(" arguments ( ")" "=" result | " &lt;unfinished ...&gt;" | cut )
 * cut       = [ message | personality | what the call wrote ]   (the rest comes on a line of its own)
 * resumed   = "&lt;... " name " resumed&gt;" arguments ( ")" "=" result | " &lt;unfinished ...&gt;" | cut )
 * </pre>
 */
@NullMarked
package io.github.strait.trace;

import org.jspecify.annotations.NullMarked;
