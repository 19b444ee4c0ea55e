package io.github.strait.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.Severity;
import io.github.strait.format.oci.MobyFormat;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Libseccomp;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Documents of a few lines: the default in line 1, the architectures in line 2, rule N in line N + 4. */
record Sample(String action, String architectures, List<String> rules) {
    static Sample denying(String... rules) {
        return new Sample("ERRNO", "X86_64", List.of(rules));
    }

    Sample by(String other) {
        return new Sample(other, architectures, rules);
    }

    /** For these architectures, without their prefix; for none when there is none. */
    Sample on(String... arches) {
        return new Sample(action, String.join(" ", arches), rules);
    }

    /** A rule that allows the calls where all conditions hold. */
    static String allow(String names, String... conditions) {
        return rule("ALLOW", names, conditions);
    }

    static String rule(String action, String names, String... conditions) {
        return "{\"names\": [" + quoted("", names) + "], \"action\": \"SCMP_ACT_" + action + "\""
                + (conditions.length == 0 ? "" : ", \"args\": [" + String.join(", ", conditions) + "]") + "}";
    }

    static String condition(int index, String operator, String value) {
        return "{\"index\": " + index + ", \"value\": " + value + ", \"op\": \"SCMP_CMP_" + operator + "\"}";
    }

    static String masked(int index, String mask, String value) {
        return "{\"index\": " + index + ", \"value\": " + mask + ", \"valueTwo\": " + value
                + ", \"op\": \"SCMP_CMP_MASKED_EQ\"}";
    }

    String document() {
        String list =
                architectures.isEmpty() ? "" : "\"architectures\": [" + quoted("SCMP_ARCH_", architectures) + "],";
        return "{\"defaultAction\": \"SCMP_ACT_" + action + "\",\n" + list + "\n\"syscalls\": [\n"
                + String.join(",\n", rules) + "\n]}\n";
    }

    List<Finding> findings(String id) {
        return findings(id, Libseccomp.oldest());
    }

    List<Finding> findings(String id, Libseccomp libseccomp) {
        return only(id, Cases.lint(document(), libseccomp));
    }

    /** The single finding of that id, which has this severity, line and rule. */
    Finding finding(String id, Severity severity, int line, int rule) {
        List<Finding> found = findings(id);
        assertEquals(1, found.size(), found.toString());
        assertEquals(severity, found.get(0).severity());
        assertEquals(line, found.get(0).line());
        assertEquals(rule, found.get(0).rule().orElse(-1));
        return found.get(0);
    }

    void passes(String id) {
        assertTrue(CheckList.all().stream().anyMatch(check -> check.id().equals(id)), "no check is called " + id);
        assertEquals(List.of(), findings(id), document());
    }

    static List<Finding> findings(String id, Profile profile) {
        String document = new String(MobyFormat.MOBY.write(profile), StandardCharsets.UTF_8);
        return only(id, Cases.lint(document));
    }

    private static List<Finding> only(String id, List<Finding> findings) {
        return findings.stream().filter(finding -> finding.id().equals(id)).toList();
    }

    private static String quoted(String prefix, String words) {
        return Arrays.stream(words.split(" "))
                .map(word -> "\"" + prefix + word + "\"")
                .collect(Collectors.joining(", "));
    }
}
