/**
 * Drop-ins for systemd units. Uses {@link io.github.strait.profile.Profile}; makes the text of a unit file. {@link
 * io.github.strait.format.systemd.SystemdFormat} is where to start.
 */
@NullMarked
package io.github.strait.format.systemd;

import org.jspecify.annotations.NullMarked;
