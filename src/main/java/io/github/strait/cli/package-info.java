/**
 * The command line: reads arguments, makes calls into the other packages and an exit status. It uses every package and
 * no package uses it; {@link io.github.strait.cli.Main} is the entry. A {@link io.github.strait.cli.Command} declares its
 * {@link io.github.strait.cli.Parameter}s, from which parsers, help, completion and manual pages are made.
 */
@NullMarked
package io.github.strait.cli;

import org.jspecify.annotations.NullMarked;
