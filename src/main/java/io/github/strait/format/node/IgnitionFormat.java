package io.github.strait.format.node;

import io.github.strait.format.ProfileFormat;
import io.github.strait.format.Settings;
import io.github.strait.format.oci.OciFormat;
import io.github.strait.json.JsonWriter;
import io.github.strait.profile.Profile;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The configuration with which Ignition (Fedora CoreOS, Flatcar) writes the file when a node first boots. */
public final class IgnitionFormat extends ProfileFormat {
    public static final ProfileFormat IGNITION = new IgnitionFormat(Settings.USUAL);

    private static final int READABLE_BY_ALL = 0644;

    private final Settings settings;

    private IgnitionFormat(Settings settings) {
        super("ignition", NodeFile.TRAITS);
        this.settings = settings;
    }

    @Override
    public String purpose() {
        return "Ignition that writes the file of the profile on a node";
    }

    @Override
    public ProfileFormat with(Settings others) {
        return new IgnitionFormat(others);
    }

    @Override
    protected byte[] print(Profile profile) {
        String file = Base64.getEncoder().encodeToString(OciFormat.OCI.write(profile));
        JsonWriter json = JsonWriter.of(JsonWriter.Layout.LINES);
        json.object();
        json.object("ignition");
        json.field("version", "3.4.0");
        json.end();
        json.object("storage");
        json.array("files");
        json.object();
        json.field("path", NodeFile.path(settings));
        json.field("mode", READABLE_BY_ALL);
        json.field("overwrite", true);
        json.object("contents");
        json.field("source", "data:application/json;base64," + file);
        json.end();
        json.end();
        json.end();
        json.end();
        json.end();
        return json.text().getBytes(StandardCharsets.UTF_8);
    }
}
