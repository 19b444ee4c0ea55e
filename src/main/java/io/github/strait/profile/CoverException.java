package io.github.strait.profile;

/** A set of arguments takes more conditions than anybody would write. */
final class CoverException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    CoverException() {
        super("the conditions on arguments are too many to be written");
    }
}
