package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import io.github.strait.derive.RuntimeLayer;
import io.github.strait.format.oci.OciFormat;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the page about placement says, done as it stands there: files and commands of each section come from the page, the
 * program is the probe, and under each reader it prints the same.
 */
@RequiresTool({"gcc", "docker", "dockerd", "docker-compose", "podman", "catatonit", "runc", "crun", "ctr", "bwrap"})
@RequiresTool({"lxc-start", "firejail", "jq", "systemctl"})
@RequiresTool(
        value = {"unshare", "ip"},
        asRoot = true)
class PlacementIT {
    private static final Path PAGE = Path.of("src/site/markdown/formats.md");
    private static final Pattern SECTION = Pattern.compile("(?ms)^### ([^\\n]+)\\n(.*?)(?=^##|\\z)");
    private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final Pattern FILE = Pattern.compile(
            "(?ms)^[^\\n`]*`([^`\\n]+\\.[a-z]+|[^`\\n]*/config)`:\\n\\n```(json|yaml|toml|ini)\\n(.*?)^```$");

    /** Compose puts the name of the container in front of each line, in a colour. */
    private static final Pattern COMPOSED = Pattern.compile("(?m)^\\P{Alpha}*\\[36mapp\\S* +\\|\\S* (.*)$");

    private static final List<String> RUNTIMES = List.of("docker", "podman", "runc", "crun", "containerd", "lxc");

    /** What has namespaces of its own: systemd, and firejail, which in those of others starts programs without a filter. */
    private static final Set<String> APART = Set.of("systemd", "firejail");

    @TempDir
    static Path folder;

    private static final Map<String, String> STATUSES = new TreeMap<>();

    private static String text(String page, Pattern pattern) {
        Matcher matcher = pattern.matcher(page);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** The sections with commands to run, by their anchors. */
    private static Map<String, String> sections() throws IOException {
        Map<String, String> sections = new TreeMap<>();
        SECTION.matcher(Files.readString(PAGE)).results().forEach(section -> {
            if (!text(section.group(2), COMMANDS).isEmpty()) {
                sections.put(anchor(section.group(1)), section.group(2));
            }
        });
        return sections;
    }

    private static String anchor(String title) {
        return CharMatcher.anyOf(",.").removeFrom(Ascii.toLowerCase(title)).replace(' ', '-');
    }

    private static String[] needs() {
        // firejail allows it in any case, and says so
        TreeSet<String> needs = new TreeSet<>(Set.of("prctl"));
        for (String runtime : RUNTIMES) {
            needs.addAll(
                    RuntimeLayer.of(runtime, true, false, false).on(Arch.X86_64).keySet());
        }
        return needs.toArray(String[]::new);
    }

    @BeforeAll
    static void run() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.copy(Probe.ARGS.program(), folder.resolve("app"), StandardCopyOption.COPY_ATTRIBUTES);
        write("app.json", Probe.allowing(Probe.profile(), needs()));
        write("names.json", Probe.allowing(Probe.byNames(), needs()));
        for (Map.Entry<String, String> section : sections().entrySet()) {
            Path here = folder.resolve(APART.contains(section.getKey()) ? "apart" : "sections")
                    .resolve(section.getKey());
            Path files = Files.createDirectories(here.resolve("files"));
            for (Matcher file = FILE.matcher(section.getValue()); file.find(); ) {
                Path target = files.resolve(CharMatcher.is('/').trimLeadingFrom(file.group(1)));
                Files.createDirectories(target.getParent());
                Files.writeString(target, file.group(3));
            }
            Files.writeString(here.resolve("commands"), text(section.getValue(), COMMANDS));
        }
        Files.writeString(
                folder.resolve("strait"),
                "#!/bin/sh\nexec " + Path.of(System.getProperty("java.home"), "bin", "java")
                        + " -XX:TieredStopAtLevel=1 -cp " + System.getProperty("java.class.path")
                        + " io.github.strait.cli.Main \"$@\"\n");
        Files.setPosixFilePermissions(folder.resolve("strait"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Outcome outcome = Namespaces.run("placement.sh", List.of(folder.toString()));
        assertEquals(0, outcome.status(), outcome.text());
        outcome.text().lines().forEach(line -> {
            List<String> words = Splitter.on(' ').splitToList(line);
            STATUSES.put(words.get(0), words.get(words.size() - 1));
        });
    }

    private static void write(String name, Profile profile) throws IOException {
        Files.write(folder.resolve(name), OciFormat.OCI.write(profile));
    }

    private static Stream<String> ran() throws IOException {
        return sections().keySet().stream().filter(name -> !APART.contains(name));
    }

    @ParameterizedTest
    @MethodSource("ran")
    void theProbePrintsTheSame(String section) throws Exception {
        String printed = Files.readString(folder.resolve("out").resolve(section));
        String errors = Files.readString(folder.resolve("out").resolve(section + ".err"));
        assertEquals("0", STATUSES.get(section), printed + errors);
        boolean byNames = sections().get(section).contains("names.json");
        String text = section.equals("docker-compose")
                ? COMPOSED.matcher(printed)
                        .results()
                        .map(line -> line.group(1) + "\n")
                        .collect(Collectors.joining())
                : printed;
        (byNames ? Probe.NAMES : Probe.ARGS).assertPrinted(text, List.of(needs()));
    }

    @Test
    void firejailStartsTheProgramUnderItsFilter() throws Exception {
        Outcome outcome = Outcome.of(
                folder,
                List.of(
                        "env",
                        "PATH=" + folder + ":" + System.getenv("PATH"),
                        "sh",
                        "-e",
                        folder.resolve("apart/firejail/commands").toString()));
        assertEquals(0, outcome.status(), outcome.text());
        Probe.NAMES.assertPrinted(outcome.text(), List.of(needs()));
    }

    /** The unit is there already; what it prints goes to a file. */
    @Test
    void systemdStartsTheServiceUnderItsFilter() throws Exception {
        Path script = folder.resolve("service.sh");
        Files.writeString(script, """
                #!/bin/sh
                set -e
                cp -a /etc /run/etc
                mount --bind /run/etc /etc
                cd %1$s
                printf '[Unit]\\nDefaultDependencies=no\\n[Service]\\nType=oneshot\\nExecStart=%1$s/app\\nStandardOutput=file:%1$s/printed\\n' >/etc/systemd/system/app.service
                PATH=%1$s:$PATH
                . apart/systemd/commands
                """.formatted(folder));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Outcome outcome = Systemd.HERE.run(script, new byte[0], "Type=oneshot");
        assertEquals(0, outcome.status(), outcome.text());
        Probe.NAMES.assertPrinted(Files.readString(folder.resolve("printed")), List.of(needs()));
    }

    /** Every section is in the table, and the table says rightly which of them are run. */
    @Test
    void theTableSaysWhatIsRun() throws Exception {
        List<String> run = new ArrayList<>();
        Pattern.compile("\\[run]\\(#([^)]+)\\)")
                .matcher(Files.readString(PAGE))
                .results()
                .forEach(link -> run.add(link.group(1)));
        assertEquals(List.copyOf(sections().keySet()), run.stream().sorted().toList());
        assertTrue(run.size() > 10);
    }
}
