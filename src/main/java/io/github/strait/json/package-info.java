/**
 * JSON as text and as a tree. {@link io.github.strait.json.JsonWriter} writes every document that strait makes;
 * {@link io.github.strait.json.JsonReader} reads what others wrote into {@link io.github.strait.json.Json}, which knows
 * where each value stood. {@link io.github.strait.json.JsonMembers} gives the place of a value for a change of that value
 * alone. None of them knows what a document means. Only this package uses Jackson.
 */
@NullMarked
package io.github.strait.json;

import org.jspecify.annotations.NullMarked;
