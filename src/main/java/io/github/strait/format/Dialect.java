package io.github.strait.format;

/** Which of the two JSON forms a document is in. */
enum Dialect {
    OCI("oci"),
    MOBY("moby");

    private final String label;

    Dialect(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
