package io.github.strait.format.oci;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.format.Ability;
import io.github.strait.format.DocumentText;
import io.github.strait.format.ReadableFormat;
import io.github.strait.format.Reader;
import io.github.strait.format.Reading;
import io.github.strait.format.Traits;
import io.github.strait.format.seccompiler.SeccompilerFormat;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Sharing;
import java.util.regex.Pattern;

/** Docker's extended form of {@link OciFormat}, with a list of ABIs for each machine, scopes and comments. */
public final class MobyFormat extends ReadableFormat {
    public static final ReadableFormat MOBY = new MobyFormat();

    /** The beginning of an object of Kubernetes as JSON. */
    private static final Pattern OBJECT = Pattern.compile("\\A\\s*+\\{\\s*+\"(apiVersion|kind|metadata)\"");

    /** A key at the top of YAML that is a profile, or a compose file, which is refused with what it names. */
    private static final Pattern KEY =
            Pattern.compile("(?m)^[\"']?(defaultAction|archMap|syscalls|services)[\"']?\\s*+:");

    private MobyFormat() {
        super(
                "moby",
                Traits.of(
                        Sharing.FAMILY,
                        Ability.SCOPES,
                        Ability.COMMENTS,
                        Ability.ACTIONS,
                        Ability.ERRNOS,
                        Ability.LISTENER,
                        Ability.ANY_MACHINE,
                        Ability.MACHINES,
                        Ability.LIBSECCOMP,
                        Ability.READABLE));
    }

    @Override
    public String purpose() {
        return "Docker's extended form";
    }

    @Override
    public ImmutableList<Diagnostic> warnings() {
        return ImmutableList.of(Diagnostic.warning(
                "moby-form",
                null,
                "containerd, Kubernetes, runc and crun ignore archMap, includes and comment, so rules for one"
                        + " machine would hold on all; give this form to Docker, Podman and CRI-O only"));
    }

    @Override
    protected byte[] print(Profile profile) {
        return DocumentWriter.extended().write(profile);
    }

    @Override
    public boolean recognises(String start) {
        return start.stripLeading().startsWith("{")
                ? !OBJECT.matcher(start).find() && !SeccompilerFormat.begins(start)
                : KEY.matcher(start).find() && Documents.isYaml(start);
    }

    @Override
    public Reading read(String file, byte[] content, Reader reader) {
        Draft draft = DraftReader.read(DocumentText.of(file, content), reader, false);
        return DocumentReader.read(draft, !draft.isInConfig());
    }
}
