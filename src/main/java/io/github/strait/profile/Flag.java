package io.github.strait.profile;

import java.util.Arrays;
import java.util.Optional;

/** How the runtime installs the filter: the flags of {@code seccomp(2)} that the runtime specification knows. */
public enum Flag {
    TSYNC,
    LOG,
    SPEC_ALLOW,
    WAIT_KILLABLE_RECV;

    private static final String TOKEN_PREFIX = "SECCOMP_FILTER_FLAG_";

    /** The token of OCI documents, such as {@code SECCOMP_FILTER_FLAG_LOG}. */
    public String token() {
        return TOKEN_PREFIX + name();
    }

    /** The flag of a {@link #token}. */
    public static Optional<Flag> find(String token) {
        return Arrays.stream(values())
                .filter(flag -> flag.token().equals(token))
                .findFirst();
    }
}
