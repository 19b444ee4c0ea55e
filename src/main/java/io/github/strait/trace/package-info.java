/**
 * The trace language: reads bytes that strace wrote, makes one parsed {@link io.github.strait.trace.Line} of each physical
 * line. {@link io.github.strait.trace.TraceReader} is where to start. A parser has no opinions: nothing here
 * knows which names are system calls, which ABI is in use or what a profile is. Lines that
 * repeat what is known need not be parsed: {@link io.github.strait.trace.scan} recognises them, and nothing here knows it.
 *
 * <p>The grammar of a line, in the order of its parts (strace's manual page and its source, 4.6 to 7.2; examples of
 * all of it are in {@code lines.txt} among the tests):
 *
 * <pre>
 * line      = [wrapping] ( prefix body | rest | message )
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
