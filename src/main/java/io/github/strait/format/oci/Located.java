package io.github.strait.format.oci;

/**
 * A part of a document and where it stands.
 *
 * @param line the line, from 1; 0 when the format does not say
 */
public record Located<T>(T value, int line) {}
