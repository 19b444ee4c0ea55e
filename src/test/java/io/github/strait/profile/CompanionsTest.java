package io.github.strait.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.strait.syscall.Arch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What libseccomp adds for multiplexers; {@code LibseccompFilterIT} holds it to the real one. */
class CompanionsTest {

    /** The sub-numbers are those of {@code linux/net.h} and {@code linux/ipc.h}. */
    @ParameterizedTest
    @CsvSource({
        "socket, socketcall, 1",
        "accept, socketcall, 5",
        "sendmmsg, socketcall, 20",
        "semop, ipc, 1",
        "semtimedop, ipc, 4",
        "msgsnd, ipc, 11",
        "msgctl, ipc, 14",
        "shmat, ipc, 21",
        "shmctl, ipc, 24",
    })
    void aSubcallHasItsNumber(String name, String multiplexer, long number) {
        Profile profile = Profile.builder(Action.ERRNO)
                .architectures(Arch.X86)
                .rule(Rule.allow(name))
                .build();
        Rule companion = Rule.builder(Action.ALLOW)
                .name(multiplexer)
                .condition(Condition.of(0, Operator.EQ, number))
                .build();
        assertEquals(profile.toBuilder().rule(companion).build(), Companions.add(profile));
    }

    /** The family is gone: where it stood is the number of the sub-call. */
    @Test
    void aFamilyDoesNotBindTheMultiplexer() {
        Profile profile = Profile.builder(Action.ERRNO)
                .architectures(Arch.X86, Arch.X86_64)
                .rule(Rule.builder(Action.ALLOW)
                        .name("socket")
                        .condition(Condition.of(0, Operator.EQ, 1))
                        .condition(Condition.of(2, Operator.EQ, 7))
                        .build())
                .build();
        Profile compiled = Companions.add(profile);
        assertEquals(Action.ERRNO, action(profile, 1, 7));
        assertEquals(Action.ALLOW, action(compiled, 1, 7));
        assertEquals(Action.ERRNO, action(compiled, 1, 8));
        assertEquals(Action.ERRNO, action(compiled, 2, 7));
        assertEquals(
                Action.ERRNO,
                compiled.decide(SeccompData.of(Arch.X86_64, 102, 1, 0, 7)).action());
    }

    private static Action action(Profile profile, long subcall, long third) {
        return profile.decide(SeccompData.of(Arch.X86, 102, subcall, 0, third)).action();
    }
}
