package io.github.strait.trace.scan;

/**
 * The arguments of a call that count, by their index in the text.
 *
 * @param first the index of the first one, from 0
 * @param last the index of the last one
 * @param offset how many arguments strace prints before it waits for the call to return; more than {@code last} if it
 *     prints all of these before. A guess is enough: where it is wrong, the line is parsed
 * @param isHead whether only the first field counts where the first of them is a structure
 */
public record ArgumentSpan(int first, int last, int offset, boolean isHead) {}
