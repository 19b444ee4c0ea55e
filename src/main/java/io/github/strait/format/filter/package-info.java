/**
 * The compiled filter, as bytes and as a listing. Reads bytes; makes and uses
 * {@link io.github.strait.profile.AbiProfiles} through the compiler and the decompiler of {@link io.github.strait.bpf}.
 * {@link io.github.strait.format.filter.FilterFormat} is where to start.
 */
@NullMarked
package io.github.strait.format.filter;

import org.jspecify.annotations.NullMarked;
