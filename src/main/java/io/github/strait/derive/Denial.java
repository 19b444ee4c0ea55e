package io.github.strait.derive;

/**
 * A call that is not allowed and does not get the default answer either.
 *
 * @param errno the name of the error that it gets
 * @param reason why
 * @param isElided whether the evidence shows it, and it always failed with this error
 */
public record Denial(String errno, String reason, boolean isElided) {}
