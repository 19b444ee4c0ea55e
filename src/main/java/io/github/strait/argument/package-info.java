/**
 * Facts about the arguments of calls that do not depend on a profile or trace. Reads the tables of prototypes, of how
 * strace prints arguments, and of the values of the names that it prints. Makes an
 * {@link io.github.strait.argument.Argument} of each printed text, which says how much of the register is known.
 * {@link io.github.strait.argument.PrintedArguments} is where to start; {@link io.github.strait.argument.Prototype}
 * describes the parameters of a call, and {@link io.github.strait.argument.Catalogue} lists those that derived profiles
 * compare.
 */
@NullMarked
package io.github.strait.argument;

import org.jspecify.annotations.NullMarked;
