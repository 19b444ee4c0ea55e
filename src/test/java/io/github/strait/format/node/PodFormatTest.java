package io.github.strait.format.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Blocks;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.Settings;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodFormatTest {
    @Test
    void aPodNamesTheFile() {
        assertEquals(
                Blocks.text("k8s-pod.yaml"),
                new String(
                        PodFormat.POD
                                .with(new Settings("web.app"))
                                .write(Profile.builder(Action.ERRNO).build()),
                        StandardCharsets.UTF_8));
    }

    /** What the file cannot hold is refused by all that write or name it. */
    @Test
    void aProfileThatIsNotPlainIsRefused() {
        Profile commented = Profile.builder(Action.ERRNO)
                .rule(Rule.builder(Action.ALLOW).name("read").comment("why").build())
                .build();
        for (ProfileFormat format : List.of(PodFormat.POD, IgnitionFormat.IGNITION, CloudInitFormat.CLOUD_INIT)) {
            RefusalException refusal = assertThrows(RefusalException.class, () -> format.write(commented));
            assertEquals("inexpressible-profile", refusal.diagnostic().code());
        }
    }
}
