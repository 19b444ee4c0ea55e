package io.github.strait.format.oci;

/**
 * A part of a document and where it stands.
 *
 * @param line the line, from 1; 0 where the format does not tell
 */
public record Located<T>(T value, int line) {}
