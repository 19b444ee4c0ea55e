/**
 * From the values of arguments to conditions: reads what was seen at the places of the
 * {@link io.github.strait.argument.Catalogue}, makes the conditions that a profile needs for a call on an ABI, with what
 * opened each part, or says why there are none. {@link io.github.strait.condition.CallConditions#of} is where to start.
 */
@NullMarked
package io.github.strait.condition;

import org.jspecify.annotations.NullMarked;
