/**
 * The calls that runtimes themselves make under the filter. Reads tables of measured calls and values, makes
 * {@link io.github.strait.runtime.RuntimeCalls} for a runtime and its version, and
 * {@link io.github.strait.runtime.Start}, which says how a container is started.
 * {@link io.github.strait.runtime.Start#calls} is where to start.
 */
@NullMarked
package io.github.strait.runtime;

import org.jspecify.annotations.NullMarked;
