/**
 * What is known about system calls apart from any trace: architectures, numbers, names, errors, kernel versions, risk,
 * Docker's default, strace's spellings, multiplexed calls, fallbacks on ENOSYS. Reads the tables among the resources, of which
 * {@code syscalls.tsv} and {@code errno.tsv} are generated and the others reviewed by hand;
 * {@link io.github.strait.syscall.SyscallTable} is where to start. {@link io.github.strait.syscall.TableResource} reads the
 * tables of all packages; {@link io.github.strait.syscall.NamelessCall} is how a number without a name is called.
 */
@NullMarked
package io.github.strait.syscall;

import org.jspecify.annotations.NullMarked;
