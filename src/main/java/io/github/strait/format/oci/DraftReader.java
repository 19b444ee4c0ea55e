package io.github.strait.format.oci;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.diagnostic.Severity;
import io.github.strait.format.DocumentText;
import io.github.strait.format.Engine;
import io.github.strait.format.Reader;
import io.github.strait.format.oci.Draft.WrittenRule;
import io.github.strait.json.Json;
import io.github.strait.profile.Action;
import io.github.strait.profile.Flag;
import io.github.strait.syscall.Arch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads the whole of a document, however faulty, as long as it is JSON. */
final class DraftReader {
    static final ImmutableSet<String> MOBY_KEYS = ImmutableSet.of("archMap", "includes", "excludes", "comment");

    private static final ImmutableSet<String> KEYS = ImmutableSet.of(
            "defaultAction",
            "defaultErrnoRet",
            "architectures",
            "archMap",
            "flags",
            "listenerPath",
            "listenerMetadata",
            "syscalls");

    private static final ImmutableSet<String> LISTS = ImmutableSet.of("architectures", "archMap", "flags", "syscalls");

    /** The keys of every thread in a seccompiler filter. */
    private static final ImmutableSet<String> SECCOMPILER =
            ImmutableSet.of("default_action", "mismatch_action", "filter_action", "match_action");

    /** Any of these, in small letters, makes an object look like a profile. */
    private static final ImmutableSet<String> MARKS = ImmutableSet.of("defaultaction", "default_action", "archmap");

    /** A path that is safe to suggest as a part of a command. */
    private static final Pattern PLAIN_PATH = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]{0,60}");

    private final String file;
    private final boolean isYaml;
    private final DraftFaults faults;
    private final boolean isInConfig;
    private final Map<String, Integer> extensions = new LinkedHashMap<>();

    private DraftReader(DocumentText source, DraftFaults faults, boolean isInConfig) {
        this.file = source.file();
        this.isYaml = Documents.isYaml(source.text());
        this.faults = faults;
        this.isInConfig = isInConfig;
    }

    /**
     * The document as an engine reads it, or, with guesses, as it was probably meant where no engine reads it. A guess
     * makes no container fail: only what the engine reads can be refused.
     */
    static Draft read(DocumentText source, Reader reader, boolean guesses) {
        if (Documents.isYaml(source.text())) {
            Json root = Documents.read(source).single();
            Draft draft = read(source, root, reader, false, guesses);
            return draft.isProfile() ? draft.with(ImmutableList.of(yaml(root))) : draft;
        }
        Json root = ProfileJson.read(source, reader.engine() == Engine.CRUN);
        boolean isInConfig = ContainerConfig.isOne(root);
        return read(source, root, isInConfig ? ContainerConfig.runtime(reader) : reader, isInConfig, guesses);
    }

    /** The same of the object of a profile inside of another document. */
    static Draft readInside(DocumentText source, Json root, Reader reader, boolean guesses) {
        return read(source, root, reader, false, guesses);
    }

    private static Draft read(DocumentText source, Json root, Reader reader, boolean isInConfig, boolean guesses) {
        Draft read = read(source, root, new DraftFaults(reader, false), isInConfig);
        if (!guesses || read.faults().isEmpty()) {
            return read;
        }
        return read(source, root, new DraftFaults(reader, true), isInConfig).refusedAs(read);
    }

    private static Fault yaml(Json root) {
        return new Fault(
                Fault.Kind.NOT_JSON,
                root.line(),
                OptionalInt.empty(),
                ImmutableList.of(),
                "the document is YAML, and runtimes read JSON alone",
                "write it as JSON: strait convert FILE --format oci",
                Engines.NONE,
                Severity.WARNING);
    }

    private static Draft read(DocumentText source, Json root, DraftFaults faults, boolean isInConfig) {
        DraftReader draft = new DraftReader(source, faults, isInConfig);
        if (source.isMalformed()) {
            draft.faults.refused(
                    Fault.Kind.MALFORMED_TEXT,
                    0,
                    Engines.ONLY_CRUN,
                    "some bytes of the document are not UTF-8: crun refuses it, Docker, Podman and runc read U+FFFD there",
                    "save it as UTF-8");
        }
        if (!draft.isInConfig) {
            return draft.document(root);
        }
        return ContainerConfig.seccomp(faults, root).map(draft::document).orElseGet(() -> draft.empty(root, false));
    }

    private Draft document(Json root) {
        if (root.isNull() || saysNothing(root)) {
            return withoutFilter(root);
        }
        Optional<String> compose = ComposeFile.named(root);
        if (compose.isPresent()) {
            return nothing(root, compose.get());
        }
        if (isOfSeccompiler(root)) {
            return nothing(root, "this is a seccompiler filter, which is not read: no container runtime reads it");
        }
        return find(root).map(this::profile).orElseGet(() -> nothing(root));
    }

    /** Whether the document has no key of a profile that does anything, and no other. */
    private boolean saysNothing(Json root) {
        return root instanceof Json.Fields fields
                && fields.members().stream()
                        .allMatch(member -> KEYS.contains(member.name())
                                && isEmpty(member.value())
                                && (member.value().isNull()
                                        || LISTS.contains(member.name()) == member.value() instanceof Json.Items));
    }

    private static boolean isOfSeccompiler(Json root) {
        return root instanceof Json.Fields fields
                && fields.members().stream()
                        .anyMatch(thread -> thread.value() instanceof Json.Fields filter
                                && filter.find("filter").isPresent()
                                && SECCOMPILER.stream()
                                                .filter(key -> filter.find(key).isPresent())
                                                .count()
                                        == 2);
    }

    private Draft withoutFilter(Json root) {
        faults.refused(
                Fault.Kind.NO_FILTER,
                root.line(),
                root.isNull() ? Engines.NONE : Engines.ONLY_CRUN,
                "the document says nothing, and containers run without a filter: every call is allowed"
                        + (root.isNull() ? "" : "; crun refuses it"),
                "write 'defaultAction' and 'syscalls', or allow all with SCMP_ACT_ALLOW");
        return empty(root, true);
    }

    /** The object that is the profile: the document, or the first object inside that looks like one. */
    private Optional<Json.Fields> find(Json root) {
        Deque<Map.Entry<String, Json>> queue = new ArrayDeque<>(List.of(Map.entry("", root)));
        while (!queue.isEmpty()) {
            Map.Entry<String, Json> next = queue.remove();
            if (next.getValue() instanceof Json.Fields fields) {
                if (isLikeAProfile(fields)) {
                    inside(next.getKey(), fields);
                    return Optional.of(fields);
                }
                String prefix = next.getKey().isEmpty() ? "" : next.getKey() + ".";
                fields.members().forEach(member -> queue.add(Map.entry(prefix + member.name(), member.value())));
            }
        }
        return Optional.empty();
    }

    private static boolean isLikeAProfile(Json.Fields fields) {
        return fields.members().stream()
                .anyMatch(member -> MARKS.contains(Ascii.toLowerCase(member.name()))
                        || (member.name().equalsIgnoreCase("syscalls") && member.value() instanceof Json.Items));
    }

    private void inside(String path, Json.Fields fields) {
        if (!path.isEmpty()) {
            faults.refused(
                    Fault.Kind.NOT_A_PROFILE,
                    fields.line(),
                    Engines.ALL,
                    "the document holds a profile at '" + DraftObject.word(path)
                            + "' and is none itself; runtimes look at the top alone, and Docker runs without a filter",
                    "write that object alone"
                            + (!isYaml && PLAIN_PATH.matcher(path).matches() ? ": jq ." + path + " FILE" : ""));
        }
    }

    private Draft nothing(Json root) {
        String what = root instanceof Json.Fields
                ? "neither 'defaultAction' nor 'syscalls' is in the document"
                : "the document is " + root.kind() + ", not an object";
        return nothing(
                root, what + ": it is not a seccomp profile, and containers start without a filter or not at all");
    }

    private Draft nothing(Json root, String what) {
        faults.refused(
                Fault.Kind.NOT_A_PROFILE,
                root.line(),
                Engines.ALL,
                what,
                "write an object with 'defaultAction' and 'syscalls'");
        return empty(root, false);
    }

    private Draft empty(Json root, boolean isUnfiltered) {
        int line = root.line();
        return new Draft(
                file,
                faults.reader(),
                false,
                isInConfig,
                new Located<>(isUnfiltered ? Optional.of(Action.ALLOW) : Optional.empty(), line),
                OptionalLong.empty(),
                Optional.empty(),
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableList.of(),
                Optional.empty(),
                Optional.empty(),
                ImmutableList.of(),
                ImmutableList.of(),
                faults.all());
    }

    private Draft profile(Json.Fields fields) {
        DraftObject document = new DraftObject(faults, "the profile", fields);
        Located<Optional<Action>> action = defaultAction(document);
        OptionalLong errno = wide(document.number("defaultErrnoRet", "defaultErrno_ret"));
        Optional<Located<String>> symbol = document.text("defaultErrno");
        ImmutableList<Located<Arch>> flat = DraftArches.flat(faults, document);
        extension(fields, "archMap");
        ImmutableList<ImmutableList<Located<Arch>>> machines = DraftArches.machines(faults, document);
        ImmutableList<Located<Flag>> flags = flags(document);
        Optional<Located<String>> listener = document.text("listenerPath");
        Optional<Located<String>> metadata = document.text("listenerMetadata");
        ImmutableList<WrittenRule> rules = rules(document);
        extension(fields, "comment");
        document.ignore("comment");
        document.noteTheRest(KEYS);
        Draft draft = new Draft(
                file,
                faults.reader(),
                true,
                isInConfig,
                action,
                errno,
                symbol,
                flat,
                machines,
                flags,
                listener,
                metadata,
                rules,
                extensions.entrySet().stream()
                        .map(entry -> new Located<>(entry.getKey(), entry.getValue()))
                        .collect(ImmutableList.toImmutableList()),
                faults.all());
        return draft.with(Refusals.of(draft));
    }

    private Located<Optional<Action>> defaultAction(DraftObject document) {
        Optional<Json> json = document.take("defaultAction", "default_action", "default");
        if (json.isEmpty() && !document.isMisnamed("defaultAction")) {
            faults.refused(
                    Fault.Kind.MISSING_KEY,
                    document.line(),
                    Engines.ALL,
                    "'defaultAction' is missing, without which no container starts",
                    "add \"defaultAction\": \"SCMP_ACT_ERRNO\"");
        }
        if (json.isEmpty()) {
            return new Located<>(Optional.empty(), document.line());
        }
        Optional<Located<Action>> action = document.token(
                json.get(),
                "defaultAction",
                Fault.Kind.UNKNOWN_ACTION,
                Engines.ALL,
                Action::find,
                Guess::action,
                Action::token,
                Action.values());
        return new Located<>(action.map(Located::value), json.get().line());
    }

    private ImmutableList<Located<Flag>> flags(DraftObject document) {
        ImmutableList.Builder<Located<Flag>> flags = ImmutableList.builder();
        for (Json json : document.elements("flags")) {
            document.token(
                            json,
                            "flags",
                            Fault.Kind.UNKNOWN_FLAG,
                            ImmutableSet.of(Engine.RUNC, Engine.CRUN, Engine.PODMAN),
                            Flag::find,
                            Guess::flag,
                            Flag::token,
                            Flag.values())
                    .ifPresent(flags::add);
        }
        return flags.build();
    }

    private ImmutableList<WrittenRule> rules(DraftObject document) {
        ImmutableList.Builder<WrittenRule> rules = ImmutableList.builder();
        List<Json> elements = document.elements("syscalls", "rules", "syscall");
        DraftRuleReader reader = new DraftRuleReader(faults, this::extension);
        for (int i = 0; i < elements.size(); i++) {
            faults.enterRule(i);
            if (elements.get(i) instanceof Json.Fields fields) {
                rules.add(reader.rule(i, fields));
            } else {
                rule(elements.get(i));
            }
            faults.leaveRule();
        }
        return rules.build();
    }

    /** For any type, all engines miss the action in it. */
    private void rule(Json json) {
        faults.refused(
                Fault.Kind.WRONG_TYPE,
                json.line(),
                Engines.ALL,
                "'syscalls' takes an object, not " + json.kind(),
                "write an object");
    }

    private void extension(Json.Fields fields, String key) {
        fields.find(key).filter(value -> !isEmpty(value)).ifPresent(value -> extensions.putIfAbsent(key, value.line()));
    }

    static boolean isEmpty(Json value) {
        return (value instanceof Json.Fields fields && fields.members().isEmpty())
                || (value instanceof Json.Items items && items.list().isEmpty())
                || (value instanceof Json.Text text && text.value().isEmpty())
                || value.isNull();
    }

    static OptionalLong wide(Optional<Located<Long>> number) {
        return number.isPresent() ? OptionalLong.of(number.get().value()) : OptionalLong.empty();
    }
}
