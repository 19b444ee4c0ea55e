package io.github.strait.format.oci;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Severity;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.format.Engine;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * A fault in a document: some or all runtimes do not read it as it was meant.
 *
 * @param line where it stands, from 1
 * @param rule the index of the rule that it is in
 * @param syscalls the calls concerned, where it is about some
 * @param what the fault, without a final stop
 * @param fix what to write instead, in one clause
 * @param refusedBy the engines for which it is an error: no container starts, or no call is denied
 * @param otherwise the severity for the others
 */
public record Fault(
        Kind kind,
        int line,
        OptionalInt rule,
        ImmutableList<String> syscalls,
        String what,
        String fix,
        ImmutableSet<Engine> refusedBy,
        Severity otherwise) {
    /** The kinds of faults. */
    public enum Kind {
        /** The document is something else, or holds the profile somewhere inside. */
        NOT_A_PROFILE,
        /** The document is YAML, which no runtime reads. */
        NOT_JSON,
        /** The document says nothing at all, and containers run without a filter. */
        NO_FILTER,
        /** An action that no runtime knows. */
        UNKNOWN_ACTION,
        /** An operator that no runtime knows. */
        UNKNOWN_OPERATOR,
        /** A token or name of an architecture that no runtime knows. */
        UNKNOWN_ARCHITECTURE,
        /** A name in a scope that no machine has. */
        UNKNOWN_MACHINE,
        /** A flag that no runtime knows. */
        UNKNOWN_FLAG,
        /** A key that says something under another name. */
        MISNAMED_KEY,
        /** A key that no runtime reads. */
        UNKNOWN_KEY,
        /** A key that comes twice with different values. */
        DUPLICATE_KEY,
        /** Text that is not UTF-8. */
        MALFORMED_TEXT,
        /** A key that is missing. */
        MISSING_KEY,
        /** A value of another type. */
        WRONG_TYPE,
        /** A number in quotes, negative, fractional or too large. */
        BAD_NUMBER,
        /** Moby's old {@code name}. */
        SINGULAR_NAME,
        /** The empty string in the place of a call. */
        EMPTY_NAME,
        /** A rule without names. */
        EMPTY_RULE,
        /** A capability or a kernel version that never matches. */
        BAD_SCOPE,
        /** An error by its name, which only Podman reads. */
        SYMBOLIC_ERRNO,
        /** An error number where none goes, or one that is too large. */
        MISPLACED_ERRNO,
        /** Success as the error of the default: engines take it, and a profile refuses it. */
        ERRNO_ZERO,
        /** An index that no argument has. */
        BAD_INDEX,
        /** More conditions in a rule than a call has arguments. */
        TOO_MANY_CONDITIONS,
        /** Equal conditions with different actions. */
        CONTRADICTING_CONDITIONS,
        /** A notification without a listener. */
        NOTIFY_LISTENER,
        /** ABIs of both byte orders. */
        MIXED_BYTE_ORDER,
        /** Both ways to list architectures. */
        ARCHITECTURES_TWICE,
        /** An entry of {@code archMap} that no daemon looks at. */
        UNREAD_ENTRY,
        /** An architecture that older runtimes do not know. */
        YOUNG_ARCHITECTURE,
        /** A flag that older runtimes refuse. */
        RUNC_FLAGS;

        /** The id that findings and diagnostics carry. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether only older versions of an engine refuse it; the document is then still read. */
        public boolean isOfOldVersions() {
            return this == YOUNG_ARCHITECTURE || this == RUNC_FLAGS;
        }
    }

    /** Whether every version of the engine refuses the document because of it. */
    boolean refuses(Engine engine) {
        return refusedBy.contains(engine) && !kind.isOfOldVersions();
    }

    /** The same in a part that no engine reads: as bad for the user of the engine, but not refused. */
    Fault guessed(Engine engine) {
        return new Fault(kind, line, rule, syscalls, what, fix, ImmutableSet.of(), severity(engine));
    }

    /** The severity for a user of an engine. */
    public Severity severity(Engine engine) {
        return refusedBy.contains(engine) ? Severity.ERROR : otherwise;
    }

    /** For the user of an engine that reads the document nevertheless, of a fault that it has so many times. */
    Diagnostic diagnostic(String file, int times) {
        boolean isWarning = otherwise != Severity.NOTE;
        String more = times == 1 ? "" : times == 2 ? " (once more below)" : " (" + (times - 1) + " more below)";
        return new Diagnostic(
                isWarning ? Severity.WARNING : Severity.NOTE,
                kind.id(),
                new SourcePosition(file, line),
                what + more + "; " + fix);
    }
}
