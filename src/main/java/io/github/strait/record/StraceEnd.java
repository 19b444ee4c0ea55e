package io.github.strait.record;

/**
 * How strace has ended.
 *
 * @param status its exit status, 128+N when signal N killed it
 * @param isFull whether it was ended because the trace had become as large as it may
 * @param isForced whether it could not let processes go that it was told to, and was killed
 */
record StraceEnd(int status, boolean isFull, boolean isForced) {}
