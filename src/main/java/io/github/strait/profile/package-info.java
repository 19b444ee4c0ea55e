/**
 * The meaning of a seccomp profile, independent of any document format. Reads nothing; makes the immutable
 * {@link io.github.strait.profile.Profile}, whose parts are legal because their constructors refuse what no runtime
 * would load; uses the syscall tables to decide what the profile does with one call
 * ({@link io.github.strait.profile.Profile#decide}), and the compiled filter and the kernel must agree with that
 * decision. {@link io.github.strait.profile.Profile} is where to start.
 */
@NullMarked
package io.github.strait.profile;

import org.jspecify.annotations.NullMarked;
