/**
 * Reads the kernel's audit lines of seccomp, as dmesg, the journal, syslog files and auditd keep them, and makes a {@link
 * io.github.strait.observation.Run} of the calls that a profile logged or denied. {@link io.github.strait.audit.AuditLog}
 * is where to start.
 */
@NullMarked
package io.github.strait.audit;

import org.jspecify.annotations.NullMarked;
