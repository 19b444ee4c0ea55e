/**
 * Reads the log that qemu-user's option {@code -strace} writes of the calls of its guest, and makes a {@link
 * io.github.strait.observation.Run} of them: evidence of an ABI that this machine need not have. {@link
 * io.github.strait.qemu.QemuLog} is where to start.
 */
@NullMarked
package io.github.strait.qemu;

import org.jspecify.annotations.NullMarked;
