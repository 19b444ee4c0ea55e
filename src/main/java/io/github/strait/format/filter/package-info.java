/**
 * The compiled filter, as bytes and as a listing. Uses {@link io.github.strait.profile.AbiProfiles}; makes what
 * {@link io.github.strait.bpf} compiles. {@link io.github.strait.format.filter.FilterFormat} is all of it.
 */
@NullMarked
package io.github.strait.format.filter;

import org.jspecify.annotations.NullMarked;
