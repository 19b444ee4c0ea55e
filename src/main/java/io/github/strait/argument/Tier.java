package io.github.strait.argument;

/** How much a row of the {@link Catalogue} asks of a program, the least first. */
public enum Tier {
    /** Part of every profile with conditions: in no measured run did it deny what the names allow. */
    SAFE,
    /** On request: values vary more, or the call is made often and each comparison costs time. */
    STRICT
}
