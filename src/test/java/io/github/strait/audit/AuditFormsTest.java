package io.github.strait.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.evidence.Evidence;
import io.github.strait.json.JsonWriter;
import io.github.strait.observation.Recording;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same records in every form that dmesg, journalctl, syslog, auditd and ausearch write are the same calls. */
class AuditFormsTest {
    private static final List<String> CALLS = List.of("x86_64 getppid 1", "x86_64 syscall_500 1", "x32 getpid 1");

    private static final String NOISE = "traps: trig[19736] trap invalid opcode ip:5661 sp:ff89 error:0 in trig[14df]";

    /** What stands before a message of the kernel. */
    private static final List<String> PREFIXES = List.of(
            "[51187.124449] ",
            "[    5.123456] ",
            "[51187.124449][ T1234] ",
            "[51187.124449 < 1032.856613>] ",
            "[  +0.000012] ",
            "[Nov29 00:26] ",
            "[Sun Nov 29 00:26:17 2026] ",
            "<5>[51187.124449] ",
            "kern  :notice: [51187.124449] ",
            "kern  :info  : [Sun Nov 29 00:26:17 2026] ",
            "kern  :notice: 2026-11-29T00:26:17,973099+00:00 ",
            "2026-11-29T00:26:17,973099+00:00 ",
            "\u001b[32m[51187.124449] \u001b[0m\u001b[33m",
            "Nov 29 00:33:02 host1 kernel: ",
            "Nov 29 00:33:02 host1 kernel: [51187.124449] ",
            "Nov  9 00:33:02 host1 kernel: [    5.124449] ",
            "Sun 2026-11-29 00:33:02 UTC host1 kernel: ",
            "2026-11-29T00:33:02+0000 host1 kernel: ",
            "2026-11-29T00:33:02.031000+0000 host1 kernel: ",
            "2026-11-29T00:33:02.031000+00:00 host1 kernel: [51187.124449] ",
            "Nov 29 00:33:02.031000 host1 kernel: ",
            "[51187.124449] host1 kernel: ",
            "[51187.124449 <    0.003904 >] host1 kernel: ",
            "1795912382.031000 host1 kernel: ",
            "<5>1 2026-11-29T00:33:02Z host1 kernel - - - ",
            "");

    private static String lines(UnaryOperator<String> form) {
        return form.apply(NOISE) + Logs.MESSAGES.stream().map(form).collect(Collectors.joining());
    }

    private static Map<String, String> forms() {
        Map<String, String> forms = new TreeMap<>();
        for (String prefix : PREFIXES) {
            forms.put("text " + prefix, lines(message -> prefix + message + "\n"));
            forms.put("CRLF " + prefix, lines(message -> prefix + message + "\r\n"));
        }
        forms.put(
                "kernel 4.9 and older",
                lines(message -> "[5.123456] " + message.replace("audit: type", "type") + "\n"));
        forms.put("audit.log", lines(AuditFormsTest::auditd));
        forms.put(
                "enriched",
                lines(message -> auditd(message).replace("\n", "\u001dARCH=x86_64 SYSCALL=bpf AUID=\"unset\"\n")));
        forms.put("audit.log of a node", lines(message -> "node=host1 " + auditd(message)));
        forms.put("audisp", lines(message -> "Nov 29 00:33:02 host1 audisp-syslog[12]: " + auditd(message)));
        forms.put("ausearch", lines(message -> "----\ntime->Sun Nov 29 00:33:08 2026\n" + auditd(message)));
        forms.put("ausearch -i", interpreted());
        forms.put("the journal's own", lines(message -> "Nov 29 00:33:02 host1 " + own(message) + "\n"));
        forms.put("json", lines(message -> json(message, "kernel", false) + "\n"));
        forms.put("json of bytes", lines(message -> json(message, "kernel", true) + "\n"));
        forms.put(
                "json of audit",
                lines(message -> json(own(message).replaceFirst("audit\\[1\\]: ", ""), "audit", true) + "\n"));
        forms.put("json-seq", lines(message -> "\u001e" + json(message, "kernel", false) + "\n"));
        forms.put("json-sse", lines(message -> "data: " + json(message, "kernel", false) + "\n\n"));
        forms.put("json-pretty", lines(AuditFormsTest::pretty));
        forms.put("dmesg -J", "{\n   \"dmesg\": [\n" + lines(AuditFormsTest::dmesgJson) + "   ]\n}\n");
        forms.put("export", lines(message -> export(message, "kernel")));
        return forms;
    }

    private static String auditd(String message) {
        return message.replaceFirst("^audit: type=1326 ", "type=SECCOMP msg=") + "\n";
    }

    private static String own(String message) {
        return message.replaceFirst("^audit: type=1326 audit\\([^)]*\\): ", "audit[1]: SECCOMP ");
    }

    private static String interpreted() {
        String line = "type=SECCOMP msg=audit(11/29/26 00:33:02.388:103266) : auid=unset uid=root gid=root ses=unset"
                + " pid=19533 comm=a b\"c exe=/tmp/sp ace/trig (deleted) sig=SIG0 arch=x86_64 syscall=%s compat=0"
                + " ip=0x7f79cc2a0829 code=%s \n";
        return "----\n" + String.format(line, "getppid", "log") + "----\n"
                + String.format(line, "unknown-syscall(500)", "errno") + "----\n"
                + String.format(line, "unknown-syscall(1073741863)", "kill");
    }

    private static String json(String message, String transport, boolean isBytes) {
        JsonWriter json = JsonWriter.ascii(JsonWriter.Layout.LINES);
        json.onOneLine().object();
        json.field("__CURSOR", "s=3312;i=1e");
        if (isBytes) {
            json.array("MESSAGE");
            for (byte b : message.getBytes(StandardCharsets.UTF_8)) {
                json.value(b & 0xff);
            }
            json.end();
        } else {
            json.field("MESSAGE", message);
        }
        json.field("_TRANSPORT", transport);
        json.field("_BOOT_ID", "6f3d6e24f3fe4b1a9a0b0b0b0b0b0b0b");
        json.end();
        return json.text().strip().replace("\": ", "\":").replace(", ", ",");
    }

    private static String pretty(String message) {
        return "{\n\t\"__CURSOR\" : \"s=3312;i=1e\",\n\t\"MESSAGE\" : \"" + message.replace("\"", "\\\"")
                + "\",\n\t\"_TRANSPORT\" : \"kernel\"\n}\n";
    }

    private static String dmesgJson(String message) {
        return "      {\n         \"pri\": 5,\n         \"time\": 51187.124449,\n         \"msg\": \""
                + message.replace("\"", "\\\"") + "\"\n      },\n";
    }

    private static String export(String message, String transport) {
        return "__CURSOR=s=3312;i=1e\nMESSAGE=" + message + "\n_TRANSPORT=" + transport + "\nPRIORITY=5\n\n";
    }

    @TestFactory
    List<DynamicTest> eachIsTheSameCalls() {
        return forms().entrySet().stream()
                .map(form -> DynamicTest.dynamicTest(form.getKey(), () -> {
                    Evidence evidence = Logs.read(form.getValue());
                    assertEquals(CALLS, Logs.calls(evidence.observation()));
                    assertEquals(0, evidence.observation().lines().unparsed());
                    assertEquals(3, evidence.observation().lines().calls());
                    assertEquals(
                            form.getValue().lines().count(),
                            evidence.observation().lines().total());
                    assertEquals(
                            Recording.Kind.AUDIT,
                            evidence.observation()
                                    .runs()
                                    .get(0)
                                    .recording()
                                    .orElseThrow()
                                    .kind());
                }))
                .toList();
    }

    /** What a program logs itself, in the words of the kernel, is counted and not believed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nov 29 00:33:02 host1 evil[77]: $\n",
                "Nov 29 00:33:02 host1 evil: kernel: $\n",
                "Nov 29 00:33:02 host1 evil[77]: x kernel: [51187.124449] $\n",
                "Nov 29 00:33:02 host1 kernel[77]: $\n",
                "Nov 29 00:33:02 host1 evil[77]: hello\n                                $\n",
                "Nov 29 00:33:02 host1 evil[77]: hello\n$\n",
                "Nov 29 00:33:02 host1 evil[77]: audit: SECCOMP auid=0 pid=1 arch=c000003e syscall=321 code=0x7ffc0000\n",
                "Nov 29 00:33:02 host1 kernel: evil: $\n",
                "Nov 29 00:33:02 host1 my kernel: $\n",
                "Nov 29 00:33:02 host1 my audit: SECCOMP auid=0 pid=1 arch=c000003e syscall=321 code=0x7ffc0000\n",
                "Nov 29 00:33:02 host1 my auditd: type=SECCOMP msg=audit(1.2:3): arch=c000003e syscall=321 code=0x7ffc0000\n",
                "Nov 29 00:33:02 host1 evil[77]: hello\n                      Nov 29 00:33:02 host1 kernel: $\n",
                "Nov 29 00:33:02 host1 evil[77]: hello\n[51187.124449] $\n",
                "Nov 29 00:33:02 host1 evil[77]: hello\nkern  :notice: [51187.124449] $\n",
                "Nov 29 00:33:02 host1 evil[77]: hello\n2026-11-29T00:26:17,973099+00:00 $\n",
            })
    void whatAProgramLogsIsNotTheKernels(String lines) {
        String forged = Logs.message("x", "/x", "c000003e", 321, "0x7ffc0000");
        Evidence evidence =
                Logs.read("Nov 29 00:33:01 host1 kernel: " + Logs.MESSAGES.get(0) + "\n" + lines.replace("$", forged));
        assertEquals(List.of("x86_64 getppid 1"), Logs.calls(evidence.observation()));
        assertEquals(1, evidence.observation().lines().unparsed());
    }

    @Test
    void theJournalSaysWhoseAMessageIs() {
        String kernel = json(Logs.MESSAGES.get(0), "kernel", false) + "\n";
        String forged =
                json(Logs.MESSAGES.get(1), "syslog", false) + "\n" + json(Logs.MESSAGES.get(1), "stdout", true) + "\n";
        assertEquals(
                List.of("x86_64 getppid 1"),
                Logs.calls(Logs.read(kernel + forged).observation()));
        assertEquals(
                List.of("x86_64 getppid 1"),
                Logs.calls(Logs.read(export(Logs.MESSAGES.get(0), "kernel") + export(Logs.MESSAGES.get(1), "journal"))
                        .observation()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"__CURSOR\":\"s=1\",\"MESSAGE\":\"$\"}\n",
                "{\"__CURSOR\":\"s=1\",\"_TRANSPORT\":[\"syslog\",\"kernel\"],\"MESSAGE\":\"$\"}\n",
                "{\"__CURSOR\":\"s=1\",\"_TRANSPORT\":null,\"MESSAGE\":\"$\"}\n",
            })
    void anEntryThatDoesNotSayItIsTheKernelsIsNot(String entry) {
        String forged = entry.replace("$", Logs.MESSAGES.get(1).replace("\"", "\\\""));
        Evidence evidence = Logs.read(json(Logs.MESSAGES.get(0), "kernel", false) + "\n" + forged);
        assertEquals(List.of("x86_64 getppid 1"), Logs.calls(evidence.observation()));
        assertEquals(1, evidence.observation().lines().unparsed());
    }

    /** Wherever in the entry it says so. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\n\t\"__CURSOR\" : \"s=1\",\n\t\"MESSAGE\" : \"$\",\n\t\"_TRANSPORT\" : \"syslog\"\n}\n",
                "{\n\t\"__CURSOR\" : \"s=1\",\n\t\"_TRANSPORT\" : \"stdout\",\n\t\"MESSAGE\" : \"$\"\n}\n",
                "{\n\t\"__CURSOR\" : \"s=1\",\n\t\"MESSAGE\" : \"$\"\n}\n",
                "{\n\t\"__CURSOR\" : \"s=1\",\n\t\"MESSAGE\" : \"$\"",
            })
    void anEntryOfSeveralLinesIsTheKernelsIfItSaysSo(String entry) {
        String forged = entry.replace("$", Logs.MESSAGES.get(1).replace("\"", "\\\""));
        Evidence evidence = Logs.read(pretty(Logs.MESSAGES.get(0)) + pretty(Logs.MESSAGES.get(2)) + forged);
        assertEquals(List.of("x86_64 getppid 1", "x32 getpid 1"), Logs.calls(evidence.observation()));
        assertEquals(1, evidence.observation().lines().unparsed());
    }

    /** A text log has nothing but names to tell who logged, and a program takes the name that it likes. */
    @Test
    void aTextLogOfProgramsTooIsWarnedOf() {
        String kernel = "Nov 29 00:33:02 host1 kernel: " + Logs.MESSAGES.get(0) + "\n";
        String audit = "Nov 29 00:33:02 host1 " + own(Logs.MESSAGES.get(0)) + "\n";
        assertEquals(List.of("audit-lines"), codes("-- Boot 6f3d --\n" + kernel + "\n" + audit + kernel));
        assertEquals(
                List.of("audit-lines", "shared-log"),
                codes(kernel + "Nov 29 00:33:03 host1 evil[77]: hello\n" + kernel));
        assertEquals(List.of("audit-lines"), codes(lines(message -> "[    5.123456] " + message + "\n")));
    }

    private static List<String> codes(String log) {
        return Logs.read(log).diagnostics().stream().map(Diagnostic::code).toList();
    }

    /** The value of a binary field holds what looks like an entry of the kernel. */
    @Test
    void aBinaryValueIsNoEntry() {
        String value = "x\n\n__CURSOR=1\n_TRANSPORT=kernel\nMESSAGE=" + Logs.MESSAGES.get(1) + "\n\n";
        byte[] length = new byte[8];
        length[0] = (byte) value.length();
        length[1] = (byte) (value.length() >> 8);
        String log = export(Logs.MESSAGES.get(0), "kernel") + "__CURSOR=2\nMESSAGE\n"
                + new String(length, StandardCharsets.ISO_8859_1) + value + "\n_TRANSPORT=syslog\n\n"
                + export(Logs.MESSAGES.get(2), "kernel");
        Evidence evidence = Logs.read(log.getBytes(StandardCharsets.ISO_8859_1), Selection.ALL);
        assertEquals(List.of("x86_64 getppid 1", "x32 getpid 1"), Logs.calls(evidence.observation()));
        assertEquals(0, evidence.observation().lines().unparsed());
    }
}
