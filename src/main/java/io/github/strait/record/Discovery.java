package io.github.strait.record;

import com.google.common.collect.ImmutableList;

/**
 * What a recording has found so far.
 *
 * @param seconds how long it has lasted
 * @param calls how many calls of the trace were counted
 * @param isWhole whether these are all; else some were passed over, because the trace grew faster than it was read
 * @param distinct how many names they have
 * @param latest the name that was found last; empty before the first
 * @param sinceLatest how many seconds ago that was
 * @param curve the number of names at times with the same distance, from the start until now
 */
public record Discovery(
        long seconds,
        long calls,
        boolean isWhole,
        int distinct,
        String latest,
        long sinceLatest,
        ImmutableList<Integer> curve) {}
