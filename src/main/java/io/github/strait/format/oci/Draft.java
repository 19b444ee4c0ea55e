package io.github.strait.format.oci;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.DocumentText;
import io.github.strait.format.Formats;
import io.github.strait.format.ReadableFormat;
import io.github.strait.format.Reader;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Scope;
import io.github.strait.syscall.Arch;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A document as it was written, faults included: what {@link Formats#read} would refuse at its first fault. A misspelt
 * part is kept as it was probably meant, along with a {@link Fault}; a part that cannot be guessed is absent.
 *
 * @param file the name of the document in diagnostics
 * @param reader who reads it
 * @param isProfile whether it is a profile at all
 * @param isInConfig whether it is a part of a container's configuration
 * @param defaultAction with the line, or that of the profile where it is missing
 * @param defaultErrnoRet any number that is not negative
 * @param defaultErrno the name of the error, which Podman reads
 * @param architectures the flat list
 * @param machines the entries of {@code archMap} that some daemon looks at, the native ABI first
 * @param listenerPath as given, possibly empty
 * @param extensions the keys that Moby adds to the runtime specification, each once
 */
public record Draft(
        String file,
        Reader reader,
        boolean isProfile,
        boolean isInConfig,
        Located<Optional<Action>> defaultAction,
        OptionalLong defaultErrnoRet,
        Optional<Located<String>> defaultErrno,
        ImmutableList<Located<Arch>> architectures,
        ImmutableList<ImmutableList<Located<Arch>>> machines,
        ImmutableList<Located<Flag>> flags,
        Optional<Located<String>> listenerPath,
        Optional<Located<String>> listenerMetadata,
        ImmutableList<WrittenRule> rules,
        ImmutableList<Located<String>> extensions,
        ImmutableList<Fault> faults) {

    private static final int MAX_ERRNO = 4095;

    /**
     * A rule as it was written.
     *
     * @param index its place in {@code syscalls}, from 0
     * @param names in the order of the document, repetitions included
     * @param conditions those that have all their parts
     * @param errno the name of the error, which Podman reads
     * @param isWhole whether no condition was left out of {@code conditions}
     * @param isNever whether it is for machines or capabilities that do not exist
     */
    public record WrittenRule(
            int index,
            int line,
            ImmutableList<Located<String>> names,
            Optional<Action> action,
            OptionalLong errnoRet,
            Optional<Located<String>> errno,
            ImmutableList<WrittenCondition> conditions,
            boolean isWhole,
            Scope scope,
            boolean isNever,
            Optional<String> comment) {

        /** The rule without the faults that a runtime would refuse; empty when nothing is left or a condition is lost. */
        public Optional<Rule> mended() {
            ImmutableList<String> legal = legalNames();
            if (action.isEmpty() || legal.isEmpty() || !isWhole || !hasLegalIndexes()) {
                return Optional.empty();
            }
            Rule.Builder rule =
                    Rule.builder(action.get()).names(legal).scope(scope).conditions(mendedConditions());
            legalErrno(action.get(), errnoRet, 0).ifPresent(rule::errnoRet);
            return Optional.of(rule.build());
        }

        /** Whether each condition is on an argument that a call has. */
        boolean hasLegalIndexes() {
            return conditions.stream().allMatch(WrittenCondition::isIndexLegal);
        }

        /** Six at most, as crun reads them. */
        Iterable<Condition> mendedConditions() {
            return conditions.stream()
                    .limit(Condition.ARGUMENTS)
                    .map(WrittenCondition::mended)
                    .toList();
        }

        /** Those that may be the name of a call; all engines pass over the others. */
        ImmutableList<String> legalNames() {
            return names.stream()
                    .map(Located::value)
                    .filter(WrittenRule::isName)
                    .collect(ImmutableList.toImmutableList());
        }

        static boolean isName(String text) {
            return !text.isEmpty()
                    && text.chars().allMatch(c -> c == '_' || (c < 0x80 && Character.isLetterOrDigit(c)));
        }
    }

    /** A condition as it was written; the index may be out of range, and {@code valueTwo} may have no effect. */
    public record WrittenCondition(int line, long index, Operator operator, long value, long valueTwo) {
        public boolean isIndexLegal() {
            return index >= 0 && index < Condition.ARGUMENTS;
        }

        Condition mended() {
            return new Condition((int) index, operator, value, operator.takesValueTwo() ? valueTwo : 0);
        }
    }

    /**
     * The document in any format, as this reader sees it.
     *
     * @throws RefusalException when its text has no structure at all: not JSON, cut off, too large
     */
    public static Draft read(String file, byte[] content, Reader reader) {
        ReadableFormat format = Formats.detect(content);
        if (format instanceof EnclosingFormat enclosing) {
            return enclosing.draft(file, content, reader);
        }
        return format == MobyFormat.MOBY
                ? DraftReader.read(DocumentText.of(file, content), reader, true)
                : of(file, reader, format.read(file, content, reader).profile());
    }

    /** Whether a {@code listenerPath} is given. */
    public boolean listener() {
        return listenerPath.filter(path -> !path.value().isEmpty()).isPresent();
    }

    /** The same with more faults. */
    Draft with(ImmutableList<Fault> more) {
        return having(ImmutableList.<Fault>builder().addAll(faults).addAll(more).build());
    }

    /** The same, refused only for the faults that another reading of the document has too. */
    Draft refusedAs(Draft other) {
        ImmutableSet<Fault> real = ImmutableSet.copyOf(other.faults);
        return having(faults.stream()
                .map(fault -> real.contains(fault) ? fault : fault.guessed(reader.engine()))
                .collect(ImmutableList.toImmutableList()));
    }

    private Draft having(ImmutableList<Fault> all) {
        return new Draft(
                file,
                reader,
                isProfile,
                isInConfig,
                defaultAction,
                defaultErrnoRet,
                defaultErrno,
                architectures,
                machines,
                flags,
                listenerPath,
                listenerMetadata,
                rules,
                extensions,
                all);
    }

    /** The default action and its errno; empty if there is none. */
    public Optional<Decision> defaultDecision() {
        return defaultAction.value().map(action -> Decision.of(action, legalErrno(action, defaultErrnoRet, 0)));
    }

    /** The draft of a profile that is not written as a document. */
    public static Draft of(String file, Reader reader, Profile profile) {
        ImmutableList.Builder<WrittenRule> rules = ImmutableList.builder();
        for (int i = 0; i < profile.rules().size(); i++) {
            rules.add(of(i, profile.rules().get(i)));
        }
        return new Draft(
                file,
                reader,
                true,
                false,
                new Located<>(Optional.of(profile.defaultAction()), 0),
                wide(profile.defaultErrnoRet()),
                Optional.empty(),
                located(profile.architectures().stream()),
                ImmutableList.of(),
                located(profile.flags().stream()),
                profile.listenerPath().map(path -> new Located<>(path, 0)),
                profile.listenerMetadata().map(text -> new Located<>(text, 0)),
                rules.build(),
                ImmutableList.of(),
                ImmutableList.of());
    }

    private static WrittenRule of(int index, Rule rule) {
        ImmutableList<WrittenCondition> conditions = rule.conditions().stream()
                .map(c -> new WrittenCondition(0, c.index(), c.operator(), c.value(), c.valueTwo()))
                .collect(ImmutableList.toImmutableList());
        return new WrittenRule(
                index,
                0,
                located(rule.names().stream()),
                Optional.of(rule.action()),
                wide(rule.errnoRet()),
                Optional.empty(),
                conditions,
                true,
                rule.scope(),
                false,
                rule.comment());
    }

    private static <T> ImmutableList<Located<T>> located(Stream<T> values) {
        return values.map(value -> new Located<>(value, 0)).collect(ImmutableList.toImmutableList());
    }

    private static OptionalLong wide(OptionalInt number) {
        return number.isPresent() ? OptionalLong.of(number.getAsInt()) : OptionalLong.empty();
    }

    private static OptionalInt legalErrno(Action action, OptionalLong errno, int least) {
        return action.takesErrno() && errno.isPresent() && errno.getAsLong() >= least && errno.getAsLong() <= MAX_ERRNO
                ? OptionalInt.of((int) errno.getAsLong())
                : OptionalInt.empty();
    }
}
