package io.github.strait.format.oci;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Multimaps;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.format.DocumentText;
import io.github.strait.format.Reading;
import io.github.strait.format.oci.Draft.WrittenCondition;
import io.github.strait.format.oci.Draft.WrittenRule;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Scope;
import io.github.strait.syscall.Arch;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Turns a draft into a profile, or refuses it for the first fault with which the engine that reads it cannot start a
 * container. Everything has the meaning that the engine gives it, with a diagnostic where that may surprise.
 */
final class DocumentReader {
    private final Draft draft;
    private final boolean isExtended;
    private final ImmutableList.Builder<Diagnostic> diagnostics = ImmutableList.builder();
    private final Set<String> said = new HashSet<>();

    private DocumentReader(Draft draft, boolean isExtended) {
        this.draft = draft;
        this.isExtended = isExtended;
    }

    /**
     * Reads the draft, with or without Moby's extensions; plain OCI accepts nothing that limits a rule to some
     * machines.
     */
    static Reading read(Draft draft, boolean isExtended) {
        DocumentReader document = new DocumentReader(draft, isExtended);
        for (Fault fault : draft.faults()) {
            if (fault.refuses(draft.reader().engine())) {
                throw document.error(fault.line(), fault.what() + "; " + fault.fix());
            }
        }
        if (!isExtended) {
            document.checkPlain();
        }
        document.addFaults();
        Profile profile = document.profile();
        return Reading.of(profile, document.diagnostics.build());
    }

    private RefusalException error(int line, String message) {
        return DocumentText.unreadable(new SourcePosition(draft.file(), line), message);
    }

    /** Reports each kind of fault once. Faults that only older versions refuse are left to lint. */
    private void addFaults() {
        ImmutableListMultimap<String, Fault> alike = draft.faults().stream()
                .filter(fault -> fault.kind() != Fault.Kind.RUNC_FLAGS)
                .filter(fault ->
                        !fault.kind().isOfOldVersions() || !fault.refusedBy().isEmpty())
                .sorted(Comparator.comparingInt(Fault::line))
                .collect(ImmutableListMultimap.toImmutableListMultimap(
                        fault -> fault.kind() + fault.what(), Function.identity()));
        Multimaps.asMap(alike)
                .values()
                .forEach(faults -> diagnostics.add(faults.get(0).diagnostic(draft.file(), faults.size())));
    }

    private void add(String code, int line, String message) {
        if (said.add(message)) {
            diagnostics.add(Diagnostic.warning(code, new SourcePosition(draft.file(), line), message));
        }
    }

    private void checkPlain() {
        for (Located<String> key : draft.extensions()) {
            if (!key.value().equals("comment")) {
                throw error(
                        key.line(),
                        "'" + key.value()
                                + "' is Moby's, and runtimes of plain OCI ignore it; "
                                + (draft.isInConfig() ? "write the profile as oci" : "read the document as moby"));
            }
        }
    }

    private Profile profile() {
        Action action = draft.defaultAction()
                .value()
                .orElseThrow(() -> error(draft.defaultAction().line(), "it has no default action; add one"));
        ImmutableSortedSet<Arch> arches = Architectures.of(draft);
        Profile.Builder profile = Profile.builder(action).architectures(arches);
        Refusals.effective(action, draft.defaultErrno(), draft.defaultErrnoRet(), draft)
                .ifPresent(profile::defaultErrnoRet);
        draft.flags().forEach(flag -> profile.flag(flag.value()));
        draft.listenerPath()
                .map(Located::value)
                .filter(path -> !path.isEmpty())
                .map(DocumentReader::wellFormed)
                .ifPresent(profile::listenerPath);
        draft.listenerMetadata()
                .map(Located::value)
                .filter(text -> draft.listener() && !text.isEmpty())
                .map(DocumentReader::wellFormed)
                .ifPresent(profile::listenerMetadata);
        draft.rules().forEach(rule -> rule(rule).ifPresent(profile::rule));
        return legal(draft.defaultAction().line(), profile::build);
    }

    /** Empty for a rule that does nothing. */
    private Optional<Rule> rule(WrittenRule written) {
        for (Located<String> name : written.names()) {
            if (!WrittenRule.isName(name.value())) {
                add(
                        "unknown-syscall",
                        name.line(),
                        "'" + DraftObject.word(name.value())
                                + "' is not a syscall name, and runtimes ignore it; remove it");
            }
        }
        ImmutableList<String> names = written.legalNames();
        Action action = written.action().orElseThrow(() -> error(written.line(), "a rule has no action; add it"));
        if (names.isEmpty() || written.isNever()) {
            return Optional.empty();
        }
        Rule.Builder rule = Rule.builder(action).names(names);
        Refusals.effective(action, written.errno(), written.errnoRet(), draft).ifPresent(rule::errnoRet);
        written.conditions().forEach(condition -> valueTwo(condition));
        rule.scope(isExtended ? written.scope() : Scope.EVERYWHERE);
        if (isExtended) {
            written.comment().map(DocumentReader::wellFormed).ifPresent(rule::comment);
        }
        return legal(
                written.line(),
                () -> written.hasLegalIndexes()
                        ? Optional.of(
                                rule.conditions(written.mendedConditions()).build())
                        : Optional.empty());
    }

    private void valueTwo(WrittenCondition condition) {
        if (condition.valueTwo() != 0 && !condition.operator().takesValueTwo()) {
            add(
                    "ignored-value-two",
                    condition.line(),
                    "'valueTwo' means nothing to " + condition.operator().token() + "; remove it");
        }
    }

    /** The character that Go puts in place of text that is not Unicode. */
    private static String wellFormed(String text) {
        StringBuilder all = new StringBuilder();
        text.codePoints().forEach(c -> all.appendCodePoint(Character.getType(c) == Character.SURROGATE ? 0xfffd : c));
        return all.toString();
    }

    private <T> T legal(int line, Supplier<T> make) {
        try {
            return make.get();
        } catch (RefusalException e) {
            throw error(line, e.getMessage());
        }
    }
}
