package io.github.strait.bpf;

/** A profile has no filter; the message says why and what to do. */
public final class BpfException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BpfException(String message) {
        super(message);
    }
}
