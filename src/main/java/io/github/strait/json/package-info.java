/**
 * JSON as text and as a tree. {@link io.github.strait.json.JsonWriter} writes every document that strait makes;
 * {@link io.github.strait.json.JsonReader} reads what others wrote into {@link io.github.strait.json.Json}, which knows
 * where each value stood. Neither knows what a document means. Only this package uses Jackson.
 */
@NullMarked
package io.github.strait.json;

import org.jspecify.annotations.NullMarked;
