package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report as a file. {@code ReportPageIT} shows it in a browser. */
class ReportCommandTest {
    private static final int USUAL_SIZE = 500_000;

    @TempDir
    private Path directory;

    @Test
    void aUsualPageIsOneFileThatLoadsNothing() {
        String page = Strait.run("report", "-q", "traces/nginx.strace.zst").out();
        assertTrue(page.length() < USUAL_SIZE, "bytes: " + page.length());
        String body = page.substring(page.indexOf("</style>"));
        for (String loading : List.of(
                "src=", "@import", "url(", "fetch(", "XMLHttp", "<link", "<img", "<iframe", "http:", "https:")) {
            assertFalse(body.contains(loading), loading);
            assertFalse(page.contains(loading), loading);
        }
        assertTrue(body.contains("traces/nginx.strace.zst:5"), "openat is first seen there");
        assertFalse(Pattern.compile(" (style|on[a-z]+)=").matcher(body).find(), "an attribute that the policy refuses");
    }

    @Test
    void thePolicyAllowsThePagesOwnScriptAndStyleAlone() throws GeneralSecurityException, IOException {
        Path trace = Traces.write(directory, "a.strace", Traces.X86_64);
        String page = Strait.run("report", trace).out();
        Matcher policy = Pattern.compile("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"")
                .matcher(page);
        assertTrue(policy.find());
        assertEquals(
                "default-src 'none'; script-src 'sha256-" + digest(page, "script") + "'; style-src 'sha256-"
                        + digest(page, "style") + "'; base-uri 'none'; form-action 'none'",
                policy.group(1).replace("&#39;", "'").replace("&#x3D;", "="));
    }

    private static String digest(String page, String element) throws GeneralSecurityException {
        String start = "<" + element + ">";
        assertEquals(page.indexOf(start), page.lastIndexOf(start), "several of " + start);
        String text = page.substring(page.indexOf(start) + start.length(), page.indexOf("</" + element + ">"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(digest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "</script><img src=x onerror=alert(1)>",
                "\\\" onmouseover=\\\"alert(1)",
                "{{{style}}}",
                "</style><style>*{display:none}",
                "<!--",
                "]]>",
                "&lt;&#60;",
                "javascript:alert(1)"
            })
    void textOfTheTraceStaysText(String evil) throws IOException {
        Path plain = directory.resolve("plain");
        Path hostile = directory.resolve("hostile");
        for (Path folder : List.of(plain, hostile)) {
            Files.createDirectories(folder);
            String name = folder.equals(plain) ? "x" : evil;
            Traces.write(
                    folder,
                    name.replace('/', '_') + ".strace",
                    Traces.X86_64.replace("/bin/cat", "/bin/" + name)
                            + "10 [   0] read(3, \"" + name + "\", 1) = -1 E" + name + " (" + name + ")\n" + name
                            + " no line\n");
        }
        String page = Strait.run("report", "-q", hostile).out();
        assertEquals(elements(Strait.run("report", "-q", plain).out()), elements(page));
        String markdown =
                Strait.run("report", "-q", "--format", "markdown", hostile).out();
        assertFalse(
                markdown.replaceAll("`[^`\\n]*`", "")
                        .replaceAll("</?(details|summary)>", "")
                        .contains("<"),
                markdown);
    }

    /** Every tag of the page, with its attributes but those whose text is the trace's. */
    private static List<String> elements(String page) {
        List<String> elements = new ArrayList<>();
        Matcher tags = Pattern.compile("<[^>]*>").matcher(page);
        while (tags.find()) {
            elements.add(tags.group());
        }
        return elements;
    }

    @Test
    void aNameOfAMegabyteIsCut() throws IOException {
        String name = "/bin/" + "\u202e\u0430".repeat(300_000);
        Path trace = Traces.write(directory, "a.strace", Traces.X86_64.replace("/bin/cat", name));
        for (String style : List.of("html", "markdown")) {
            Result result = Strait.run("report", "-q", "--format", style, trace);
            assertEquals(0, result.status(), result.err());
            assertTrue(
                    result.out().length() < USUAL_SIZE,
                    style + ": " + result.out().length());
            assertEquals(-1, result.out().indexOf('\u202e'), style);
        }
    }

    @Test
    void theReportForProgramsHasEveryPart() throws IOException {
        Path one = Traces.write(directory, "a.strace", Traces.X86_64);
        Path two = Traces.write(directory, "b.strace", Traces.X86);
        JsonNode report = new ObjectMapper()
                .readTree(
                        Strait.run("report", "-q", "--format", "json", one, two).out());
        assertEquals("report/1", report.path("strait").asText());
        assertEquals(2, report.at("/summary/runs").asInt());
        assertTrue(report.at("/explanation/architectures/x86_64/syscalls/openat/allowed")
                .asBoolean());
        assertEquals(309, report.at("/risks/x86_64/all/dockerDefault").asInt());
        assertEquals("read on x86_64", report.at("/discovery/runs/0/alone/3").asText());
        assertEquals(5, report.at("/discovery/curve/0/calls").asInt());
        assertEquals(10, report.at("/discovery/curve/1/calls").asInt());
        assertEquals("/bin/cat", report.at("/programs/0/program").asText());
        assertTrue(report.path("profile").isMissingNode());
        assertTrue(report.path("against").isMissingNode());
    }

    @Test
    void gapsAreThoseOfTheProfileThatIsNamedOrOfTheDerivedOne() throws IOException {
        Path one = Traces.write(directory, "a.strace", Traces.X86_64);
        Path more = Traces.write(
                directory,
                "b.strace",
                Traces.X86_64.replace("10 [   1]", "10 [  83] mkdir(\"/x\", 0755) = 0\n10 [   1]"));
        JsonNode report = new ObjectMapper()
                .readTree(Strait.run("report", "-q", "--format", "json", one, "--against", more)
                        .out());
        assertEquals("mkdir", report.at("/against/gaps/0/syscall").asText());
        Path profile = directory.resolve("b.json");
        assertEquals(0, Strait.run("generate", "-q", more, "-o", profile).status());
        report = new ObjectMapper()
                .readTree(Strait.run("report", "-q", "--format", "json", one, "--profile", profile, "--against", more)
                        .out());
        assertEquals(0, report.at("/against/gaps").size());
        assertEquals(0, report.at("/profile/gaps").size());
        assertTrue(report.at("/profile/slack/x86_64").toString().contains("mkdir"), "allowed, and not in the evidence");
        String page = Strait.run("report", "-q", one, "--against", more).out();
        assertTrue(page.contains("mkdir on x86_64") && page.contains("b.strace:5"), "the gap and its place");
        String markdown = Strait.run("report", "-q", "--format", "markdown", one, "--against", more)
                .out();
        assertTrue(markdown.contains("1 gap, 0 undecided"), markdown);
    }

    @Test
    void standardInputIsOneArgument() throws IOException {
        Path trace = Traces.write(directory, "a.strace", Traces.X86_64);
        Result result = Strait.runWith(Traces.X86_64, "report", "-", "--against", "-");
        assertEquals(2, result.status());
        assertTrue(result.err().contains("standard input can be one argument only"), result.err());
        assertEquals(
                0,
                Strait.runWith(Traces.X86_64, "report", "-q", "-", "--against", trace)
                        .status());
    }

    @Test
    void aServerServesFromTheFirstWaitAfterListenOn() throws IOException {
        Path trace = Traces.write(directory, "a.strace", """
                10 [  59] execve("/srv/app", ["app"], 0x7ffd /* 3 vars */) = 0
                10 [   7] poll([{fd=3, events=POLLIN}], 1, 0) = 0 (Timeout)
                10 [  50] listen(3, 511) = 0
                10 [   0] read(4, "x", 1) = 1
                10 [ 288] accept4(3, NULL, NULL, SOCK_CLOEXEC) = 5
                10 [   0] read(5, "x", 1) = 1
                10 [   1] write(5, "x", 1) = 1
                10 [ 231] exit_group(0) = ?
                10 +++ exited with 0 +++
                """);
        JsonNode serving = new ObjectMapper()
                .readTree(Strait.run("report", "-q", "--format", "json", trace).out())
                .path("serving");
        assertEquals("[\"" + trace + ":5\"]", serving.path("since").toString());
        JsonNode calls = serving.at("/calls/x86_64");
        assertEquals("starting only", calls.path("execve").asText());
        assertEquals("from the start on", calls.path("read").asText());
        assertEquals("serving only", calls.path("write").asText());
        assertTrue(Strait.run("report", "-q", trace).out().contains("id=\"phases\""), "a section");
        Path other = Traces.write(directory, "b.strace", Traces.X86_64);
        assertFalse(Strait.run("report", "-q", other).out().contains("id=\"phases\""), "no server");
    }

    @Test
    void aTraceOfUnknownNumbersMakesNoHugePage() throws IOException {
        StringBuilder trace = new StringBuilder(Traces.X86_64);
        for (int i = 1_000; i < 11_000; i++) {
            trace.append(String.format("10 [%4d] syscall_%#x(0x1) = -1 ENOSYS (Function not implemented)\n", i, i));
        }
        Path file = Traces.write(directory, "a.strace", trace.toString());
        String page = Strait.run("report", "-q", file).out();
        assertTrue(page.length() < 4 * USUAL_SIZE, "bytes: " + page.length());
        assertTrue(
                Pattern.compile("And [0-9]+ more such calls: all are in the report of --format json")
                        .matcher(page)
                        .find(),
                "what is left out");
    }
}
