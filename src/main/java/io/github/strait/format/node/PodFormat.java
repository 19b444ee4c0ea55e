package io.github.strait.format.node;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.format.Formats;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.Settings;
import io.github.strait.profile.Profile;
import io.github.strait.yaml.YamlText;
import java.nio.charset.StandardCharsets;

/**
 * The part of a pod that names a profile of its node. It holds no rules: a pod has no inline form of them. It is written
 * for profiles alone that the file can hold.
 */
public final class PodFormat extends ProfileFormat {
    public static final ProfileFormat POD = new PodFormat(Settings.USUAL);

    private final Settings settings;

    private PodFormat(Settings settings) {
        super("k8s-pod", NodeFile.TRAITS);
        this.settings = settings;
    }

    @Override
    public String purpose() {
        return "the securityContext of a pod that names the profile";
    }

    @Override
    public ProfileFormat with(Settings others) {
        return new PodFormat(others);
    }

    @Override
    public ImmutableList<Diagnostic> warnings() {
        return ImmutableList.of(Diagnostic.note(
                "k8s-pod-rules",
                null,
                "names a file of the node and holds no rules; write that file with --format " + Formats.usual()));
    }

    @Override
    protected byte[] print(Profile profile) {
        return """
                # For the spec of a pod, or for one of its containers. The file on each node that may run it:
                # %s, written with --format %s
                securityContext:
                  seccompProfile:
                    type: Localhost
                    localhostProfile: %s
                """.formatted(NodeFile.path(settings), Formats.usual(), YamlText.of(NodeFile.inFolder(settings)))
                .getBytes(StandardCharsets.UTF_8);
    }
}
