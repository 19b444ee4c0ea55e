package io.github.strait.record;

/**
 * How strace has ended.
 *
 * @param status its exit status, 128+N when signal N killed it
 * @param isFull whether it was ended because the trace had reached its greatest size
 * @param isForced whether it could not detach from the processes when requested, and was killed
 */
record StraceEnd(int status, boolean isFull, boolean isForced) {}
