/**
 * Facts about system calls that do not depend on a trace: architectures, numbers, names, errors, kernel versions, risk,
 * Docker's default, strace's spellings, multiplexed calls, fallbacks on ENOSYS, systemd's groups. Reads the tables among
 * the resources: {@code syscalls.tsv}, {@code errno.tsv} and {@code systemd-groups.tsv} are generated, the others are
 * reviewed by hand. {@link io.github.strait.syscall.SyscallTable} is where to start. {@link
 * io.github.strait.syscall.TableResource} reads the tables of all packages; {@link
 * io.github.strait.syscall.NamelessCall} names a number that has no name.
 */
@NullMarked
package io.github.strait.syscall;

import org.jspecify.annotations.NullMarked;
