/**
 * From lines to a run: reads {@link io.github.strait.trace.Line}s, follows every task from fork to exit, decides the ABI of
 * each call, and makes an {@link io.github.strait.observation.Run}. {@link io.github.strait.follow.RunObserver} is where
 * to start.
 */
@NullMarked
package io.github.strait.follow;

import org.jspecify.annotations.NullMarked;
