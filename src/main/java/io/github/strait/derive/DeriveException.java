package io.github.strait.derive;

/** The evidence cannot give the profile that was asked for; the message says what to do. */
public final class DeriveException extends Exception {
    private static final long serialVersionUID = 1L;

    DeriveException(String message) {
        super(message);
    }
}
