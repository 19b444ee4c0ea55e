/**
 * Units of systemd and their drop-ins. Reads and makes the text of unit files; makes and uses {@link
 * io.github.strait.profile.Profile}. {@link io.github.strait.format.systemd.SystemdFormat} is where to start, and {@code
 * UnitReader} what reads.
 */
@NullMarked
package io.github.strait.format.systemd;

import org.jspecify.annotations.NullMarked;
