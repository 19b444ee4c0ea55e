package io.github.strait.format.oci;

import com.google.common.collect.ImmutableList;
import io.github.strait.format.Ability;
import io.github.strait.format.ConfigPart;
import io.github.strait.format.DocumentText;
import io.github.strait.format.ReadableFormat;
import io.github.strait.format.Reader;
import io.github.strait.format.Reading;
import io.github.strait.format.Traits;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Sharing;
import java.nio.charset.StandardCharsets;

/** The runtime specification's {@code linux.seccomp}, which every container engine reads as a file. */
public final class OciFormat extends ReadableFormat implements ConfigPart {
    public static final ReadableFormat OCI = new OciFormat();

    private OciFormat() {
        super(
                "oci",
                Traits.of(
                        Sharing.ALL,
                        Ability.ACTIONS,
                        Ability.ERRNOS,
                        Ability.LISTENER,
                        Ability.ANY_MACHINE,
                        Ability.LIBSECCOMP,
                        Ability.READABLE));
    }

    @Override
    public ImmutableList<String> synonyms() {
        return ImmutableList.of("docker");
    }

    @Override
    public String purpose() {
        return "what Docker, Podman, containerd, CRI-O and Kubernetes read";
    }

    @Override
    protected byte[] print(Profile profile) {
        return DocumentWriter.plain().write(profile);
    }

    @Override
    public byte[] into(String file, byte[] config, byte[] document) {
        return ContainerConfig.with(
                file, config, ImmutableList.of("linux", "seccomp"), new String(document, StandardCharsets.UTF_8));
    }

    /** Every OCI document is one of Moby's of the same meaning, and is left to that format. */
    @Override
    public boolean recognises(String start) {
        return false;
    }

    @Override
    public Reading read(String file, byte[] content, Reader reader) {
        return DocumentReader.read(DraftReader.read(DocumentText.of(file, content), reader, false), false);
    }
}
