package io.github.strait.format.node;

import io.github.strait.format.Ability;
import io.github.strait.format.Settings;
import io.github.strait.format.Traits;
import io.github.strait.profile.Sharing;

/** The file of a profile on a node. */
final class NodeFile {
    /** What formats can express that write the file, or name it: what plain OCI can, and a name. */
    static final Traits TRAITS = Traits.of(
            Sharing.ALL,
            Ability.ACTIONS,
            Ability.ERRNOS,
            Ability.LISTENER,
            Ability.ANY_MACHINE,
            Ability.LIBSECCOMP,
            Ability.NAME);

    private static final String FOLDER = "/var/lib/kubelet/seccomp/";

    private NodeFile() {}

    /** Its path for a pod, below the kubelet's folder. */
    static String inFolder(Settings settings) {
        return "profiles/" + settings.name() + ".json";
    }

    /** Its whole path. */
    static String path(Settings settings) {
        return FOLDER + inFolder(settings);
    }
}
