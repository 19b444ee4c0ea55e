package io.github.strait.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.base.Strings;
import io.github.strait.diagnostic.RefusalException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of profiles. */
class SettingsTest {
    @ParameterizedTest
    @CsvSource({
        "nginx.json, nginx",
        "out/nginx.spo.yaml, nginx",
        "nginx_seccomp.h, nginx",
        "app.seccomp.json, app",
        "seccomp.json, app",
        "seccomp, app",
        "etc/systemd/system/getty@tty1.service.d/50-seccomp.conf, getty-tty1",
        ".service.d/50.conf, app",
        "über uns.json, ber-uns",
        "..., app",
        "/, app",
        ".hidden.json, hidden",
        "my-app_v2.json, my-app_v2",
    })
    void aFileNamesItsProfile(Path file, String name) {
        assertEquals(name, Settings.USUAL.namedAfter(file).name());
    }

    @Test
    void aLongNameIsCut() {
        assertEquals(
                Strings.repeat("x", 63),
                Settings.USUAL.namedAfter(Path.of(Strings.repeat("x", 200))).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a b", "a\nb", "a*/", "ä", "_a"})
    void whatCannotNameAProfileIsRefused(String name) {
        assertThrows(RefusalException.class, () -> new Settings(name));
    }
}
