package io.github.strait.format.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Blocks;
import io.github.strait.format.Reader;
import io.github.strait.format.oci.Draft.WrittenCondition;
import io.github.strait.format.oci.Draft.WrittenRule;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faulty documents, fault by fault: what is noted, and what is read nevertheless. */
class DraftTest {
    @Test
    void aFaultlessDocumentHasNoFaults() {
        for (String document : List.of("plain.json", "moby.json")) {
            assertTrue(
                    Draft.read(document, Blocks.bytes(document), Reader.USUAL).faults().stream()
                            .allMatch(fault -> fault.kind() == Fault.Kind.RUNC_FLAGS),
                    document);
        }
        Draft plain = Draft.read("plain.json", Blocks.bytes("plain.json"), Reader.USUAL);
        assertTrue(plain.isProfile());
        assertTrue(plain.listener());
        assertEquals(ImmutableList.of(), plain.extensions());
        assertEquals(
                OciFormat.OCI
                        .read("plain.json", Blocks.bytes("plain.json"))
                        .profile()
                        .rules(),
                plain.rules().stream().map(rule -> rule.mended().orElseThrow()).toList());
    }

    @Test
    void aListOfNamesIsADraftWithoutLines() {
        Draft draft = Draft.read("calls.names", Blocks.bytes("calls.names"), Reader.USUAL);
        assertTrue(draft.isProfile());
        assertEquals(Optional.of(Action.ERRNO), draft.defaultAction().value());
        assertEquals(OptionalLong.of(1), draft.defaultErrnoRet());
        assertEquals(
                ImmutableList.of(new Located<>(Arch.X86_64, 0), new Located<>(Arch.X86, 0)), draft.architectures());
        assertEquals(
                Optional.of(Rule.allow("open", "openat", "read", "socketcall")),
                draft.rules().get(0).mended());
        assertEquals(0, draft.rules().get(0).line());
        assertFalse(draft.listener());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\": 1, }", "read"})
    void whatHasNoStructureIsRefused(String text) {
        assertThrows(RefusalException.class, () -> draft(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "[] # the document is an array, not an object",
                "3 # the document is the number 3, not an object",
                "'\"x\"' # the document is a string, not an object",
                "{\"a\": 1} # neither 'defaultAction' nor 'syscalls' is in the document",
                "{\"syscalls\": {}} # neither 'defaultAction' nor 'syscalls' is in the document",
            },
            quoteCharacter = '~')
    void whatIsNoProfileIsNone(String text, String message) {
        Draft draft = draft(text.replace("'", ""));
        assertFalse(draft.isProfile());
        assertEquals(
                List.of("NOT_A_PROFILE 1 " + message
                        + ": it is not a seccomp profile, and containers start without a filter or not at all"),
                faults(draft));
        assertEquals(Optional.empty(), draft.defaultDecision());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "linux.seccomp # {\"linux\": {\"seccomp\": {\"defaultAction\": \"SCMP_ACT_KILL\"}}} # yes",
                "a b # {\"a b\": {\"syscalls\": [], \"defaultAction\": \"SCMP_ACT_KILL\"}} # no",
                "x;y.z # {\"x;y\": {\"z\": {\"defaultAction\": \"SCMP_ACT_KILL\"}}} # no",
            })
    void aProfileInsideIsFound(String path, String text, String isSuggested) {
        Draft draft = draft(text);
        assertTrue(draft.isProfile());
        Fault fault = draft.faults().get(0);
        assertEquals(Fault.Kind.NOT_A_PROFILE, fault.kind());
        assertTrue(fault.what().startsWith("the document holds a profile at '" + path + "'"), fault.what());
        assertEquals(
                "write that object alone" + (isSuggested.equals("yes") ? ": jq ." + path + " FILE" : ""), fault.fix());
    }

    @Test
    void theOutermostProfileIsTaken() {
        Draft draft = draft(
                "{\"a\": {\"b\": {\"defaultAction\": \"SCMP_ACT_LOG\"}}, \"c\": {\"defaultAction\": \"SCMP_ACT_TRAP\"}}");
        assertEquals(Optional.of(Action.TRAP), draft.defaultAction().value());
    }

    @Test
    void keysInAnotherSpellingAreRead() {
        Draft draft = draft("""
                {"default_action": "SCMP_ACT_ERRNO", "DEFAULTERRNORET": 38, "archs": ["SCMP_ARCH_ARM"],
                 "rules": [{"Names": ["read"], "action": "SCMP_ACT_ALLOW", "errno_ret": null,
                            "arguments": [{"arg": 1, "val": 2, "operator": "SCMP_CMP_EQ"}]}]}""");
        assertEquals("ERRNO 38", draft.defaultDecision().orElseThrow().toString());
        assertEquals(List.of(new Located<>(Arch.ARM, 1)), draft.architectures());
        assertEquals(
                Optional.of(Rule.builder(Action.ALLOW)
                        .name("read")
                        .condition(Condition.of(1, Operator.EQ, 2))
                        .build()),
                draft.rules().get(0).mended());
        assertEquals(
                List.of(
                        "write 'defaultAction'",
                        "write 'defaultErrnoRet'",
                        "write 'architectures'",
                        "write 'syscalls'",
                        "write 'names'",
                        "write 'errnoRet'",
                        "write 'args'",
                        "write 'index'",
                        "write 'value'",
                        "write 'op'"),
                draft.faults().stream().map(Fault::fix).toList());
        assertTrue(draft.faults().stream().allMatch(fault -> fault.kind() == Fault.Kind.MISNAMED_KEY));
        assertTrue(draft.faults().get(1).what().contains("differs in case from"));
    }

    @Test
    void theExactKeyWinsOverAnotherSpelling() {
        Draft draft = draft("{\"DefaultAction\": \"SCMP_ACT_LOG\", \"defaultAction\": \"SCMP_ACT_TRAP\"}");
        assertEquals(Optional.of(Action.TRAP), draft.defaultAction().value());
        assertEquals(
                List.of(Fault.Kind.MISNAMED_KEY, Fault.Kind.DUPLICATE_KEY),
                draft.faults().stream().map(Fault::kind).toList());
    }

    @Test
    void unknownKeysAreNotedWithTheNearest() {
        Draft draft = draft("{\"defaultAction\": \"SCMP_ACT_LOG\",\n\"listenrPath\": \"/x\",\n\"banana\": [1]}");
        assertEquals(
                List.of(
                        "UNKNOWN_KEY 2 key 'listenrPath' of the profile is unknown, and runtimes ignore it",
                        "UNKNOWN_KEY 3 key 'banana' of the profile is unknown, and runtimes ignore it"),
                faults(draft));
        assertEquals(
                List.of("write 'listenerPath' or remove it", "remove it"),
                draft.faults().stream().map(Fault::fix).toList());
        assertFalse(draft.listener());
    }

    @ParameterizedTest
    @CsvSource({
        "'\"1\"', 1, text: Docker, Podman and runc refuse a number in quotes",
        "'\"0x10\"', 16, text: Docker, Podman and runc refuse a number in quotes",
        "-1, '', the number -1: no runtime takes a negative number",
        "1.5, '', 'the number 1.5: no runtime takes a fraction or an exponent'",
        "18446744073709551616, '', 'the number 18446744073709551616, beyond the 64 bits of an argument'",
        "1e999999999, '', 'the number 1e999999999: no runtime takes a fraction or an exponent'",
        "true, '', 'true: Docker, Podman and runc refuse it, and crun ignores it'",
        "[], '', 'an array: Docker, Podman and runc refuse it, and crun ignores it'",
        "'\"ten\"', '', text: Docker, Podman and runc refuse a number in quotes",
        "'\"\"', '', text: Docker, Podman and runc refuse a number in quotes",
    })
    void badNumbersAreNoted(String written, String read, String what) {
        Draft draft = draft("{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"defaultErrnoRet\": " + written + "}");
        assertEquals(
                read.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(read)), draft.defaultErrnoRet());
        assertEquals(1, draft.faults().size());
        assertEquals(Fault.Kind.BAD_NUMBER, draft.faults().get(0).kind());
        String actual = draft.faults().get(0).what();
        assertTrue(actual.startsWith("'defaultErrnoRet' is " + what), actual);
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1", "1e2, 100", "4096, 4096", "18446744073709551615, -1", "null, "})
    void oddNumbersAreRead(String written, Long read) {
        Draft draft = draft("{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"defaultErrnoRet\": " + written + "}");
        assertEquals(read == null ? OptionalLong.empty() : OptionalLong.of(read), draft.defaultErrnoRet());
        assertEquals(read == null, draft.faults().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "SCMP_ACT_ERRNO, 4095, ERRNO 4095",
        "SCMP_ACT_ERRNO, 4096, ERRNO 1",
        "SCMP_ACT_ERRNO, 18446744073709551615, ERRNO 1",
        "SCMP_ACT_LOG, 5, LOG",
    })
    void anErrnoThatIsNoneIsLeftOutOfTheDecision(String action, String errno, String decision) {
        Draft draft = draft("{\"defaultAction\": \"" + action + "\", \"defaultErrnoRet\": " + errno + "}");
        Decision actual = draft.defaultDecision().orElseThrow();
        assertEquals(decision.equals("ERRNO 1") ? Decision.of(Action.ERRNO).toString() : decision, actual.toString());
    }

    @Test
    void missingKeysAreNoted() {
        Draft draft =
                draft("{\"syscalls\": [\n{\"names\": [\"read\"]},\n{\"action\": \"SCMP_ACT_LOG\", \"args\": [{}]}]}");
        assertEquals(
                List.of(
                        "MISSING_KEY 1 'defaultAction' is missing, without which no container starts",
                        "MISSING_KEY 2 'action' of a rule is missing, and no container starts",
                        "EMPTY_RULE 3 the rule has no 'names' and does nothing, and crun refuses it",
                        "MISSING_KEY 3 'index' of a condition is missing, and runtimes read 0",
                        "MISSING_KEY 3 'value' of a condition is missing, and runtimes read 0",
                        "MISSING_KEY 3 'op' of a condition is missing, and no container starts"),
                faults(draft));
        assertEquals(OptionalInt.empty(), draft.faults().get(0).rule());
        assertEquals(OptionalInt.of(0), draft.faults().get(1).rule());
        assertEquals(OptionalInt.of(1), draft.faults().get(5).rule());
        assertFalse(draft.rules().get(1).isWhole());
        assertEquals(
                List.of(Optional.empty(), Optional.empty()),
                draft.rules().stream().map(WrittenRule::mended).toList());
    }

    @Test
    void valuesOfAnotherTypeAreNoted() {
        Draft draft = draft("""
                {"defaultAction": 5,
                 "architectures": "SCMP_ARCH_X86",
                 "listenerPath": true,
                 "syscalls": [7,
                  {"names": "read", "action": "SCMP_ACT_ALLOW", "args": [[]], "includes": []}]}""");
        assertEquals(
                List.of(
                        "WRONG_TYPE 1 'defaultAction' takes a string, not the number 5",
                        "WRONG_TYPE 2 'architectures' takes an array, not a string",
                        "WRONG_TYPE 3 'listenerPath' takes a string, not true",
                        "WRONG_TYPE 4 'syscalls' takes an object, not the number 7",
                        "WRONG_TYPE 5 'includes' takes an object, not an array",
                        "WRONG_TYPE 5 'names' takes an array, not a string",
                        "WRONG_TYPE 5 'args' takes an object, not an array"),
                faults(draft));
        assertEquals(List.of(new Located<>(Arch.X86, 2)), draft.architectures());
        assertEquals(1, draft.rules().size());
        assertEquals(1, draft.rules().get(0).index());
        assertEquals(List.of(new Located<>("read", 5)), draft.rules().get(0).names());
        assertFalse(draft.rules().get(0).isWhole());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "\"name\": \"read\" # read # 'name' is Moby's old key",
                "\"name\": \"read\", \"names\": [\"write\"] # read write # both 'name' and 'names' are given",
            },
            quoteCharacter = '~')
    void theOldNameIsRead(String fields, String names, String what) {
        Draft draft = draft("{\"defaultAction\": \"SCMP_ACT_KILL\", \"syscalls\": [{\"action\": \"SCMP_ACT_ALLOW\", "
                + fields + "}]}");
        assertEquals(
                names,
                String.join(
                        " ",
                        draft.rules().get(0).names().stream()
                                .map(Located::value)
                                .toList()));
        assertEquals(1, draft.faults().size());
        assertEquals(Fault.Kind.SINGULAR_NAME, draft.faults().get(0).kind());
        assertTrue(draft.faults().get(0).what().startsWith(what));
    }

    @Test
    void mendingLeavesOutWhatIsNoName() {
        assertEquals(
                Optional.of(Rule.allow("read")),
                ruleOf("\"names\": [\"\", \"read\", \"a b\", \"é\"], \"action\": \"SCMP_ACT_ALLOW\"")
                        .mended());
        assertEquals(
                Optional.empty(),
                ruleOf("\"names\": [\"a-b\"], \"action\": \"SCMP_ACT_ALLOW\"").mended());
    }

    @Test
    void mendingLeavesOutWhatTheOperatorDoesNotTake() {
        WrittenRule rule = rule("\"args\": [{\"index\": 5, \"value\": 18446744073709551615, \"valueTwo\": 9,"
                + " \"op\": \"SCMP_CMP_NE\"}], \"errnoRet\": 7");
        assertEquals(
                new WrittenCondition(1, 5, Operator.NE, -1, 9),
                rule.conditions().get(0));
        assertEquals(OptionalLong.of(7), rule.errnoRet());
        assertEquals(
                Optional.of(Rule.builder(Action.ALLOW)
                        .name("read")
                        .condition(Condition.of(5, Operator.NE, -1))
                        .build()),
                rule.mended());
    }

    @ParameterizedTest
    @ValueSource(strings = {"6", "4294967296", "18446744073709551615"})
    void aRuleOnAnArgumentThatIsNoneIsNotMended(String index) {
        WrittenRule rule = rule("\"args\": [{\"index\": " + index + ", \"value\": 0, \"op\": \"SCMP_CMP_EQ\"}]");
        assertTrue(rule.isWhole());
        assertFalse(rule.conditions().get(0).isIndexLegal());
        assertEquals(Optional.empty(), rule.mended());
    }

    @Test
    void sixConditionsAreMendedAndNoMore() {
        String one = "{\"index\": 0, \"value\": 1, \"op\": \"SCMP_CMP_GE\"}";
        WrittenRule rule = rule("\"args\": [" + (one + ", ").repeat(6) + one + "]");
        assertEquals(7, rule.conditions().size());
        assertEquals(6, rule.mended().orElseThrow().conditions().size());
    }

    @Test
    void scopesAreReadAsFarAsTheyAreLegal() {
        Draft draft = draft("""
                {"defaultAction": "SCMP_ACT_KILL", "syscalls": [{"names": ["bpf"], "action": "SCMP_ACT_ALLOW",
                 "includes": {"caps": ["CAP_BPF", "bpf"], "arches": ["amd64", "x86_64", "loong64"], "kernel": 1},
                 "excludes": {"minKernel": "5.10.3"}},
                 {"names": ["bpf"], "action": "SCMP_ACT_ALLOW", "excludes": {"minKernel": "5.10"}}]}""");
        assertEquals(
                List.of(
                        "UNKNOWN_MACHINE 2 'x86_64' in 'arches' is the name of no machine, and never matches",
                        "BAD_SCOPE 2 'bpf' is not a capability such as CAP_SYS_ADMIN, and never matches",
                        "UNKNOWN_KEY 2 key 'kernel' of 'includes' is unknown, and runtimes ignore it",
                        "BAD_SCOPE 3 '5.10.3' is not a kernel as MAJOR.MINOR, such as 5.3, and Docker refuses the"
                                + " document"),
                faults(draft).stream().filter(text -> !text.contains("loong64")).toList());
        var scope = draft.rules().get(0).scope();
        assertEquals(ImmutableSortedSet.of("CAP_BPF"), scope.includes().caps());
        assertTrue(scope.includes().arches().contains(Arch.X86_64));
        assertTrue(scope.excludes().isEmpty());
        assertEquals(
                Optional.of(new KernelVersion(5, 10)),
                draft.rules().get(1).scope().excludes().minKernel());
    }

    @Test
    void symbolicErrorsAreHarmlessBesideTheNumber() {
        String tail = "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"defaultErrno\": \"ENOSYS\"";
        assertEquals(List.of(), draft(tail + ", \"defaultErrnoRet\": 38}").faults());
        Fault fault = draft(tail + "}").faults().get(0);
        assertEquals(Fault.Kind.SYMBOLIC_ERRNO, fault.kind());
        assertEquals("write the number as 'defaultErrnoRet'", fault.fix());
        Fault inRule = draft("{\"defaultAction\": \"SCMP_ACT_KILL\", \"syscalls\": [{\"names\": [\"read\"],"
                        + " \"action\": \"SCMP_ACT_ERRNO\", \"errno\": \"EIO\"}]}")
                .faults()
                .get(0);
        assertEquals(Fault.Kind.SYMBOLIC_ERRNO, inRule.kind());
        assertEquals(OptionalInt.of(0), inRule.rule());
    }

    @Test
    void machinesAreReadEntryByEntry() {
        Draft draft = draft("""
                {"defaultAction": "SCMP_ACT_KILL", "archMap": [
                 {"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86", "X32"], "more": 1},
                 {"subArchitectures": ["SCMP_ARCH_ARM"]},
                 {"architecture": "SCMP_ARCH_VAX"},
                 {"architecture": "SCMP_ARCH_S390X", "subArchitectures": null}]}""");
        assertEquals(
                List.of(
                        List.of(new Located<>(Arch.X86_64, 2), new Located<>(Arch.X86, 2), new Located<>(Arch.X32, 2)),
                        List.of(new Located<>(Arch.S390X, 5))),
                draft.machines());
        assertEquals(
                List.of("UNKNOWN_ARCHITECTURE 2", "UNKNOWN_KEY 2", "MISSING_KEY 3", "UNKNOWN_ARCHITECTURE 4"),
                draft.faults().stream()
                        .map(fault -> fault.kind() + " " + fault.line())
                        .toList());
        assertEquals(List.of(new Located<>("archMap", 1)), draft.extensions());
    }

    @Test
    void extensionsAreListedOnceAndOnlyWhenTheySaySomething() {
        Draft draft = draft("""
                {"defaultAction": "SCMP_ACT_KILL", "archMap": [], "comment": "",
                 "syscalls": [
                  {"names": ["read"], "action": "SCMP_ACT_ALLOW", "includes": {}, "excludes": null, "comment": ""},
                  {"names": ["read"], "action": "SCMP_ACT_ALLOW", "comment": "a"},
                  {"names": ["read"], "action": "SCMP_ACT_ALLOW", "comment": "b", "excludes": {"caps": ["CAP_BPF"]}}]}""");
        assertEquals(
                ImmutableSortedSet.of("comment 4", "excludes 5"),
                draft.extensions().stream()
                        .map(key -> key.value() + " " + key.line())
                        .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo)));
        assertEquals(2, draft.extensions().size());
        assertEquals(List.of(), draft.faults());
    }

    @Test
    void longWordsAndControlCharactersAreNotEchoed() {
        Fault fault = draft("{\"defaultAction\": \"\\u001b" + "x".repeat(500) + "\"}")
                .faults()
                .get(0);
        assertFalse(fault.what().contains("\u001b"));
        assertTrue(fault.what().length() < 200, fault.what());
    }

    static WrittenRule rule(String fields) {
        return ruleOf("\"names\": [\"read\"], \"action\": \"SCMP_ACT_ALLOW\", " + fields);
    }

    private static WrittenRule ruleOf(String fields) {
        return draft("{\"defaultAction\": \"SCMP_ACT_KILL\", \"syscalls\": [{" + fields + "}]}")
                .rules()
                .get(0);
    }

    static List<String> faults(Draft draft) {
        return draft.faults().stream()
                .map(fault -> fault.kind() + " " + fault.line() + " " + fault.what())
                .toList();
    }

    static Draft draft(String text) {
        return Draft.read("f", text.getBytes(StandardCharsets.UTF_8), Reader.USUAL);
    }
}
