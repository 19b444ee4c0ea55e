/**
 * What is known about the arguments of calls apart from any profile or trace. Reads the tables of prototypes, of how strace
 * prints arguments, and of the numbers behind the names that it prints; makes an {@link io.github.strait.argument.Argument}
 * of each printed text, which says how much of the register is known. {@link io.github.strait.argument.PrintedArguments} is
 * where to start; {@link io.github.strait.argument.Prototype} says what a call takes.
 */
@NullMarked
package io.github.strait.argument;

import org.jspecify.annotations.NullMarked;
