/** What the program does, without its command line. */
@NullMarked
package io.github.strait.api;

import org.jspecify.annotations.NullMarked;
