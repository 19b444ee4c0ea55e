package io.github.strait.profile;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.Optional;

/** The kernel's actions on a call, in order of precedence: the strictest action of several filters wins. */
public enum Action {
    KILL_PROCESS(0x80000000),
    KILL_THREAD(0x00000000),
    TRAP(0x00030000),
    ERRNO(0x00050000),
    NOTIFY(0x7fc00000),
    TRACE(0x7ff00000),
    LOG(0x7ffc0000),
    ALLOW(0x7fff0000);

    private static final String TOKEN_PREFIX = "SCMP_ACT_";
    private static final ImmutableMap<String, Action> BY_TOKEN = byToken();

    private final int returnValue;

    Action(int returnValue) {
        this.returnValue = returnValue;
    }

    /** The token of OCI documents, such as {@code SCMP_ACT_ERRNO}. */
    public String token() {
        return TOKEN_PREFIX + name();
    }

    /** The {@code SECCOMP_RET_*} value, to which the low 16 bits add an errno where {@link #takesErrno}. */
    public int returnValue() {
        return returnValue;
    }

    /** Whether OCI's {@code errnoRet} may accompany it: the runtime specification names ERRNO and TRACE alone. */
    public boolean takesErrno() {
        return this == ERRNO || this == TRACE;
    }

    /** Whether the kernel executes the call without asking a supervisor or tracer. */
    public boolean permits() {
        return this == ALLOW || this == LOG;
    }

    /** The action of a {@link #token}; the old {@code SCMP_ACT_KILL} is {@link #KILL_THREAD}, as in libseccomp. */
    public static Optional<Action> find(String token) {
        return Optional.ofNullable(BY_TOKEN.get(token));
    }

    private static ImmutableMap<String, Action> byToken() {
        ImmutableMap.Builder<String, Action> tokens = ImmutableMap.builder();
        Arrays.stream(values()).forEach(action -> tokens.put(action.token(), action));
        return tokens.put(TOKEN_PREFIX + "KILL", KILL_THREAD).buildOrThrow();
    }
}
