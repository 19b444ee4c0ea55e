package io.github.strait.derive;

import io.github.strait.observation.SyscallObservation;

/** Why a call is allowed on an ABI. */
public sealed interface Reason {

    /**
     * The evidence shows it.
     *
     * @param seen what was seen
     * @param runs in how many runs
     */
    record Observed(SyscallObservation seen, int runs) implements Reason {}

    /** The evidence shows this or the multiplexer that is allowed too, and does not say which. */
    record Alternative(String multiplexer) implements Reason {}

    /** The evidence shows another call, which is refused so its callers use this one: a filter can look into it. */
    record Fallback(String refused) implements Reason {}

    /** A layer allows it. */
    record Layered(String layer, String why) implements Reason {}
}
