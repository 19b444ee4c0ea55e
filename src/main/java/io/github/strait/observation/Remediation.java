package io.github.strait.observation;

/** How to get better evidence: commands to copy, with what the user must fill in written in capitals. */
public final class Remediation {
    /** Records another trace; the best evidence that there is. */
    public static final String RECORD = "record with: strait record -o FILE -- COMMAND";

    /** Records another trace without strait; {@code -n} proves the ABI of each call. */
    public static final String RECORD_AGAIN =
            "record again with: strait record -o FILE -- COMMAND, or: strace -f -n -o FILE COMMAND (strace 5.9 or"
                    + " later)";

    private Remediation() {}
}
