package io.github.strait.format.spo;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
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
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import io.github.strait.yaml.YamlText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code SeccompProfile} of the Security Profiles Operator. The operator writes the object's {@code spec} to each node
 * as JSON. The API server drops keys that it does not know, without a word; the operator drops numbers that are 0. Both
 * are errors here: what {@link SpoSchema} does not take is neither written nor read.
 */
public final class SpoFormat extends EnclosingFormat {
    public static final ReadableFormat SPO = new SpoFormat(Settings.USUAL);

    private static final String KIND = "SeccompProfile";

    /** An object of Kubernetes; Talos has one that is none. */
    private static final Pattern OBJECT =
            Pattern.compile("(?m)^[{\\s]*[\"']?apiVersion[\"']?\\s*+:(?!\\s*+[\"']?v1alpha1\\b)");

    private final Settings settings;

    private SpoFormat(Settings settings) {
        super(
                "spo",
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

    @Override
    public String purpose() {
        return "SeccompProfile of the Security Profiles Operator";
    }

    @Override
    public ProfileFormat with(Settings others) {
        return new SpoFormat(others);
    }

    @Override
    protected byte[] print(Profile profile) {
        String name = settings.name();
        checkName(name);
        checkDefault(profile);
        for (Arch arch : profile.architectures()) {
            if (!SpoSchema.ARCHITECTURES.contains(arch.scmpToken())) {
                throw inexpressible(
                        "has no " + arch.scmpToken() + ", which the resource's schema does not list; use oci");
            }
        }
        profile.listenerPath().filter(path -> !SpoSchema.isListenerPath(path)).ifPresent(path -> {
            throw inexpressible("takes a listenerPath in " + SpoSchema.LISTENERS
                    + " alone, with a name of letters, digits, dots, underscores and hyphens");
        });
        profile.rules().forEach(this::checkRule);
        return ("""
                # A profile for the Security Profiles Operator: kubectl apply -f FILE
                # Pods use it as securityContext.seccompProfile, type Localhost, localhostProfile operator/%s
                apiVersion: %s
                kind: SeccompProfile
                metadata:
                  name: %s
                spec:
                """.formatted(name.endsWith(".json") ? name : name + ".json", SpoSchema.VERSION, YamlText.of(name))
                        + ProfileYaml.withoutDefaultErrno(profile))
                .getBytes(StandardCharsets.UTF_8);
    }

    private void checkName(String name) {
        if (!SpoSchema.isName(name)) {
            String lower = name.toLowerCase(Locale.ROOT).replace('_', '-').replaceAll("[-.]*\\.[-.]*", ".");
            String near = lower.replaceAll("[-.]+$", "");
            throw inexpressible("takes a name of lower-case letters, digits, hyphens and dots, not '" + name
                    + "'; use --name " + near);
        }
    }

    private void checkDefault(Profile profile) {
        Decision decision = profile.defaultDecision();
        if (decision.action().takesErrno() && decision.errno() != Decision.EPERM) {
            throw inexpressible(
                    "returns EPERM (1) for every call that no rule lists, and the default names " + decision.errno()
                            + "; the resource has no defaultErrnoRet: generate with --errno EPERM, or use oci");
        }
        if (decision.action() == Action.NOTIFY) {
            throw inexpressible("cannot have SCMP_ACT_NOTIFY as the default, which the API server refuses");
        }
    }

    private void checkRule(Rule rule) {
        String calls = "the rule for '" + rule.names().first() + "'";
        if (rule.decision().action().takesErrno() && rule.decision().errno() == 0) {
            throw inexpressible("cannot return 0, as " + calls
                    + " does: the operator drops the number, and the call would return EPERM");
        }
        for (Condition condition : rule.conditions()) {
            if (condition.value() < 0 || condition.valueTwo() < 0) {
                throw inexpressible("has no values beyond 2^63-1, and " + calls + " has one: " + condition
                        + "; the API server refuses them; use oci");
            }
        }
    }

    @Override
    public boolean recognises(String start) {
        return OBJECT.matcher(start).find() && (start.stripLeading().startsWith("{") || Documents.isYaml(start));
    }

    @Override
    protected Enclosed enclosed(DocumentText source) {
        Documents documents = Documents.read(source);
        ImmutableList<KubernetesObject> objects = KubernetesObject.in(documents);
        ImmutableList<KubernetesObject> profiles =
                objects.stream().filter(object -> object.kind().equals(KIND)).collect(ImmutableList.toImmutableList());
        if (profiles.isEmpty()) {
            throw NamedProfiles.refusal(documents, objects);
        }
        if (profiles.size() > 1) {
            throw documents.error(
                    profiles.get(1).line(),
                    "the file has " + profiles.size() + " profiles: " + KubernetesObject.list(profiles)
                            + "; split it, one profile a file");
        }
        KubernetesObject object = profiles.get(0);
        documents.settled(object.fields());
        new SpoSchema(documents).check(object.fields());
        ImmutableList.Builder<Diagnostic> warnings = ImmutableList.builder();
        if (objects.size() > 1 || documents.all().size() > 1) {
            warnings.add(Diagnostic.warning(
                    "other-objects",
                    new SourcePosition(source.file(), object.line()),
                    "only this object of the file is read; a document that is written has it alone"));
        }
        return new Enclosed(spec(documents, object), new Settings(object.name()), warnings.build());
    }

    /** The profile that the operator hands to the runtime, which returns EPERM where no number is named. */
    private static Json spec(Documents documents, KubernetesObject object) {
        Json.Fields spec = (Json.Fields) object.fields().find("spec").orElseThrow();
        Optional<Action> action = spec.find("defaultAction")
                .flatMap(value -> value instanceof Json.Text text ? Action.find(text.value()) : Optional.empty());
        ImmutableList.Builder<Json.Member> members = ImmutableList.builder();
        spec.members().stream()
                .filter(member -> !SpoSchema.OF_OPERATOR.contains(member.name()))
                .forEach(members::add);
        if (action.filter(Action::takesErrno).isPresent()) {
            members.add(new Json.Member("defaultErrnoRet", new Json.Numeral(spec.line(), "1")));
        }
        return new Json.Fields(spec.line(), members.build());
    }
}
