/**
 * Results as text for people: reads observations, derivations and diagnostics, makes strings. Sorted before they are
 * printed, and free of control characters, whatever the trace holds. {@link io.github.strait.report.Summary} is what
 * {@code generate} prints.
 */
@NullMarked
package io.github.strait.report;

import org.jspecify.annotations.NullMarked;
