package io.github.strait.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.google.common.collect.ImmutableList;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Scope;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Optional;

/**
 * Writes a profile as JSON: keys in one order, two spaces, one value a line, so that a diff of two profiles names the
 * calls that changed. What says nothing is left out; numbers are unsigned and decimal, the only spelling that runc and
 * crun read alike; {@code valueTwo} stands with {@code SCMP_CMP_MASKED_EQ} alone, and there always.
 */
final class DocumentWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Dialect dialect;

    DocumentWriter(Dialect dialect) {
        this.dialect = dialect;
    }

    String write(Profile profile) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.setPrettyPrinter(printer());
            json.writeStartObject();
            json.writeStringField("defaultAction", token(profile.defaultAction()));
            if (profile.defaultErrnoRet().isPresent()) {
                json.writeNumberField(
                        "defaultErrnoRet", profile.defaultErrnoRet().getAsInt());
            }
            architectures(json, profile);
            strings(json, "flags", profile.flags().stream().map(Flag::token).toList());
            string(json, "listenerPath", profile.listenerPath());
            string(json, "listenerMetadata", profile.listenerMetadata());
            json.writeArrayFieldStart("syscalls");
            for (Rule rule : profile.rules()) {
                rule(json, rule);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        return out.append('\n').toString();
    }

    private void architectures(JsonGenerator json, Profile profile) throws IOException {
        Optional<ImmutableList<Architectures.Entry>> map = Architectures.asMap(profile.architectures());
        if (dialect != Dialect.MOBY || map.isEmpty()) {
            strings(json, "architectures", tokens(profile.architectures()));
            return;
        }
        json.writeArrayFieldStart("archMap");
        for (Architectures.Entry entry : map.get()) {
            json.writeStartObject();
            json.writeStringField("architecture", entry.architecture().scmpToken());
            strings(json, "subArchitectures", tokens(entry.companions()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** gVisor knows ending a thread by its old name alone. */
    private String token(Action action) {
        return dialect == Dialect.GVISOR && action == Action.KILL_THREAD ? "SCMP_ACT_KILL" : action.token();
    }

    private void rule(JsonGenerator json, Rule rule) throws IOException {
        json.writeStartObject();
        strings(json, "names", rule.names());
        json.writeStringField("action", token(rule.action()));
        if (rule.errnoRet().isPresent()) {
            json.writeNumberField("errnoRet", rule.errnoRet().getAsInt());
        }
        if (rule.isConditional()) {
            json.writeArrayFieldStart("args");
            for (Condition condition : rule.conditions()) {
                condition(json, condition);
            }
            json.writeEndArray();
        }
        string(json, "comment", rule.comment());
        clause(json, "includes", rule.scope().includes());
        clause(json, "excludes", rule.scope().excludes());
        json.writeEndObject();
    }

    private static void condition(JsonGenerator json, Condition condition) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", condition.index());
        json.writeNumberField("value", unsigned(condition.value()));
        if (condition.operator().takesValueTwo()) {
            json.writeNumberField("valueTwo", unsigned(condition.valueTwo()));
        }
        json.writeStringField("op", condition.operator().token());
        json.writeEndObject();
    }

    private static void clause(JsonGenerator json, String name, Scope.Clause clause) throws IOException {
        if (clause.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(name);
        strings(json, "arches", clause.arches().stream().map(Arch::mobyName).toList());
        strings(json, "caps", clause.caps());
        string(json, "minKernel", clause.minKernel().map(KernelVersion::toString));
        json.writeEndObject();
    }

    private static void string(JsonGenerator json, String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.writeStringField(name, text.get());
        }
    }

    private static void strings(JsonGenerator json, String name, Collection<String> texts) throws IOException {
        if (texts.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static Collection<String> tokens(Collection<Arch> architectures) {
        return architectures.stream().map(Arch::scmpToken).toList();
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    private static DefaultPrettyPrinter printer() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator("")
                .withObjectEmptySeparator(""));
        printer.indentArraysWith(indenter);
        printer.indentObjectsWith(indenter);
        return printer;
    }
}
