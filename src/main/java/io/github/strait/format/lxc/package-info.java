/**
 * Policies for LXC, Incus and LXD. Uses {@link io.github.strait.profile.Profile}; makes the lines that LXC reads. {@link
 * io.github.strait.format.lxc.LxcFormat} writes them, from the rules of {@link
 * io.github.strait.profile.PlainRules}.
 */
@NullMarked
package io.github.strait.format.lxc;

import org.jspecify.annotations.NullMarked;
