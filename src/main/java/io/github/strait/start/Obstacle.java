package io.github.strait.start;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.syscall.Arch;

/**
 * Something that keeps containers from starting under a profile.
 *
 * @param kind how far
 * @param machines the native ABIs of the machines where it does
 * @param calls what is denied
 * @param what for a message, without a final stop
 * @param remedy what to do, in one clause
 */
public record Obstacle(
        Kind kind, ImmutableSortedSet<Arch> machines, ImmutableSet<String> calls, String what, String remedy) {
    /** How far containers are kept from starting, the farthest first. */
    public enum Kind {
        /** No program starts. */
        NO_PROGRAM,
        /** The runtime cannot start any program. */
        NO_RUNTIME,
        /** The runtime can start programs with no_new_privs set, and was not said to. */
        ONLY_WITH_NO_NEW_PRIVILEGES,
        /** Some versions of the runtime, or some that the engine may use, cannot. */
        SOME_VERSIONS,
        /** The runtime cannot start further programs in a container. */
        NO_EXEC,
        /** The runtime fails in some runs. */
        AT_TIMES,
        /** Dynamically linked programs do not start. */
        NO_LOADER,
        /** Dynamically linked programs do not start, and the profile seems to be for another. */
        NO_LOADER_PERHAPS;

        /** For programs that read reports: {@code no-runtime}. */
        public String label() {
            return Ascii.toLowerCase(name()).replace('_', '-');
        }

        /** Whether the program itself is refused a call, which evidence of it shows as well. */
        public boolean isOfProgram() {
            return this == NO_PROGRAM || this == NO_LOADER || this == NO_LOADER_PERHAPS;
        }

        /** Whether nothing starts at all. */
        public boolean isFinal() {
            return this == NO_PROGRAM || this == NO_RUNTIME;
        }
    }

    /** The same obstacle on several machines as one. */
    Obstacle and(Obstacle other) {
        return new Obstacle(
                kind,
                ImmutableSortedSet.copyOf(Sets.union(machines, other.machines)),
                ImmutableSet.copyOf(Sets.union(calls, other.calls)),
                what,
                remedy);
    }
}
