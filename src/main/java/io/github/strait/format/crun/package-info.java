/**
 * The compiled filter as an annotation for crun. Uses {@link io.github.strait.format.filter}; makes one line of text.
 * {@link io.github.strait.format.crun.CrunAnnotationFormat} is all of it.
 */
@NullMarked
package io.github.strait.format.crun;

import org.jspecify.annotations.NullMarked;
