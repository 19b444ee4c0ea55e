/**
 * JSON as text: {@link io.github.strait.json.JsonWriter} writes every document that strait makes. It knows neither what a
 * document says nor where it goes.
 */
@NullMarked
package io.github.strait.json;

import org.jspecify.annotations.NullMarked;
