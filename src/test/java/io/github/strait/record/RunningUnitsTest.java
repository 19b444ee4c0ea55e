package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.observation.Recording.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunningUnitsTest {
    private static final String SHOW =
            "systemctl show --property=Id,LoadState,ActiveState,MainPID,ControlGroup -- nginx.service";

    private final FakeEngines systemctl = new FakeEngines();

    private Running find(String name) {
        return new RunningUnits(systemctl, true, true).find(name);
    }

    @Test
    void aServiceIsItsMainProcess() {
        systemctl.told(
                SHOW,
                "MainPID=4711\nControlGroup=/no/such/group\nId=nginx.service\nLoadState=loaded\nActiveState=active\n");
        Running running = find("nginx");
        assertEquals(running, find("nginx.service"));
        assertEquals("unit nginx.service", running.title());
        assertEquals(4711, running.pid());
        assertEquals(ImmutableList.of(), running.cgroups());
        assertEquals("nginx.service", running.facts().get(Fact.NAME));
        assertEquals("nginx.service.strace", running.defaultTrace().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "'LoadState=not-found\nActiveState=inactive\nMainPID=0\nControlGroup=', no unit nginx.service; see: systemctl list-units --type=service",
        "'LoadState=loaded\nActiveState=inactive\nMainPID=0\nControlGroup=', unit nginx.service has no process (inactive); start it: systemctl start nginx.service",
        "'', unit nginx.service has no process (unknown); start it: systemctl start nginx.service",
        "'ActiveState=active\nMainPID=-1\nControlGroup=/../..', unit nginx.service has no process (active); start it: systemctl start nginx.service"
    })
    void aUnitWithoutAProcessIsRefused(String shown, String message) {
        systemctl.told(SHOW, shown);
        assertEquals(
                message, refusal("nginx").getMessage().replaceAll(" \\[.*", "").replace("strait: error: ", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "--help", "a*", "a b", "a;b", "../x", "a\n"})
    void systemctlIsNotAskedForWhatIsNoUnit(String name) {
        refusal(name);
        assertEquals(List.of(), systemctl.asked());
    }

    @Test
    void withoutSystemdThereAreNoUnits() {
        RefusalException refused =
                assertThrows(RefusalException.class, () -> new RunningUnits(systemctl, false, true).find("nginx"));
        assertEquals("no-systemd", refused.diagnostic().code());
        assertEquals(List.of(), systemctl.asked());
    }

    @Test
    void withoutSystemctlTheControlGroupTells() {
        RefusalException refused = assertThrows(
                RefusalException.class, () -> new RunningUnits(systemctl, true, false).find("no-such-unit-at-all"));
        assertEquals("no-unit", refused.diagnostic().code());
        assertEquals(List.of(), systemctl.asked());
    }

    private RefusalException refusal(String name) {
        return assertThrows(RefusalException.class, () -> find(name));
    }
}
