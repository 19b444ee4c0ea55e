/**
 * Messages about strait's input. A {@link io.github.strait.diagnostic.Diagnostic} has a severity, a stable code, a
 * position and one sentence. Every other package makes diagnostics; only {@code report} prints them.
 */
@NullMarked
package io.github.strait.diagnostic;

import org.jspecify.annotations.NullMarked;
