/**
 * What is known about system calls apart from any trace: architectures, numbers, names, errors, kernel versions. Reads
 * the generated tables among the resources; {@link io.github.strait.syscall.SyscallTable} is where to start.
 */
@NullMarked
package io.github.strait.syscall;

import org.jspecify.annotations.NullMarked;
