/**
 * The commands as a library: requests are immutable values with the defaults of the program, results are values. {@link
 * io.github.strait.api.Strait} is where to start.
 *
 * <pre>{@code
 * Evidence evidence = Strait.read(Path.of("app.strace"));
 * DerivedProfile profile = Strait.derive(evidence);
 * profile.diagnostics().forEach(System.err::println);
 * Files.write(Path.of("app.json"), profile.write());
 * }</pre>
 *
 * <p>What cannot be used is refused with {@link io.github.strait.diagnostic.RefusalException}, which is unchecked and has a
 * diagnostic with a code, a place and the fix. Any other exception is a fault of strait.
 */
@NullMarked
package io.github.strait.api;

import org.jspecify.annotations.NullMarked;
