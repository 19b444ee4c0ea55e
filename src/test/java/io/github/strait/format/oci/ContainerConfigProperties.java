package io.github.strait.format.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.strait.format.Formats;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Profiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** A profile that is put into a configuration changes nothing else of it. */
class ContainerConfigProperties {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> BLANKS = List.of("", " ", "\n", "\n  ", "\r\n\t", " \t ");

    @Provide
    Arbitrary<String> configs() {
        return Combinators.combine(
                        members(values(2), Arbitraries.of("\"a\"", "\"b\\u0041\"", "\"\u20ac{\"", "\"x\"")),
                        Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just("")), Tuple.of(4, linux())),
                        members(values(2), Arbitraries.of("\"p\"", "\"q\"")),
                        Arbitraries.of(BLANKS))
                .as((before, linux, after, blank) -> blank + "{" + blank + before + comma(before)
                        + "\"ociVersion\"" + blank + ":" + blank + "\"1.0.2\""
                        + (linux.isEmpty() ? "" : "," + blank + linux)
                        + comma(after) + after + blank + "}" + blank);
    }

    private static String comma(String members) {
        return members.isBlank() ? "" : ",";
    }

    private static Arbitrary<String> linux() {
        Arbitrary<String> rest = members(values(1), Arbitraries.of("\"sysctl\"", "\"r\""));
        return Combinators.combine(
                        rest, Arbitraries.oneOf(values(2), Arbitraries.just("none")), rest, Arbitraries.of(BLANKS))
                .as((before, seccomp, after, blank) -> "\"linux\":" + blank + "{" + blank + before
                        + (seccomp.equals("none")
                                ? comma(before.isBlank() ? "" : after) + after
                                : comma(before) + "\"seccomp\"" + blank + ":" + seccomp + blank + comma(after) + after)
                        + blank + "}");
    }

    private static Arbitrary<String> members(Arbitrary<String> values, Arbitrary<String> keys) {
        return Combinators.combine(keys, values, Arbitraries.of(BLANKS))
                .as((key, value, blank) -> blank + key + blank + ":" + value + blank)
                .list()
                .ofMaxSize(3)
                .map(list -> String.join(",", list));
    }

    private static Arbitrary<String> values(int depth) {
        Arbitrary<String> leaf = Arbitraries.of(
                "1", "-0.50e+7", "1E400", "true", "null", "\"\"", "\"}],\\\"\\\\\"", "\"\u00e9\ud83d\ude00\"");
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> inner = values(depth - 1);
        return Arbitraries.oneOf(
                leaf,
                inner.list().ofMaxSize(2).map(list -> "[ " + String.join(" ,", list) + "]"),
                members(inner, Arbitraries.of("\"k\"", "\"l\"")).map(members -> "{" + members + "}"));
    }

    @Property(tries = 1000)
    void theRestStaysByteForByte(@ForAll("configs") String config) throws IOException {
        String marker = "{\"strait\": 7}";
        String after = with(config, marker);
        int at = after.indexOf(marker);
        assertEquals(at, after.lastIndexOf(marker));
        String head = after.substring(0, at);
        String tail = after.substring(at + marker.length());
        JsonNode old = JSON.readTree(config);
        if (old.path("linux").has("seccomp")) {
            assertTrue(config.startsWith(head), after);
            assertTrue(config.endsWith(tail), after);
            assertEquals(
                    old.path("linux").path("seccomp"),
                    JSON.readTree(config.substring(head.length(), config.length() - tail.length())));
        } else {
            int kept = 0;
            while (kept < config.length() && kept < head.length() && config.charAt(kept) == head.charAt(kept)) {
                kept++;
            }
            String left = config.substring(kept);
            assertTrue(tail.endsWith(left) || after.endsWith(left), after);
            String made = after.substring(kept, after.length() - left.length());
            assertTrue(
                    made.replaceAll("\\s", "")
                            .matches("[,{]?(\"linux\":\\{)?(\"seccomp\":)\\{\"strait\":7\\}\\}{0,2},?"),
                    made);
        }
        ObjectNode expected = (ObjectNode) old;
        ObjectNode linux = old.path("linux").isObject() ? (ObjectNode) old.path("linux") : expected.putObject("linux");
        linux.set("seccomp", JSON.readTree(marker));
        assertEquals(expected, JSON.readTree(after));
        assertEquals(after, with(after, marker), "the same again");
    }

    @Property(tries = 300)
    void whatIsPutInIsRead(@ForAll("configs") String config, @ForAll("profiles") Profile profile) {
        byte[] document = OciFormat.OCI.write(profile);
        byte[] whole = ((OciFormat) OciFormat.OCI).into("f", config.getBytes(StandardCharsets.UTF_8), document);
        assertEquals(
                Formats.read("f", document).profile(), Formats.read("f", whole).profile());
    }

    @Provide
    Arbitrary<Profile> profiles() {
        return Profiles.plain().filter(Profiles::isLoadable);
    }

    private static String with(String config, String value) {
        return new String(
                ContainerConfig.with("f", config.getBytes(StandardCharsets.UTF_8), List.of("linux", "seccomp"), value),
                StandardCharsets.UTF_8);
    }
}
