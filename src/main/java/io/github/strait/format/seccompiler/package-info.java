/**
 * Filters of seccompiler, as JSON. Uses {@link io.github.strait.profile.CallRules}; reads and writes one thread's filter.
 * {@link io.github.strait.format.seccompiler.SeccompilerFormat} is where to start.
 */
@NullMarked
package io.github.strait.format.seccompiler;

import org.jspecify.annotations.NullMarked;
