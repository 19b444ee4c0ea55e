/**
 * The dynamic imports of programs. Reads ELF files and the files of the dynamic loader, and makes {@link
 * io.github.strait.elf.ProgramImports}: which functions a program and its libraries ask libc for, and by {@link
 * io.github.strait.elf.LibcFunction} which calls those make. Uses {@code syscall} and {@code diagnostic}. A file may come
 * from anywhere: each size, count and depth has a bound. Entry class: {@link io.github.strait.elf.ImportReader}.
 */
@NullMarked
package io.github.strait.elf;

import org.jspecify.annotations.NullMarked;
