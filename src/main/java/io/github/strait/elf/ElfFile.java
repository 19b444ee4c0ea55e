package io.github.strait.elf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.syscall.Arch;
import java.util.Optional;

/**
 * What the dynamic loader needs to know of a program or library.
 *
 * @param arch the ABI of its calls; empty for a machine that strait has no table of
 * @param format its class, byte order and machine: files with other ones do not go together
 * @param interpreter the dynamic loader that the kernel starts for it; empty when it asks for none
 * @param isDynamic whether it has a dynamic section
 * @param needed the libraries that it asks for
 * @param rpath where to look for them and those that they ask for in turn
 * @param runpath where to look for them; {@code rpath} does not count then
 * @param imports the names of undefined functions
 * @param isGo whether the Go toolchain made it: its runtime makes calls without libc
 */
record ElfFile(
        Optional<Arch> arch,
        String format,
        Optional<String> interpreter,
        boolean isDynamic,
        ImmutableList<String> needed,
        ImmutableList<String> rpath,
        ImmutableList<String> runpath,
        ImmutableSortedSet<String> imports,
        boolean isGo) {}
