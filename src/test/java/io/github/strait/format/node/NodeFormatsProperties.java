package io.github.strait.format.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.format.Settings;
import io.github.strait.format.oci.OciFormat;
import io.github.strait.json.Json;
import io.github.strait.json.JsonException;
import io.github.strait.json.JsonReader;
import io.github.strait.json.JsonReader.Leniency;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Profiles;
import io.github.strait.profile.SeccompData;
import io.github.strait.yaml.YamlException;
import io.github.strait.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NodeFormatsProperties {
    @Provide
    Arbitrary<Profile> plain() {
        return Profiles.plain();
    }

    private static Json at(Json json, Object... path) {
        Json here = json;
        for (Object step : path) {
            here = here instanceof Json.Items items
                    ? items.list().get((Integer) step)
                    : ((Json.Fields) here).find((String) step).orElseThrow();
        }
        return here;
    }

    private static String text(Json json, Object... path) {
        return ((Json.Text) at(json, path)).value();
    }

    private static Json yaml(byte[] document) throws YamlException {
        return new YamlReader(32, 100_000)
                .read(new String(document, StandardCharsets.UTF_8))
                .documents()
                .get(0);
    }

    @Provide
    Arbitrary<SeccompData> calls() {
        return Profiles.calls();
    }

    private static void assertIsFile(Profile profile, byte[] decoded, SeccompData call) {
        assertArrayEquals(OciFormat.OCI.write(profile), decoded);
        if (Profiles.isLoadable(profile)) {
            assertEquals(
                    profile.decide(call),
                    OciFormat.OCI.read("f", decoded).profile().decide(call));
        }
    }

    /** What Ignition decodes is the file. */
    @Property
    void ignitionWritesTheFile(@ForAll("plain") Profile profile, @ForAll("calls") SeccompData call)
            throws JsonException {
        Json document = new JsonReader(Leniency.NONE).read(IgnitionFormat.IGNITION.write(profile));
        Object[] file = {"storage", "files", 0};
        assertEquals("3.4.0", text(document, "ignition", "version"));
        assertEquals("/var/lib/kubelet/seccomp/profiles/app.json", text(at(document, file), "path"));
        assertEquals("the number 420", at(at(document, file), "mode").kind());
        String source = text(at(document, file), "contents", "source");
        String start = "data:application/json;base64,";
        assertTrue(source.startsWith(start), source);
        assertIsFile(profile, Base64.getDecoder().decode(source.substring(start.length())), call);
    }

    /** What cloud-init decodes is the file, whatever readers of YAML take for the end of a line. */
    @Property
    void cloudInitWritesTheFile(@ForAll("plain") Profile profile, @ForAll("calls") SeccompData call)
            throws YamlException {
        byte[] written = CloudInitFormat.CLOUD_INIT.with(new Settings("b")).write(profile);
        assertTrue(new String(written, StandardCharsets.UTF_8).startsWith("#cloud-config\n"));
        for (byte b : written) {
            assertTrue(b == '\n' || (b >= ' ' && b <= '~'));
        }
        Json file = at(yaml(written), "write_files", 0);
        assertEquals("/var/lib/kubelet/seccomp/profiles/b.json", text(file, "path"));
        assertEquals("0644", text(file, "permissions"));
        Optional<Json> encoding = ((Json.Fields) file).find("encoding");
        byte[] content = text(file, "content").getBytes(StandardCharsets.UTF_8);
        assertIsFile(profile, encoding.isEmpty() ? content : Base64.getDecoder().decode(content), call);
    }
}
