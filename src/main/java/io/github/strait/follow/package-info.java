/**
 * From lines to runs: reads the {@link io.github.strait.trace.Line}s of a trace, follows every task from fork to exit,
 * decides the ABI of each call, and makes a {@link io.github.strait.observation.Run} for each run of strace.
 *
 * <p>{@link io.github.strait.follow.TraceObserver} is where to start; it takes a stream and yields
 * {@link io.github.strait.follow.ObservedTraces}. Inside, {@code RunObserver} says whose line each is, {@code CallFollower}
 * joins the halves of calls and counts them, {@code AbiResolver} and {@code RunAssembler} end the run. What else is to be
 * found in a run is the work of a {@code RunWatcher}: a new one is a class and a line of {@code RunObserver}'s list.
 */
@NullMarked
package io.github.strait.follow;

import org.jspecify.annotations.NullMarked;
