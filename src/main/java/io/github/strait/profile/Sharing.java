package io.github.strait.profile;

import io.github.strait.syscall.Arch;

/** The ABIs between which a document shares its rules. Each of them then allows what another one needs. */
public enum Sharing {
    /** A plain document: a rule names calls for all of them. */
    ALL,

    /** Docker's extended form: a rule is for a machine with all its ABIs. */
    FAMILY,

    /** A list that names calls for each ABI apart. */
    NONE;

    /** Whether a rule that one of them needs holds on the other too. */
    public boolean isBetween(Arch one, Arch other) {
        return switch (this) {
            case ALL -> true;
            case FAMILY -> one.nativeArch() == other.nativeArch();
            case NONE -> one == other;
        };
    }
}
