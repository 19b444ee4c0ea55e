/**
 * What a seccomp profile says, apart from any document that says it. Reads nothing; makes the immutable
 * {@link io.github.strait.profile.Profile}, whose parts are legal because their constructors refuse what no runtime
 * would load; uses the syscall tables to answer what the profile does with one call
 * ({@link io.github.strait.profile.Profile#decide}), which is the meaning that the compiled filter and the kernel are
 * held to. {@link io.github.strait.profile.Profile} is where to start.
 */
@NullMarked
package io.github.strait.profile;

import org.jspecify.annotations.NullMarked;
