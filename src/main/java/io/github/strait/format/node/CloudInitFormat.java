package io.github.strait.format.node;

import io.github.strait.format.ProfileFormat;
import io.github.strait.format.Settings;
import io.github.strait.format.oci.OciFormat;
import io.github.strait.profile.Profile;
import io.github.strait.yaml.YamlText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The user data with which cloud-init writes the file when a node first boots. */
public final class CloudInitFormat extends ProfileFormat {
    public static final ProfileFormat CLOUD_INIT = new CloudInitFormat(Settings.USUAL);

    private final Settings settings;

    private CloudInitFormat(Settings settings) {
        super("cloud-init", NodeFile.TRAITS);
        this.settings = settings;
    }

    @Override
    public String purpose() {
        return "cloud-init that writes the file of the profile on a node";
    }

    @Override
    public ProfileFormat with(Settings others) {
        return new CloudInitFormat(others);
    }

    /** cloud-init takes the first line for the kind of the document. */
    @Override
    protected byte[] print(Profile profile) {
        return """
                #cloud-config
                write_files:
                - path: %s
                  owner: root:root
                  permissions: "0644"
                """.formatted(YamlText.of(NodeFile.path(settings)))
                .concat(content(OciFormat.OCI.write(profile)))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The file as it is; encoded where readers of YAML could take one of its characters for the end of a line. */
    private static String content(byte[] file) {
        String text = new String(file, StandardCharsets.UTF_8);
        if (text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~'))) {
            return "  content: |\n" + text.indent(4);
        }
        return "  encoding: b64\n  content: " + Base64.getEncoder().encodeToString(file) + "\n";
    }
}
