package io.github.strait.format.talos;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.format.Ability;
import io.github.strait.format.DocumentText;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.ReadableFormat;
import io.github.strait.format.Settings;
import io.github.strait.format.Traits;
import io.github.strait.format.oci.Documents;
import io.github.strait.format.oci.EnclosingFormat;
import io.github.strait.format.oci.ProfileYaml;
import io.github.strait.json.Json;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Sharing;
import io.github.strait.yaml.YamlText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A document {@code SeccompProfileConfig} of Talos Linux 1.15, which writes its profile to each node as plain OCI. The
 * list {@code machine.seccompProfiles} of older releases is read, too.
 */
public final class TalosFormat extends EnclosingFormat {
    public static final ReadableFormat TALOS = new TalosFormat(Settings.USUAL);

    private static final String KIND = "SeccompProfileConfig";
    private static final String ENDING = ".json";
    private static final Pattern DOCUMENT = Pattern.compile("(?m)^kind\\s*+:\\s*+[\"']?SeccompProfileConfig\\b");
    private static final Pattern MACHINE = Pattern.compile("(?m)^machine\\s*+:");

    private final Settings settings;

    private TalosFormat(Settings settings) {
        super(
                "talos",
                Traits.of(
                        Sharing.ALL,
                        Ability.ACTIONS,
                        Ability.ERRNOS,
                        Ability.LISTENER,
                        Ability.ANY_MACHINE,
                        Ability.LIBSECCOMP,
                        Ability.READABLE,
                        Ability.NAME));
        this.settings = settings;
    }

    /** A profile in a configuration. */
    private record Entry(int line, Optional<Json> name, Optional<Json> profile) {}

    @Override
    public String purpose() {
        return "SeccompProfileConfig of Talos Linux";
    }

    @Override
    public ProfileFormat with(Settings others) {
        return new TalosFormat(others);
    }

    @Override
    protected byte[] print(Profile profile) {
        String file = settings.name().endsWith(ENDING) ? settings.name() : settings.name() + ENDING;
        return ("""
                # A profile for the nodes of Talos Linux 1.15 or later: talosctl patch machineconfig --patch @FILE
                # Pods use it as securityContext.seccompProfile, type Localhost, localhostProfile profiles/%s
                apiVersion: v1alpha1
                kind: SeccompProfileConfig
                name: %s
                profile:
                """.formatted(file, YamlText.of(file)) + ProfileYaml.of(profile)).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean recognises(String start) {
        return Documents.isYaml(start)
                && (DOCUMENT.matcher(start).find() || MACHINE.matcher(start).find());
    }

    @Override
    protected Enclosed enclosed(DocumentText source) {
        Documents documents = Documents.read(source);
        ImmutableList.Builder<Entry> all = ImmutableList.builder();
        for (Json document : documents.all()) {
            if (document instanceof Json.Fields fields) {
                add(documents, fields, all);
            }
        }
        ImmutableList<Entry> entries = all.build();
        if (entries.size() != 1) {
            throw documents.error(
                    entries.isEmpty() ? 0 : entries.get(1).line(),
                    entries.isEmpty()
                            ? "neither a SeccompProfileConfig nor an entry of machine.seccompProfiles is in the configuration"
                            : "the configuration has " + entries.size() + " profiles; split it, one profile a file");
        }
        Entry entry = entries.get(0);
        Json profile =
                entry.profile().orElseThrow(() -> documents.error(entry.line(), "the entry has no profile; add it"));
        if (!(profile instanceof Json.Fields fields
                && fields.find("defaultAction").isPresent())) {
            throw documents.error(profile.line(), "'defaultAction' is missing, which Talos requires; add it");
        }
        String name = name(documents, entry);
        ImmutableList.Builder<Diagnostic> warnings = ImmutableList.builder();
        SourcePosition position = new SourcePosition(source.file(), entry.line());
        if (documents.all().size() > 1 || isOld(documents.all().get(0))) {
            warnings.add(Diagnostic.warning(
                    "other-objects",
                    position,
                    "only the profile of the configuration is read; a document that is written has it alone, as a "
                            + KIND));
        }
        if (!name.endsWith(ENDING)) {
            warnings.add(Diagnostic.warning(
                    "talos-name",
                    position,
                    "the name has no .json; a document that is written adds it, and pods name it"));
        }
        String bare = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        return new Enclosed(documents.settled(profile), new Settings(bare), warnings.build());
    }

    private static boolean isOld(Json document) {
        return document instanceof Json.Fields fields && fields.find("machine").isPresent();
    }

    private static void add(Documents documents, Json.Fields document, ImmutableList.Builder<Entry> entries) {
        if (document.find("kind").orElse(null) instanceof Json.Text kind
                && kind.value().equals(KIND)) {
            for (Json.Member member : document.members()) {
                if (!member.name().matches("apiVersion|kind|name|profile")) {
                    throw documents.error(
                            member.value().line(),
                            "key '" + Printable.of(member.name(), 60) + "' of " + KIND
                                    + " is unknown, and Talos refuses the document; remove it");
                }
            }
            entries.add(new Entry(document.line(), document.find("name"), document.find("profile")));
        }
        if (document.find("machine").orElse(null) instanceof Json.Fields machine
                && machine.find("seccompProfiles").orElse(null) instanceof Json.Items list) {
            list.list().forEach(each -> {
                if (each instanceof Json.Fields fields) {
                    entries.add(new Entry(fields.line(), fields.find("name"), fields.find("value")));
                }
            });
        }
    }

    private static String name(Documents documents, Entry entry) {
        String name = entry.name().orElse(null) instanceof Json.Text text ? text.value() : "";
        try {
            return new Settings(name).name();
        } catch (RefusalException e) {
            throw documents.error(entry.line(), "name: " + e.getMessage());
        }
    }
}
