package io.github.strait.format.spo;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.oci.Documents;
import io.github.strait.json.Json;
import java.util.ArrayList;
import java.util.List;

/** Which profiles the pods of objects name: in a security context, or in an annotation as before Kubernetes 1.19. */
final class NamedProfiles {
    private static final String FOLDER = "/var/lib/kubelet/seccomp";
    private static final String OF_POD = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String OF_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";
    private static final String LOCALHOST = "localhost/";
    private static final int LISTED = 4;
    private static final int WORD = 120;

    private final List<Named> found = new ArrayList<>();

    /** A profile and who names it. */
    private record Named(int line, String what, boolean isFile) {}

    private NamedProfiles() {}

    /** The refusal of a file that has no profile, with those that it names. */
    static RefusalException refusal(Documents documents, ImmutableList<KubernetesObject> objects) {
        for (KubernetesObject object : objects) {
            NamedProfiles names = new NamedProfiles();
            names.search(object.fields(), "the pod");
            if (!names.found.isEmpty()) {
                return documents.error(names.found.get(0).line(), object.label() + " " + names.text());
            }
        }
        boolean hasContainers = objects.stream().anyMatch(object -> hasKey(object.fields(), "containers"));
        return documents.error(
                objects.isEmpty() ? 0 : objects.get(0).line(),
                (objects.isEmpty() ? "the file" : KubernetesObject.list(objects))
                        + (hasContainers
                                ? " names no seccomp profile: the kubelet runs it without a filter, or with the runtime's"
                                        + " default one (seccompDefault)"
                                : " is not a SeccompProfile; give strait the profile itself"));
    }

    private String text() {
        StringBuilder text = new StringBuilder("is not a profile, but names ");
        for (int i = 0; i < Math.min(LISTED, found.size()); i++) {
            text.append(i == 0 ? "" : ", ").append(found.get(i).what());
        }
        if (found.size() > LISTED) {
            text.append(" and ").append(found.size() - LISTED).append(" more");
        }
        return text
                + (found.stream().anyMatch(Named::isFile)
                        ? "; the kubelet reads such files in " + FOLDER + " of the node: give strait that file"
                        : "; no file of a profile is named");
    }

    private void search(Json json, String who) {
        if (json instanceof Json.Items items) {
            items.list().forEach(item -> search(item, who));
        }
        if (!(json instanceof Json.Fields fields)) {
            return;
        }
        boolean isContainer =
                fields.find("image").isPresent() && fields.find("name").isPresent();
        String here = isContainer ? "container '" + word(KubernetesObject.text(fields, "name")) + "'" : who;
        for (Json.Member member : fields.members()) {
            if (member.name().equals("seccompProfile") && member.value() instanceof Json.Fields profile) {
                context(profile, here);
            } else if (member.name().equals("annotations") && member.value() instanceof Json.Fields annotations) {
                annotations.members().forEach(this::annotation);
            } else {
                search(member.value(), here);
            }
        }
    }

    private void context(Json.Fields profile, String who) {
        String type = KubernetesObject.text(profile, "type");
        boolean isFile = type.equals("Localhost");
        String path = isFile ? " " + word(KubernetesObject.text(profile, "localhostProfile")) : "";
        found.add(new Named(profile.line(), word(type) + path + " for " + who, isFile));
    }

    private void annotation(Json.Member member) {
        boolean isOfPod = member.name().equals(OF_POD);
        if (!(member.value() instanceof Json.Text value)
                || !(isOfPod || member.name().startsWith(OF_CONTAINER))) {
            return;
        }
        boolean isFile = value.value().startsWith(LOCALHOST);
        String what = isFile ? "Localhost " + word(value.value().substring(LOCALHOST.length())) : word(value.value());
        String who = isOfPod ? "the pod" : "container '" + word(member.name().substring(OF_CONTAINER.length())) + "'";
        found.add(new Named(value.line(), what + " for " + who + " (by an annotation)", isFile));
    }

    private static boolean hasKey(Json json, String key) {
        if (json instanceof Json.Items items) {
            return items.list().stream().anyMatch(item -> hasKey(item, key));
        }
        return json instanceof Json.Fields fields
                && fields.members().stream()
                        .anyMatch(member -> member.name().equals(key) || hasKey(member.value(), key));
    }

    private static String word(String text) {
        return Printable.of(text, WORD);
    }
}
