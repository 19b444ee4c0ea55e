/**
 * What is known about system calls apart from any trace: architectures, numbers, names, errors, kernel versions, risk,
 * Docker's default, strace's spellings, multiplexed calls. Reads the tables among the resources, of which
 * {@code syscalls.tsv} and {@code errno.tsv} are generated and the others reviewed by hand;
 * {@link io.github.strait.syscall.SyscallTable} is where to start.
 */
@NullMarked
package io.github.strait.syscall;

import org.jspecify.annotations.NullMarked;
