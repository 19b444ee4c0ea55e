package io.github.strait.format;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.format.Draft.WrittenRule;
import io.github.strait.profile.Action;
import io.github.strait.profile.Flag;
import io.github.strait.syscall.Arch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Any of these, in small letters, makes an object look like a profile. */
    private static final ImmutableSet<String> MARKS = ImmutableSet.of("defaultaction", "default_action", "archmap");

    /** A path that is safe to suggest as a part of a command. */
    private static final Pattern PLAIN_PATH = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]{0,60}");

    private final String file;
    private final DraftFaults faults = new DraftFaults();
    private final Map<String, Integer> extensions = new LinkedHashMap<>();

    private DraftReader(String file) {
        this.file = file;
    }

    static Draft read(Source source) {
        Json root = JsonTree.parse(source);
        DraftReader reader = new DraftReader(source.file());
        return reader.find(root).map(reader::profile).orElseGet(() -> reader.nothing(root));
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
                fields.byName().forEach((name, value) -> queue.add(Map.entry(prefix + name, value)));
            }
        }
        return Optional.empty();
    }

    private static boolean isLikeAProfile(Json.Fields fields) {
        return fields.byName().keySet().stream().anyMatch(key -> MARKS.contains(Ascii.toLowerCase(key)))
                || fields.byName().get("syscalls") instanceof Json.Items;
    }

    private void inside(String path, Json.Fields fields) {
        if (!path.isEmpty()) {
            faults.add(
                    Fault.Kind.NOT_A_PROFILE,
                    fields,
                    "the document holds a profile at '" + DraftObject.word(path)
                            + "' and is none itself; runtimes look at the top alone, and Docker runs without a filter",
                    "write that object alone" + (PLAIN_PATH.matcher(path).matches() ? ": jq ." + path + " FILE" : ""));
        }
    }

    private Draft nothing(Json root) {
        String what = root instanceof Json.Fields
                ? "neither 'defaultAction' nor 'syscalls' is in the document"
                : "the document is " + root.kind() + ", not an object";
        faults.add(
                Fault.Kind.NOT_A_PROFILE,
                root,
                what + ": it is no seccomp profile, and Docker runs without a filter or not at all",
                "write an object with 'defaultAction' and 'syscalls'");
        return new Draft(
                file,
                false,
                new Located<>(Optional.empty(), root.place().line()),
                OptionalLong.empty(),
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableList.of(),
                false,
                ImmutableList.of(),
                ImmutableList.of(),
                faults.all());
    }

    private Draft profile(Json.Fields fields) {
        DraftObject document = new DraftObject(faults, "the profile", fields);
        Located<Optional<Action>> action = defaultAction(document);
        OptionalLong errno = wide(document.number("defaultErrnoRet", "defaultErrno_ret"));
        symbol(document, "defaultErrno", "defaultErrnoRet");
        ImmutableList<Located<Arch>> flat = arches(
                document,
                "architectures",
                document.elements("architectures", "architecture", "archs", "arches", "arch"));
        extension(document, "archMap");
        ImmutableList<ImmutableList<Located<Arch>>> machines = machines(document);
        List<Located<Flag>> flags = new ArrayList<>();
        for (Json json : document.elements("flags")) {
            document.token(json, "flags", Fault.Kind.UNKNOWN_FLAG, Flag::find, Guess::flag, Flag::token)
                    .ifPresent(flags::add);
        }
        boolean listener = document.text("listenerPath").isPresent();
        document.text("listenerMetadata");
        ImmutableList<WrittenRule> rules = rules(document);
        extension(document, "comment");
        document.take("comment");
        document.noteTheRest(KEYS);
        return new Draft(
                file,
                true,
                action,
                errno,
                flat,
                machines,
                ImmutableList.copyOf(flags),
                listener,
                rules,
                extensions.entrySet().stream()
                        .map(entry -> new Located<>(entry.getKey(), entry.getValue()))
                        .collect(ImmutableList.toImmutableList()),
                faults.all());
    }

    private Located<Optional<Action>> defaultAction(DraftObject document) {
        Optional<Json> json = document.take("defaultAction", "default_action", "default");
        if (json.isEmpty()) {
            faults.add(
                    Fault.Kind.MISSING_KEY,
                    document.line(),
                    "'defaultAction' is missing, without which no container starts",
                    "add \"defaultAction\": \"SCMP_ACT_ERRNO\"");
            return new Located<>(Optional.empty(), document.line());
        }
        Optional<Located<Action>> action = document.token(
                json.get(), "defaultAction", Fault.Kind.UNKNOWN_ACTION, Action::find, Guess::action, Action::token);
        return new Located<>(action.map(Located::value), json.get().place().line());
    }

    private ImmutableList<Located<Arch>> arches(DraftObject owner, String key, List<Json> elements) {
        ImmutableList.Builder<Located<Arch>> arches = ImmutableList.builder();
        for (Json json : elements) {
            owner.token(
                            json,
                            key,
                            Fault.Kind.UNKNOWN_ARCHITECTURE,
                            Architectures::ofToken,
                            Guess::arch,
                            Arch::scmpToken)
                    .ifPresent(arches::add);
        }
        return arches.build();
    }

    private ImmutableList<ImmutableList<Located<Arch>>> machines(DraftObject document) {
        ImmutableList.Builder<ImmutableList<Located<Arch>>> machines = ImmutableList.builder();
        for (Json json : document.elements("archMap", "archmap", "arch_map")) {
            document.object("archMap", "an entry of 'archMap'", json).ifPresent(entry -> {
                List<Json> first = entry.take("architecture").map(List::of).orElse(List.of());
                ImmutableList<Located<Arch>> group = ImmutableList.<Located<Arch>>builder()
                        .addAll(arches(entry, "architecture", first))
                        .addAll(arches(entry, "subArchitectures", entry.elements("subArchitectures")))
                        .build();
                entry.noteTheRest(ImmutableSet.of("architecture", "subArchitectures"));
                if (first.isEmpty()) {
                    faults.add(Fault.Kind.MISSING_KEY, json, "an entry of 'archMap' has no 'architecture'", "name it");
                } else if (!group.isEmpty()) {
                    machines.add(group);
                }
            });
        }
        return machines.build();
    }

    private ImmutableList<WrittenRule> rules(DraftObject document) {
        ImmutableList.Builder<WrittenRule> rules = ImmutableList.builder();
        List<Json> elements = document.elements("syscalls", "rules", "syscall");
        DraftRuleReader reader = new DraftRuleReader(faults, this::extension);
        for (int i = 0; i < elements.size(); i++) {
            faults.enterRule(i);
            int index = i;
            document.object("syscalls", "a rule", elements.get(i))
                    .ifPresent(object -> rules.add(reader.rule(index, object)));
            faults.leaveRule();
        }
        return rules.build();
    }

    /** Podman's symbolic error wins over the number there and is unknown elsewhere. */
    private void symbol(DraftObject object, String symbol, String number) {
        DraftRuleReader.symbol(faults, object, symbol, number);
    }

    private void extension(DraftObject object, String key) {
        Json value = object.all().get(key);
        if (value != null && !isEmpty(value)) {
            extensions.putIfAbsent(key, value.place().line());
        }
    }

    private static boolean isEmpty(Json value) {
        return (value instanceof Json.Fields fields && fields.byName().isEmpty())
                || (value instanceof Json.Items items && items.list().isEmpty())
                || (value instanceof Json.Text text && text.value().isEmpty())
                || (value instanceof Json.Constant constant && constant.isNull());
    }

    static OptionalLong wide(Optional<Located<Long>> number) {
        return number.isPresent() ? OptionalLong.of(number.get().value()) : OptionalLong.empty();
    }
}
