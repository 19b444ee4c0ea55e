package io.github.strait.format.oci;

import com.google.common.collect.ImmutableList;
import io.github.strait.format.ConditionJson;
import io.github.strait.json.JsonWriter;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Scope;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;

/**
 * Writes a profile as JSON: keys in a fixed order, two spaces, one value a line, but a rule with conditions
 * on one. A diff of two profiles then shows the
 * calls that changed. Values without effect are left out. Numbers are unsigned and decimal, the only spelling that runc
 * and crun read alike. {@code valueTwo} is written with {@code SCMP_CMP_MASKED_EQ}, always and only there.
 */
public final class DocumentWriter {
    private final boolean hasMachines;
    private final String killThread;
    private final JsonWriter json = JsonWriter.of(JsonWriter.Layout.LINES);

    private DocumentWriter(boolean hasMachines, String killThread) {
        this.hasMachines = hasMachines;
        this.killThread = killThread;
    }

    /** Plain OCI, with a flat list of ABIs. */
    public static DocumentWriter plain() {
        return new DocumentWriter(false, Action.KILL_THREAD.token());
    }

    /** Moby's form, with a list of ABIs for each machine where that says the same. */
    static DocumentWriter extended() {
        return new DocumentWriter(true, Action.KILL_THREAD.token());
    }

    /** The same for a reader that knows the ending of a thread by another token. */
    public DocumentWriter callingKillThread(String token) {
        return new DocumentWriter(hasMachines, token);
    }

    /** The document, in UTF-8; use a writer only once. */
    public byte[] write(Profile profile) {
        return text(profile).getBytes(StandardCharsets.UTF_8);
    }

    private String text(Profile profile) {
        json.object();
        json.field("defaultAction", token(profile.defaultAction()));
        if (profile.defaultErrnoRet().isPresent()) {
            json.field("defaultErrnoRet", profile.defaultErrnoRet().getAsInt());
        }
        architectures(profile);
        strings("flags", profile.flags().stream().map(Flag::token).toList());
        string("listenerPath", profile.listenerPath());
        string("listenerMetadata", profile.listenerMetadata());
        json.array("syscalls");
        for (Rule rule : profile.rules()) {
            rule(rule);
        }
        json.end();
        json.end();
        return json.text();
    }

    private void architectures(Profile profile) {
        Optional<ImmutableList<ArchMap.Entry>> map =
                hasMachines ? ArchMap.of(profile.architectures()) : Optional.empty();
        if (map.isEmpty()) {
            strings("architectures", tokens(profile.architectures()));
            return;
        }
        json.array("archMap");
        for (ArchMap.Entry entry : map.get()) {
            json.object();
            json.field("architecture", entry.architecture().scmpToken());
            strings("subArchitectures", tokens(entry.companions()));
            json.end();
        }
        json.end();
    }

    private String token(Action action) {
        return action == Action.KILL_THREAD ? killThread : action.token();
    }

    /** A rule with conditions has one line: calls that have several have as many, and are read as a table. */
    private void rule(Rule rule) {
        if (rule.isConditional()) {
            json.onOneLine();
        }
        json.object();
        strings("names", rule.names());
        json.field("action", token(rule.action()));
        if (rule.errnoRet().isPresent()) {
            json.field("errnoRet", rule.errnoRet().getAsInt());
        }
        if (rule.isConditional()) {
            json.array("args");
            for (Condition condition : rule.conditions()) {
                ConditionJson.write(condition, json);
            }
            json.end();
        }
        string("comment", rule.comment());
        clause("includes", rule.scope().includes());
        clause("excludes", rule.scope().excludes());
        json.end();
    }

    private void clause(String name, Scope.Clause clause) {
        if (clause.isEmpty()) {
            return;
        }
        json.object(name);
        strings("arches", clause.arches().stream().map(Arch::mobyName).toList());
        strings("caps", clause.caps());
        string("minKernel", clause.minKernel().map(KernelVersion::toString));
        json.end();
    }

    private void string(String name, Optional<String> text) {
        if (text.isPresent()) {
            json.field(name, text.get());
        }
    }

    private void strings(String name, Collection<String> texts) {
        if (!texts.isEmpty()) {
            json.field(name, texts);
        }
    }

    private static Collection<String> tokens(Collection<Arch> architectures) {
        return architectures.stream().map(Arch::scmpToken).toList();
    }
}
