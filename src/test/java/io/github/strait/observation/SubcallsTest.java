package io.github.strait.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.evidence.Evidence;
import io.github.strait.follow.Observing;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls a multiplexer made. */
class SubcallsTest {
    private static final String START = "7 [  11] execve(\"/bin/a\", [\"/bin/a\"], 0xffd0 /* 3 vars */) = 0\n";
    private static final String CALLS = START
            + "7 [ 102] socket(AF_UNIX, SOCK_STREAM, 0) = 3\n"
            + "7 [ 102] connect(3, {sa_family=AF_UNIX, sun_path=\"/s\"}, 110) = -1 ENOENT (No such file or directory)\n"
            + "7 [ 102] socket(AF_INET, SOCK_DGRAM, 0) = 4\n"
            + "7 [ 117] shmget(IPC_PRIVATE, 4096, 0600) = 1\n";
    private static final String UNKNOWN = "7 [ 102] socketcall(77, 0xffd0) = -1 EINVAL (Invalid argument)\n";

    private static Subcalls of(Observation observation, String name) {
        return Subcalls.of(observation.architectures().get(Arch.X86).syscalls().get(name), name);
    }

    private static Observation read(Observation observation) throws IOException {
        byte[] json = ObservationWriter.write(observation).getBytes(StandardCharsets.UTF_8);
        return ObservationReader.read("f", new ByteArrayInputStream(json), note -> {});
    }

    @Test
    void haveCountsAndPlaces() {
        Observation observation = Observing.text(CALLS).observation();
        Subcalls sockets = of(observation, "socketcall");
        assertTrue(sockets.areKnown());
        assertEquals("socket 2, connect 1", sockets.words());
        assertEquals(new SourcePosition("-", 3), sockets.seen().get("connect").first());
        assertEquals("shmget 1", of(observation, "ipc").words());
    }

    @Test
    void areUnknownWhereTheTextNamesNone() {
        Subcalls sockets = of(Observing.text(CALLS + UNKNOWN).observation(), "socketcall");
        assertFalse(sockets.areKnown());
        assertEquals("socket 2, connect 1, unknown 1", sockets.words());
        assertEquals(
                "",
                of(Observing.text(START + UNKNOWN).observation(), "socketcall").words());
    }

    @Test
    void areOfMultiplexersAlone() {
        SyscallObservation execve = Observing.call(Observing.text(CALLS), Arch.X86, "execve");
        assertEquals(new Subcalls(ImmutableSortedMap.of(), 1), Subcalls.of(execve, "execve"));
    }

    /** Of another number, and of several values that a register cannot have. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "15", "ffffffffffffffff", "1 1"})
    void areNotWhatNoMultiplexerMakes(String number) {
        SourcePosition at = new SourcePosition("f", 1);
        SyscallObservation call = new SyscallObservation(
                        2, 2, 0, ImmutableSortedMap.of(), at, ImmutableSortedSet.of(), false, ImmutableSortedSet.of())
                .with(Map.of(
                        Subcalls.PLACE,
                        new ArgumentValues(
                                ImmutableSortedMap.of(
                                        ArgumentTuple.parse(number).orElseThrow(), new Sighting(1, at),
                                        ArgumentTuple.of(2L), new Sighting(1, at)),
                                0,
                                Optional.empty(),
                                false)));
        assertEquals("bind 1, unknown 1", Subcalls.of(call, "socketcall").words());
    }

    @Test
    void numbersAndNamesAreTheSame() {
        for (String multiplexer : List.of("socketcall", "ipc")) {
            for (String subcall : Multiplexer.subcalls(multiplexer)) {
                assertEquals(
                        Optional.of(subcall),
                        Multiplexer.subcall(multiplexer, Multiplexer.number(multiplexer, subcall)));
            }
        }
        assertEquals(Optional.empty(), Multiplexer.subcall("ipc", 5));
        assertEquals(Optional.empty(), Multiplexer.subcall("read", 1));
    }

    /** Many runs write shared rows. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64, 70})
    void areWrittenAndRead(int runs) throws IOException {
        List<Run> all = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            Evidence evidence = Observing.text(CALLS + "7 [  20] getpid() = 7\n".repeat(i));
            all.addAll(evidence.observation().runs());
        }
        Observation observation = Observation.of(all);
        Observation again = read(observation);
        assertEquals(observation, again);
        assertEquals(
                "socket " + 2 * runs + ", connect " + runs,
                of(again, "socketcall").words());
    }

    /** An observation of an older version knows less of the same trace, and the better reading is kept. */
    @Test
    void anOlderReadingKnowsLess() throws IOException {
        Observation observation = Observing.text(CALLS).observation();
        String json = ObservationWriter.write(observation);
        String older = json.replaceAll("(\"(?:socketcall|ipc)\": .*), \"arguments\": \\[.*\\]\\}", "$1}");
        Observation old = ObservationReader.read(
                "f", new ByteArrayInputStream(older.getBytes(StandardCharsets.UTF_8)), note -> {});
        assertEquals(3, of(old, "socketcall").unknown());
        List<Run> both = new ArrayList<>(old.runs());
        both.addAll(observation.runs());
        assertEquals(Optional.empty(), Observation.contradiction(both));
        assertEquals(observation, Observation.of(both));
    }
}
