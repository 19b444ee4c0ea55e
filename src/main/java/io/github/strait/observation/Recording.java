package io.github.strait.observation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How strait recorded a run: the header that it wrote in front of the trace. It describes the evidence and is none
 * itself.
 *
 * @param facts what is known of the recorded program, none of it trusted
 * @param command the words of the command
 * @param noNewPrivs whether the recorded process had no_new_privs; empty when that is not known
 * @param partial whether calls were left out on purpose, because other evidence settles them
 * @param leftOut the names of those calls, as strace spells them
 */
public record Recording(
        Kind kind,
        ImmutableSortedMap<Fact, String> facts,
        ImmutableList<String> command,
        Optional<Boolean> noNewPrivs,
        boolean partial,
        ImmutableSortedSet<String> leftOut) {

    /** What was recorded. */
    public enum Kind {
        /** A command, from its start. */
        COMMAND,
        /** A container, from the start of its init. */
        CONTAINER,
        /** A session in a running container. */
        EXEC,
        /** A process that was running already. */
        ATTACHED,
        /** A command of another machine under qemu-user, whose log has no header where strait did not record it. */
        EMULATED,
        /** No recording: the kernel's audit lines, calls without arguments and results. */
        AUDIT;

        /** The word in headers and observations. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind of this {@link #label}; empty when there is none. */
        static Optional<Kind> find(String label) {
            return Arrays.stream(values())
                    .filter(kind -> kind.label().equals(label))
                    .findFirst();
        }
    }

    /** A text of a header, in the order of the document. */
    public enum Fact {
        /** Of the container or the unit. */
        NAME,
        /** Of the container. */
        ID,
        /** Its reference, such as {@code docker.io/library/nginx:1}. */
        IMAGE,
        /** Of the image. */
        DIGEST,
        /** Such as {@code podman 4.3.1}. */
        ENGINE,
        /** Such as {@code runc 1.1.5}. */
        RUNTIME,
        /** Of the program, where another machine than this one recorded: {@code aarch64}. */
        ABI,
        /** Such as {@code qemu-aarch64 7.2.22}. */
        EMULATOR,
        /** On how many processors the program could run. */
        PROCESSORS,
        /** Of the distribution of the program's root file system: {@code debian-13}. */
        RELEASE,
        /** The version that recorded. */
        STRAIT,
        /** Whose tasks the trace shows beside those of the container: {@code runtime}. */
        TASKS;

        /** The key in headers and observations. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A recording of which only the kind is known. */
    public static Recording of(Kind kind) {
        return new Recording(
                kind, ImmutableSortedMap.of(), ImmutableList.of(), Optional.empty(), false, ImmutableSortedSet.of());
    }
}
