package io.github.strait.format;

/** Which of the JSON forms a document is in; gVisor's is plain OCI with the old name of one action. */
enum Dialect {
    OCI("oci"),
    MOBY("moby"),
    GVISOR("gvisor");

    private final String label;

    Dialect(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
